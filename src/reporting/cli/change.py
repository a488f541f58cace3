"""Commands of the parameters: write down a change of the year, check them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from reporting.cli.app import app
from reporting.cli.project import Year
from reporting.cli.replies.command import Answering, Json
from reporting.cli.replies.output import OUT, say
from reporting.language.visible import visible
from reporting.project.changes import ChangeKind, fields_of

_LISTS = frozenset({"tasks", "units"})
_FIGURES = frozenset({"was", "value", "quarter"})
_QUESTIONS = {
    "since": "自哪个季度（1至4）或哪一天（如 2023-08-15）起",
    "task": "任务编号（如 2023-012）",
    "tasks": "只调整其中几项任务的，写任务编号，用顿号隔开；全部调整的不填",
    "unit": "原来的单位",
    "units": "合并的各单位，用顿号隔开",
    "to": "调整后的单位或者领导",
    "leader": "原来的责任领导",
    "target": "哪个指标（写指标名称里的词，或者指标编号）",
    "was": "原来的数值；延期的写原来在第几季度完成",
    "value": "调整后的数值",
    "quarter": "延至第几季度",
    "milestone": "只延其中一个节点的，写节点编号；该季度的都延的不填",
    "decision": "依据（文号、会议纪要等）",
    "reason": "原因",
}
_NEW_UNIT = "分设出的单位（没有了就不填）"
_ITS_TASKS = "划给它的任务编号，用顿号隔开"


@app.command(cls=Answering)
def change(
    year: Year = 2023,
    kind: Annotated[str, typer.Option("--kind", help="Kind; without it all is asked.")] = "",
    since: Annotated[str, typer.Option("--from", help="Quarter or day: 3, 2023-08-15.")] = "",
    task: Annotated[str, typer.Option("--task", help="Task: 2023-012.")] = "",
    tasks: Annotated[
        list[str] | None, typer.Option("--only-task", help="Only this task of a leader's.")
    ] = None,
    unit: Annotated[str, typer.Option("--unit", help="The unit of before.")] = "",
    units: Annotated[
        list[str] | None, typer.Option("--merged", help="A unit that is merged.")
    ] = None,
    to: Annotated[str, typer.Option("--to", help="The unit or leader from then on.")] = "",
    parts: Annotated[
        list[str] | None, typer.Option("--part", help="A new unit and its tasks: UNIT=ID,ID.")
    ] = None,
    leader: Annotated[str, typer.Option("--leader", help="The leader of before.")] = "",
    target: Annotated[str, typer.Option("--target", help="Words or id of the figure.")] = "",
    was: Annotated[str, typer.Option("--was", help="The figure, or the quarter, of before.")] = "",
    value: Annotated[str, typer.Option("--value", help="The figure from then on.")] = "",
    quarter: Annotated[str, typer.Option("--quarter", "-q", help="Put off to this one.")] = "",
    milestone: Annotated[str, typer.Option("--milestone", help="The only one put off.")] = "",
    decision: Annotated[str, typer.Option("--decision", help="文号 or minutes.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    as_json: Json = False,
) -> None:
    """Write a change into the year's parameters, once it fits the plan; say whom it touches."""
    from reporting.assess.amending.amend import draft, label_of, write_amendment
    from reporting.project.roots import find_root

    given = {
        "since": since, "task": task, "tasks": tasks or [], "unit": unit, "units": units or [],
        "to": to, "parts": dict(_part(one) for one in parts or []), "leader": leader,
        "target": target, "was": was, "value": value, "quarter": quarter, "milestone": milestone,
        "decision": decision, "reason": reason,
    }  # fmt: skip
    _expect_kind_with(kind, given, as_json=as_json)
    root = find_root()
    amendment = draft(root, year, _entry(kind, given) if kind else _entry(*_asked()))
    say(label_of(year, amendment.change))
    for line in amendment.told():
        say(line)
    if not kind and not typer.confirm(f"写入 {amendment.path}？", default=True):
        say("没有写入。")
        return
    at = write_amendment(root, amendment)
    say(f"已写入 {amendment.path} 第{at}行：- {amendment.entry}")
    OUT.give(path=amendment.path, line=at, entry=amendment.entry)


