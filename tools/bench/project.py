"""A generated project of any number of units, to see how a run grows."""

from itertools import product
from pathlib import Path

from reporting.grades import Grade
from tools.soak.project import Duty, write_project

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_UNITS_A_LEADER = 5


def make_units(root: Path, home: Path, count: int) -> None:
    """Write a project of so many units with one task each, and their returns of quarter 1."""
    names = ["".join(letters) for letters in product(_STEMS, repeat=3)][:count]
    duties = [
        Duty(
            goal=f"建成{name}类服务站{40 + number}个以上。",
            unit=f"市{name}局",
            leader=f"领{_leader(number)}",
            steps=(10, 20, 30, 40 + number),
        )
        for number, name in enumerate(names)
    ]
    root.mkdir(parents=True)
    write_project(root, home, duties, _answer, quarter=1)


def _leader(number: int) -> str:
    first, second = divmod(number // _UNITS_A_LEADER, len(_STEMS))
    return f"{_STEMS[first % len(_STEMS)]}{_STEMS[second]}"


def _answer(unit: str, quarter: int, row_id: str, field: str) -> str:
    if field == "self_rating":
        return str(Grade.ON_SCHEDULE)
    return f"第{quarter}季度已建成10个，按计划推进。" if field == "progress" else "无"
