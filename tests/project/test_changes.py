"""Changes of the plan as the guide writes them."""

import re
from pathlib import Path

import yaml

from reporting.project.changes import ChangeKind, PlanChange, in_force

GUIDE = Path(__file__).parents[2] / "docs/user-guide.zh-CN.md"


def test_examples_of_the_guide_are_changes() -> None:
    """Every line of the guide's example is complete, and says what becomes what."""
    (block,) = re.findall(r"```yaml\n(changes:.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    changes = [PlanChange.model_validate(entry) for entry in yaml.safe_load(block)["changes"]]
    assert [change.content for change in changes] == [
        "市甲局更名为市乙局", "牵头单位由市乙局调整为市丙局", "责任领导由张三调整为李四",
        "数字化转型由800调整为700", "完成时限由第3季度延至第4季度", "取消任务",
    ]  # fmt: skip


def test_day_of_a_decision_counts_from_its_quarter() -> None:
    """A day in August holds from the third quarter; another year's all year long, or never."""
    days = {"2023-08-15": 3, "2022-12-31": 1, "2024-01-01": 5}
    for day, quarter in days.items():
        entry = {
            "kind": "cancel",
            "from": day,
            "task": "2023-001",
            "decision": "纪要",
            "reason": "因",
        }
        change = PlanChange.model_validate(entry)
        assert change.quarter_in(2023) == quarter
        assert in_force(change, 2023, 4) is (quarter <= 4)


def test_every_kind_has_words_for_officials() -> None:
    """None is printed by its word in the file."""
    assert all(re.fullmatch(r"[一-龥]+", kind.label) for kind in ChangeKind)
