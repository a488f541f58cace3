"""``python -m tools.sample``: write the demonstration returns of all quarters."""

import argparse

from reporting.plan.read import read_plan
from reporting.project.params import read_params
from reporting.project.roots import find_root
from tools.sample.books import write_samples


def main() -> None:
    """Write them into the folder of returns that the year's parameters name."""
    parser = argparse.ArgumentParser(prog="python -m tools.sample", description=__doc__)
    parser.add_argument("--year", type=int, default=2023)
    year = parser.parse_args().year
    root = find_root()
    params = read_params(root, year)
    written = write_samples(root, read_plan(root, params), params)
    print(f"已写入演示报送表{len(written)}份：{params.status}")


if __name__ == "__main__":
    main()
