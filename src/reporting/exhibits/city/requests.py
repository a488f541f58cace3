"""What units ask others to settle, by who must decide."""

from collections.abc import Sequence

from reporting.assess.followup.requests import Request, requests
from reporting.assess.values import Assessment
from reporting.documents.blocks import Row, Table
from reporting.documents.exhibit import Exhibit
from reporting.exhibits.building import exhibit, nothing, number, paragraph, text
from reporting.exhibits.labels.shown import in_labels
from reporting.exhibits.naming import task_link
from reporting.exhibits.origins.steps import ASKED, leads

UNNAMED = "原文未写明"


def by_addressee(assessment: Assessment) -> list[list[Request]]:
    """Put the quarter's requests together by whom they ask, most first, the unnamed last."""
    found: dict[tuple[str, ...], list[Request]] = {}
    for one in requests(assessment):
        found.setdefault(one.addressees, []).append(one)
    return list(found.values())


def request_anchor(one: Request) -> str:
    """Name the place of a request in the document."""
    return f"ask-{one.row.milestone_id}"


def decider(one: Request) -> str:
    """Name who is asked."""
    return "、".join(one.addressees) or UNNAMED


def words_of(found: Sequence[Request]) -> str:
    """Give the words of requests, each once."""
    said = dict.fromkeys(one.row.coordination.strip().rstrip("。") for one in found)
    return "；".join(said)


@in_labels
def coordination_by_decider(assessment: Assessment) -> Exhibit:
    """Show every request in its own words, those of one addressee together."""
    groups = by_addressee(assessment)
    if not groups:
        return exhibit(nothing("本季度没有单位提出需协调事项。"))
    return exhibit(
        paragraph(_sentence(groups), origin=leads(ASKED)),
        Table(
            columns=(
                text("whom", "请谁决定", 1.4), text("words", "需协调事项（原文）", 3),
                text("unit", "提出单位", 1.4), number("number", "任务号", 0.6),
                text("goal", "任务", 1.8),
            ),
            rows=tuple(
                Row(
                    cells=(
                        "" if at else decider(one), one.row.coordination, one.row.unit,
                        one.task.label, task_link(one.task, 16),
                    ),
                    anchor=request_anchor(one),
                )
                for group in groups
                for at, one in enumerate(group)
            ),
            caption="需协调事项，按由谁决定排列",
            dense=True,
        ),
    )  # fmt: skip


def _sentence(groups: Sequence[Sequence[Request]]) -> str:
    named = [group for group in groups if group[0].addressees]
    each = "、".join(f"{decider(group[0])}{len(group)}项" for group in named)
    unnamed = sum(len(group) for group in groups if group not in named)
    head = f"各单位提出需协调事项{sum(map(len, groups))}项"
    asked = f"，请有关方面研究决定：{each}" if each else ""
    rest = f"；另有{unnamed}项原文没有写明任务分解表所列的单位或者领导" if unnamed else ""
    return f"{head}{asked}{rest}。"
