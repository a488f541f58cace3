"""The tasks that lag, of all offices together, the worst first."""

from collections.abc import Iterator

from reporting.assess.province.values import LATE_FIRST, LateTask, OfficeLine, Province
from reporting.documents.blocks import Block, Heading, Muted, Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import Cell, exhibit, mark, nothing, paragraph, text
from reporting.exhibits.province.origins import office_source, task_source
from reporting.exhibits.sentences import clipped
from reporting.grades import USUAL, Kind
from reporting.language.chinese_numbers import in_words
from reporting.language.clip import clip

_GOAL, _WHY = 40, 60


def late_tasks(province: Province) -> Exhibit:
    """List them under a heading for each kind: far behind, not started, behind."""
    if province.total is None:
        return exhibit(nothing("没有可以计入的数，不列滞后的任务。"))
    kinds = [kind for kind in LATE_FIRST if province.late(kind)]
    if not kinds:
        return exhibit(nothing(f"已计入的{len(province.counted)}个{province.each}没有滞后的任务。"))
    blocks = [block for at, kind in enumerate(kinds, 1) for block in _of_kind(province, at, kind)]
    return exhibit(*blocks)


def _of_kind(province: Province, at: int, kind: Kind) -> Iterator[Block | None]:
    found = province.late(kind)
    offices = len({place for place, _, _ in found})
    yield Heading(level=3, text=f"（{in_words(at)}）{USUAL[kind]}的任务")
    yield paragraph(
        f"{province.extent}；其中{offices}个{province.each}有这类任务，共{len(found)}项，"
        "差距大的在前。",
        origin=(Step(words=f"{province.extent}；“{USUAL[kind]}”：{len(found)}项，{offices}个"),),
    )
    yield Table(
        columns=(
            text("office", province.each, 0.9),
            text("goal", "任务（责任领导，牵头单位）", 2.8), mark("grade", "核定", 1),
            text("reason", "核定理由", 2.4), text("cause", "所报原因", 2),
        ),
        rows=tuple(_row(*one) for one in found),
        caption=f"{USUAL[kind]}的任务", dense=True, sortable=len(found) > 5,
        filterable=len(found) > 5,
    )  # fmt: skip


def _row(at: int, one: OfficeLine, task: LateTask) -> Row:
    steps = (Step(of=(office_source(at),)), Step(of=(task_source(at, task.task_id),)))
    cells = (one.name, _named(task), task.grade, task.reason, clip(task.causes_told, _WHY))
    return Row(cells=cells, origin=steps)


def _named(task: LateTask) -> Cell:
    who = "，".join("、".join(names) or "—" for names in (task.leaders, task.lead_units))
    return f"任务{task.label}　{clipped(task.goal, _GOAL)}", Muted(text=f"\n{who}")
