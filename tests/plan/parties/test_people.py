"""Names of leaders, however a cell writes them."""

import pytest

from reporting.plan.parties.people import KnownPeople

BOOK = KnownPeople(["张 三", "李四五", "王五", "欧阳一二", "欧阳一二", "赵六\n钱七八"])


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
        ("张三（前期）、王五（后期）", ("张三", "王五")),
        ("待定", ()),
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


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("县委常委、常务副县长 张三", ("张三",)),
        ("副区长 张三丰、区政府党组成员 李四", ("张三丰", "李四")),
        ("张三丰（市委常委、副市长）", ("张三丰",)),
        ("市政协副主席 李 四", ("李四",)),
        ("政法委书记\n李四\n高新区管委会主任 张三丰", ("李四", "张三丰")),
        ("党工委委员、管委会副主任 李四", ("李四",)),
        ("某投集团董事长 张三丰", ("张三丰",)),
        ("盟委委员、办公室主任 李四", ("李四",)),
        ("统战部长 李四、二级巡视员张三丰", ("李四", "张三丰")),
    ],
)
def test_posts_are_no_names(cell: str, names: tuple[str, ...]) -> None:
    """Posts before, behind and around a name are told apart from it, in a note."""
    read, findings = KnownPeople([cell]).read(cell)
    assert read == names
    assert [f.code for f in findings] == ["PLAN-LEADER-POST"]


def test_surnames_of_two_characters() -> None:
    """Four characters that begin with one are a name; others are told."""
    book = KnownPeople([])
    assert book.read("司徒小明") == (("司徒小明",), [])
    assert [f.code for f in book.read("孙八周九")[1]] == ["PLAN-LEADER-UNCLEAR"]
