"""The register of tasks as a file: read back as it was, refused where it does not fit."""

from pathlib import Path

import pytest

from reporting.errors import InputRefused
from reporting.project.register import (
    Registered,
    State,
    read_register,
    register_path,
    write_register,
)

TASKS = (
    Registered(task_id="2024-001", goal="新建\n公园6个", schedule="一季度，“开工”", heading="甲",
               lead_units=("市城管局", "市住建局")),
    Registered(task_id="2024-003", state=State.GONE, goal="=1+1", schedule=""),
)  # fmt: skip


def test_register_is_read_as_written(tmp_path: Path) -> None:
    """Line breaks, quotes, several units, a task that is gone."""
    path = write_register(tmp_path, 2024, TASKS)
    assert read_register(tmp_path, 2024) == TASKS
    before = path.stat().st_mtime_ns
    write_register(tmp_path, 2024, TASKS)
    assert path.stat().st_mtime_ns == before
    assert [task.number for task in TASKS] == [1, 3]


def test_year_without_a_register_has_none(tmp_path: Path) -> None:
    """That is no fault: ids are given by order, then."""
    assert read_register(tmp_path, 2024) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "第1行应为各列 task_id、state"),
        ("task_id,state,goal,schedule,heading,lead_units\n2024-001,在表,甲,,,\n2024-001,在表,乙,,,\n",
         "第3行的 task_id 应只出现一次，2024-001 已在第2行"),
        ("task_id,state,goal,schedule,heading,lead_units\n2023-001,在表,甲,,,\n",
         "第2行的 task_id 应为 2024-001 的形式，实为“2023-001”"),
        ("task_id,state,goal,schedule,heading,lead_units\n2024-001,取消,甲,,,\n",
         "第2行的 state 应为在表或已不在表，实为“取消”"),
        ("task_id,state,goal,schedule,heading,lead_units\n2024-001,在表,甲\n",
         "第2行应有6列，实有3列"),
        ("task_id,state,goal,schedule,heading,lead_units\n2024-001,在表,甲,,,,多\n",
         "第2行应有6列，实有7列"),
    ],
)  # fmt: skip
def test_file_that_is_no_register_is_refused(text: str, said: str, tmp_path: Path) -> None:
    """One sentence with the line, and nothing is read."""
    path = register_path(tmp_path, 2024)
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused, match=said):
        read_register(tmp_path, 2024)


def test_register_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """What a spreadsheet program saved in GBK is named as such."""
    path = register_path(tmp_path, 2024)
    path.parent.mkdir(parents=True)
    path.write_bytes("任务".encode("gbk"))
    with pytest.raises(InputRefused, match="应为 UTF-8 编码的任务登记表"):
        read_register(tmp_path, 2024)
