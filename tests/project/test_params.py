"""A parameter file that cannot be used: one sentence in Chinese, with the line."""

from pathlib import Path

import pytest

from reporting.errors import UsageError
from reporting.project.params import parse_params, read_params

ROOT = Path(__file__).parents[2]
WHOLE = (ROOT / "params/2023.yml").read_text(encoding="utf-8")
TEXT = WHOLE.partition("\npublic:")[0] + "\n"
"""The project's own, without the last of its fields."""
LAST = TEXT.count("\n")
COMMON = "decision: 纪要, reason: 因"


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (f"changes:\n  - {{kind: rename, from: 2, unit: 甲, {COMMON}}}\n",
         "changes 第1项（第2行）：单位更名（rename）应写明 to"),
        (f"changes:\n  - {{kind: cancel, from: 2, task: x, {COMMON}}}\n"
         f"  - {{kind: drop, from: 2, {COMMON}}}\n",
         "changes 第2项.kind（第3行）：应为 rename、merge、"),
        (f"changes:\n  - {{kind: cancel, from: 夏天, task: x, {COMMON}}}\n",
         "changes 第1项.from（第2行）：应为季度 1 至 4 或日期，实为“夏天”"),
        (f"changes:\n  - {{kind: cancel, from: 2, task: x, until: 3, {COMMON}}}\n",
         "changes 第1项.until（第2行）：没有这个字段，请核对写法"),
        ("changes:\n  - {kind: cancel, from: 2, task: x, decision: 纪要}\n",
         "changes 第1项.reason（第2行）：应有这一项，实际没有"),
        ("changes: 无\n", "changes（第1行）：应为列表，实为“无”"),
        ("tabel: x\n", "tabel（第1行）：没有这个字段，请核对写法"),
        ("public: {withhold: 市财政局}\n", "public.withhold（第1行）：应为列表，实为“市财政局”"),
        ("public:\n  withhold:\n    - 3\n    - yes\n",
         "public.withhold 第2项（第4行）：应为任务号、任务编号、单位全称或者字段名，实为“True”"),
        ("public: {withold: [3]}\n", "public.withold（第1行）：没有这个字段，请核对写法"),
        ("public: {words: [甲]}\n",
         "public.words 第1项（第1行）：应为两个字以上的文字（数字请加引号），实为“甲”"),
        ("limits: {minutes: 0}\n", "limits.minutes（第1行）：应为1至1440之间的数字，实为“0”"),
        ("limits: {minutes: yes}\n", "limits.minutes（第1行）：应为1至1440之间的数字，实为“True”"),
        ("limits:\n  minutes: 10\n  memory_gb: 4GB\n",
         "limits.memory_gb（第3行）：应为1至1024之间的数字，实为“4GB”"),
        ("limits: {memory_gb: .nan}\n",
         "limits.memory_gb（第1行）：应为1至1024之间的数字，实为“nan”"),
        ("limits: {memory: 4}\n", "limits.memory（第1行）：没有这个字段，请核对写法"),
        ("public: {words: [12]}\n",
         "public.words 第1项（第1行）：应为两个字以上的文字（数字请加引号），实为“12”"),
    ],
)  # fmt: skip
def test_fault_is_named_with_its_line(added: str, said: str) -> None:
    """What was expected, what was found, and where an editor shows it."""
    field, _, rest = said.partition("（第")
    line, _, told = rest.partition("行）：")
    with pytest.raises(UsageError) as refused:
        parse_params(TEXT + added, 2023)
    assert f"params/2023.yml 第{LAST + int(line)}行的 {field}：{told}" in str(refused.value)


@pytest.mark.parametrize(
    ("added", "bounds"),
    [
        ("", (600, 2 << 30)),
        ("limits: {minutes: 90}\n", (5400, 2 << 30)),
        ("limits: {minutes: 2.5, memory_gb: 1.5}\n", (150, 3 << 29)),
    ],
)
def test_limits_of_notebooks_stand_there(added: str, bounds: tuple[float, int]) -> None:
    """What is not said is as it always was."""
    limits = parse_params(TEXT + added, 2023).limits
    assert (limits.seconds, limits.memory_bytes) == bounds


def test_withheld_word_of_the_masthead_is_refused() -> None:
    """No page could be made without it."""
    with pytest.raises(UsageError, match=r"public\.words 中的“东莞”写在 masthead 中，每一页都要用"):
        parse_params(TEXT + "public: {words: [东莞]}\n", 2023)


def test_field_written_twice_is_refused() -> None:
    """Neither of the two is taken."""
    with pytest.raises(UsageError, match="又写了一次 aliases，每个字段只能写一次"):
        parse_params(TEXT + "aliases: {}\n", 2023)


def test_line_of_a_change_is_no_part_of_what_it_says(tmp_path: Path) -> None:
    """A comment more moves lines, and nothing that depends on the parameters."""
    entry = f"changes:\n  - {{kind: cancel, from: 2, task: 2023-001, {COMMON}}}\n"
    (tmp_path / "params").mkdir()
    (tmp_path / "params/2023.yml").write_text(TEXT + entry, encoding="utf-8")
    one, other = read_params(tmp_path, 2023), parse_params("# 注\n" + TEXT + entry, 2023)
    assert [c.line for p in (one, other) for c in p.changes] == [LAST + 2, LAST + 3]
    assert one.model_dump(mode="json") == other.model_dump(mode="json")
