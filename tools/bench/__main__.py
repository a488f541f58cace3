"""``python -m tools.bench``: measure, and print the tables."""

import argparse
import sys
from pathlib import Path

from rich.console import Console

from reporting.errors import ReportingError
from reporting.project.roots import find_root
from tools.bench.bench import FULL, QUICK, Sizes, bench
from tools.bench.show import growth_table, promises_table, ways_table

_WIDTH = 120


def main(arguments: list[str] | None = None) -> int:
    """Run the command; gives its exit code."""
    given = _parser().parse_args(arguments)
    console = Console(width=_WIDTH, highlight=False)
    aside = Console(stderr=True, width=_WIDTH, highlight=False)
    try:
        result = bench(
            find_root(),
            _sizes(given),
            year=given.year,
            quarter=given.quarter,
            tell=lambda words: aside.print(words, markup=False),
        )
    except ReportingError as error:
        aside.print(str(error), markup=False)
        return error.exit_code
    for table in (ways_table(result), growth_table(result), promises_table(result)):
        if table.row_count:
            console.print(table)
    if given.json:
        given.json.write_text(result.model_dump_json(indent=1), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round, small samples")
    parser.add_argument("--year", type=int, default=2023)
    parser.add_argument("--quarter", type=int, default=3)
    parser.add_argument("--rounds", type=int, help="rounds, of which medians are taken")
    parser.add_argument("--chain", type=int, help="reports the chain makes; 0 for none")
    parser.add_argument("--loop", type=int, help="reports the loop makes; 0 for none")
    parser.add_argument("--units", help="sizes of generated projects, such as 55,550; 0 for none")
    parser.add_argument("--formats", help="what is rendered, such as html,pdf")
    parser.add_argument("--yardstick", help="a commit whose floor is measured besides")
    parser.add_argument("--json", type=Path, help="file for every figure")
    return parser


def _sizes(given: argparse.Namespace) -> Sizes:
    base = QUICK if given.quick else FULL
    changed = {
        name: value
        for name in ("rounds", "chain", "loop", "yardstick")
        if (value := getattr(given, name)) is not None
    }
    if given.units is not None:
        changed["units"] = tuple(filter(None, map(int, given.units.split(","))))
    if given.formats:
        changed["formats"] = tuple(given.formats.split(","))
    return base.model_copy(update=changed)


if __name__ == "__main__":
    sys.exit(main())
