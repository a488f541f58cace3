"""Print how well tables of other offices are read: ``python -m tools.styles [FOLDER]``.

The exit code is 1 when a figure is wrong and not marked uncertain.
"""

import sys
from pathlib import Path

from tools.styles.score import report, score
from tools.styles.written import read_tables

TABLES = Path(__file__).parents[2] / "tests" / "plan" / "styles"


def main(arguments: list[str]) -> int:
    """Score the tables of a folder, by default those of the tests."""
    found = score(read_tables(Path(arguments[0]) if arguments else TABLES))
    print(report(found))
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