@app.command(cls=Answering)
def params(
    year: Year = 2023,
    check: Annotated[
        bool, typer.Option("--check", help="Hold them against the plan and the notebooks.")
    ] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON schema that editors use.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check a year's parameters and tell what they will put on paper; or print their schema."""
    from reporting.errors import UsageError

    if check == schema:
        raise UsageError(
            "应写明 --check（核对参数文件）或 --schema（输出编辑器用的 JSON Schema）其中一个；"
            "查看和修改请直接打开 params 文件夹。"
        )
    if schema and as_json:
        raise UsageError("--schema 输出的就是 JSON，不用再写 --json。")
    for line in _schema() if schema else _checked(year):
        say(line)


def _schema() -> Iterator[str]:
    from reporting.project.checking.schema import schema_text

    yield schema_text().removesuffix("\n")


def _checked(year: int) -> Iterator[str]:
    from reporting.project.roots import find_root
    from reporting.publish.params.check import check_params
    from reporting.publish.params.told import told

    checked = check_params(find_root(), year)
    yield from told(checked.params)
    yield from checked.notes
    yield (
        f"params/{year}.yml 可用：任务{len(checked.plan.tasks)}项，"
        f"调整{len(checked.params.changes)}项，更正读法{len(checked.params.corrections)}处。"
    )
    OUT.found(checked.plan.findings)
    OUT.give(
        year=year, tasks=len(checked.plan.tasks), changes=len(checked.params.changes),
        corrections=len(checked.params.corrections),
    )  # fmt: skip


def _expect_kind_with(kind: str, given: dict[str, Any], *, as_json: bool) -> None:
    from reporting.errors import UsageError

    words = "、".join(ChangeKind)
    if not kind and as_json:
        raise UsageError(f"--json 不逐项询问：应给出 --kind（{words}）和该类调整的选项。")
    if not kind and any(given.values()):
        raise UsageError(f"用选项写调整应给出 --kind（{words}）；不给选项则逐项询问。")


def _part(words: str) -> tuple[str, list[str]]:
    unit, _, tasks = words.partition("=")
    return unit.strip(), _split(tasks)


def _split(text: str) -> list[str]:
    for sign in "，,;；":
        text = text.replace(sign, "、")
    return [part for part in (one.strip() for one in text.split("、")) if part]


def _asked() -> tuple[str, dict[str, Any]]:
    """Ask for the kind and for what the kind needs, in Chinese."""
    kinds = list(ChangeKind)
    for number, kind in enumerate(kinds, 1):
        say(f"{number}. {kind.label}（{kind}）")
    kind = kinds[_asked_number("类别", len(kinds)) - 1]
    needed, optional = fields_of(kind)
    answers: dict[str, Any] = {}
    for name in ("since", *needed, *optional, "decision", "reason"):
        if name == "parts":
            answers[name] = dict(_asked_parts())
            continue
        typed = typer.prompt(_QUESTIONS[name], default="" if name in optional else None,
                             show_default=False)  # fmt: skip
        answers[name] = _split(typed) if name in _LISTS else typed.strip()
    return str(kind), answers


def _asked_parts() -> Iterator[tuple[str, list[str]]]:
    while unit := typer.prompt(_NEW_UNIT, default="", show_default=False).strip():
        yield unit, _split(typer.prompt(_ITS_TASKS))


def _asked_number(question: str, last: int) -> int:
    """Ask for a number from 1 to another until it is one."""
    while True:
        typed = typer.prompt(f"{question}（1至{last}）").strip()
        if typed.isdecimal() and 1 <= int(typed) <= last:
            return int(typed)
        say(f"应为1至{last}的数字，实为“{visible(typed)}”。")


def _entry(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Write what was given as an entry of the parameters: empty fields are left out."""
    entry: dict[str, Any] = {"kind": kind, "from": _day_or_quarter(given["since"])}
    for name in _QUESTIONS | {"parts": ""}:
        value = given.get(name)
        if name != "since" and value:
            entry[name] = _figure(value) if name in _FIGURES else value
    order = [name for name in entry if name not in ("decision", "reason")]
    return {name: entry[name] for name in (*order, "decision", "reason") if name in entry}


def _day_or_quarter(text: str) -> int | date | str:
    if text.isdecimal():
        return int(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _figure(text: str) -> int | float | str:
    """Write a figure as YAML has it, and as text where that would not be the same figure."""
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return text
    if not figure.is_finite():
        return text
    if figure == int(figure):
        return int(figure)
    return float(figure) if Decimal(repr(float(figure))) == figure else text
