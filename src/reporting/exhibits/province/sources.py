"""The sources of a province's report: files of editions, and the fields that figures stand in."""

from collections.abc import Iterator

from reporting.assess.province.values import LateTask, OfficeLine, Province, Released
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import (
    Source,
    SourceCell,
    SourceFile,
    SourceRow,
    Sources,
    Step,
)
from reporting.exhibits.building import exhibit
from reporting.exhibits.province.origins import WHOLE, office_source, tally_steps, task_source
from reporting.exhibits.sentences import clipped
from reporting.periods import full_date

RECORD, TASKS = "edition.json", "pack/data/tasks.csv"


def sources(province: Province) -> Exhibit:
    """Name the files of editions that the figures stand in, with their fields."""
    return exhibit(
        Sources(files=tuple(_files(province)), sources=tuple(_sources(province)), of="editions")
    )


def _files(province: Province) -> Iterator[SourceFile]:
    for _, one in province.counted:
        known = _known(one)
        arrived = f"{one.name}第{known.number}版（{full_date(known.issued_on)}）"
        for name, sha256 in ((RECORD, known.record), (TASKS, known.tasks)):
            yield SourceFile(name=f"{known.folder}/{name}", sha256=sha256, arrived=arrived)


def _known(one: OfficeLine) -> Released:
    assert one.released is not None
    return one.released


def _sources(province: Province) -> Iterator[Source]:
    for at, one in province.counted:
        yield _office(at, one)
        for task in one.late:
            yield _task(at, one, task)
    yield Source(name=WHOLE, title="汇总范围", code="汇", steps=tuple(_extent(province)))


def _office(at: int, one: OfficeLine) -> Source:
    known, tally = _known(one), one.tally
    assert tally is not None
    cells = [
        SourceCell(label=word, place=f"manifest.counts.{word}", text=str(count))
        for word, count in one.written.items()
    ]
    row = SourceRow(
        where=f"{one.name}第{known.number}版的版本记录", brief=RECORD,
        file=f"{known.folder}/{RECORD}", cells=tuple(cells),
    )  # fmt: skip
    return Source(
        name=office_source(at), title=f"{one.name}第{known.number}版", code=one.name,
        steps=tally_steps(tally, one.name, ()), rows=(row,),
    )  # fmt: skip


def _task(at: int, one: OfficeLine, task: LateTask) -> Source:
    known = _known(one)
    said = {
        "任务号": ("label", task.label), "年度目标及工作内容": ("goal", task.goal),
        "责任领导": ("leaders", "、".join(task.leaders)),
        "牵头单位": ("lead_units", "、".join(task.lead_units)),
        "核定结果": ("grade", str(task.grade)), "核定理由": ("reason", task.reason),
    }  # fmt: skip
    row = SourceRow(
        where=f"{one.name}第{known.number}版任务表 {task.task_id} 一行",
        file=f"{known.folder}/{TASKS}",
        cells=tuple(
            SourceCell(label=label, place=field, text=text)
            for label, (field, text) in said.items()
            if text
        ),
    )
    title = f"{one.name}任务{task.label}：{clipped(task.goal, 20)}"
    steps = (Step(words=f"所报原因：{task.causes_told}"),)
    return Source(name=task_source(at, task.task_id), title=title, steps=steps, rows=(row,))


def _extent(province: Province) -> Iterator[Step]:
    head, period = province.masthead, province.period
    yield Step(words=f"{head.title}{head.issue_number}")
    yield Step(words=f"汇总范围：{period.label}，{province.extent}")
    yield Step(words=f"参数中列出：{len(province.offices)}个{province.each}")
    yield Step(words=f"未计入：{len(province.offices) - len(province.counted)}个")
    yield Step(words=f"印发日期：{full_date(head.publish_date)}")
    for at, one in enumerate(province.offices, 1):
        yield Step(words=f"第{at}个：{one.name}", column="place")
