"""What a unit is told before publication: how each of its tasks will be rated, and why."""

from collections.abc import Iterable

from reporting.plan.values import Label
from reporting.values import Value

PREVIEW = "按现报内容拟核定结果（与实际不符的，请更正后重新报送）"
PREVIEW_COLUMNS = ("任务号", "单位自评", "将核定为", "依据", "条款", "理由")


class Opinion(Value):
    """How one task, or one part of it, will be rated on what the unit returned.

    Attributes
    ----------
    part : str
        The milestone or target that is spoken of; empty for the task as a whole.
    self_rating, grade : str
        The unit's own word (empty when it gave none), and the office's.
    rule : str
        Code of the clause of the printed rule.
    reason : str
        One sentence that says why.
    sheet, cell : str
        What it rests on; empty when on nothing that was returned.
    """

    unit: str
    task_id: str
    number: Label
    goal: str
    part: str = ""
    self_rating: str
    grade: str
    rule: str
    reason: str
    sheet: str = ""
    cell: str = ""
    is_good: bool

    @property
    def sentence(self) -> str:
        """The opinion in one sentence."""
        what = f"（{self.part}）" if self.part else ""
        return f"任务{self.number}{what}按现报内容将核定为“{self.grade}”，理由：{self.reason}"


def by_unit(opinions: Iterable[Opinion]) -> dict[str, list[Opinion]]:
    """Group opinions by unit, in their order."""
    groups: dict[str, list[Opinion]] = {}
    for opinion in opinions:
        groups.setdefault(opinion.unit, []).append(opinion)
    return groups
