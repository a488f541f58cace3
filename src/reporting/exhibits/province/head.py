"""Cover and summary of a province's report."""

from collections.abc import Iterator

from reporting.assess.province.values import LATE_FIRST, Province, Tally
from reporting.documents.blocks import Cover
from reporting.documents.exhibit import Exhibit
from reporting.documents.sources.values import Step
from reporting.exhibits.building import exhibit, nothing, paragraph
from reporting.exhibits.province.origins import WHOLE, plain, tally_steps
from reporting.grades import USUAL


def cover(province: Province) -> Exhibit:
    """Show masthead and title."""
    head = province.masthead
    return exhibit(
        Cover(
            issuing_office=head.issuing_office, title=head.title, issue_number=head.issue_number,
            subject_name=head.city, period_label=province.period.label,
            headline=province.title, publish_date=head.publish_date,
            is_sample=province.is_sample, origin=(Step(of=(WHOLE,)),),
        )
    )  # fmt: skip


def summary(province: Province) -> Exhibit:
    """Say of how many offices the figures are, and how their tasks stand."""
    return exhibit(
        paragraph(*_extent(province), origin=(Step(of=(WHOLE,)),)),
        *_standing(province),
    )


def _extent(province: Province) -> Iterator[str]:
    yield f"{province.period.label}，{province.masthead.city}{province.extent}。"
    missing = [one.name for one in province.offices if one.tally is None]
    if missing:
        yield (
            f"未计入的{len(missing)}个{province.each}为{'、'.join(missing)}，原因见“四”；"
            "本报告的合计数均不包括未计入的，不作推算。"
        )


def _standing(province: Province) -> Iterator:  # type: ignore[type-arg]
    total = province.total
    if total is None:
        yield nothing(f"没有可以计入的{province.each}，各项数字均为“—”。")
        return
    steps = plain(tally_steps(total, f"{len(province.counted)}个{province.each}合计", ()))
    yield paragraph(*_counts(province, total), origin=steps)


def _counts(province: Province, total: Tally) -> Iterator[str]:
    each = "、".join(f"{USUAL[kind]}{total.counts[kind]}项" for kind in province.kinds)
    apart = f"，本季度无到期事项{total.nothing_due}项" if total.nothing_due else ""
    whose = f"已计入的{len(province.counted)}个{province.each}"
    yield f"{whose}共有任务{total.total}项：{each}{apart}。"
    if total.rate != "—":
        yield f"达序率{total.rate}。"
    late = [f"{USUAL[kind]}{count}项" for kind in LATE_FIRST if (count := total.counts.get(kind))]
    if late:
        yield f"滞后的任务按由重到轻为{'、'.join(late)}，逐项见“三”。"
