"""Names of leaders, however a cell writes them."""

import pytest

from reporting.plan.people import NameBook

BOOK = NameBook(["张 三", "李四五", "王五", "欧阳一二", "欧阳一二", "赵六\n钱七八"])


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张  三", ("张三",)),
        ("张　三", ("张三",)),
        ("  ", ()),
        ("/", ()),
        ("张三、李四五", ("张三", "李四五")),
        ("张 三  李四五", ("张三", "李四五")),
        ("张三\n王 五", ("张三", "王五")),
        ("张\n三", ("张三",)),
        ("张三李四五", ("张三", "李四五")),
        ("李四五张三王五", ("李四五", "张三", "王五")),
        ("欧阳一二", ("欧阳一二",)),
        ("张三和王五", ("张三", "王五")),
        ("张三、张三", ("张三",)),
    ],
)
def test_names_of_a_cell(cell: str, names: tuple[str, ...]) -> None:
    """Padding, breaks and separators do not matter."""
    assert BOOK.read(cell)[0] == names


def test_names_run_together_that_nobody_knows_stay_and_are_told() -> None:
    """Nothing is split by guess."""
    names, findings = BOOK.read("孙八周九思")
    assert names == ("孙八周九思",)
    assert [f.code for f in findings] == ["PLAN-LEADER-UNCLEAR"]


def test_splitting_is_told() -> None:
    """A split is a finding with both sides."""
    _, findings = BOOK.read("张三王五")
    assert [(f.code, f.found, f.expected) for f in findings] == [
        ("PLAN-LEADER-SPLIT", "张三王五", "张三、王五")
    ]
