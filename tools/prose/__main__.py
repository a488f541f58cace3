"""Print recall and false alarms of the checks of prose: ``python -m tools.prose``.

The exit code is 1 where recall is below 0.9, or more than 2 of 100 clean rows raise an alarm.
"""

import sys

from tools.prose.score import report, score
from tools.prose.written import clean_rows, fresh_rows, planted_rows

LEAST_RECALL, MOST_ALARMS = 0.9, 2.0


def main() -> int:
    """Score the rows of the tests."""
    found = score(planted_rows(), clean_rows())
    print(report(found))
    fresh = fresh_rows()
    planted = [row for row in fresh if row.kind]
    print("\nof rows written after the checks were tuned on those above:")
    print(report(score(planted, [row for row in fresh if not row.kind])))
    return 0 if found.recall >= LEAST_RECALL and found.alarm_rate <= MOST_ALARMS else 1


if __name__ == "__main__":
    sys.exit(main())
