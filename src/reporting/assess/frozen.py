"""What an edition was published from, read back; and which notebooks were edited since."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from reporting.assess.values import Assessment, Change, SubjectKind
from reporting.errors import InputRefused
from reporting.periods import Period
from reporting.project.editions import ASSESSMENT, EDITIONS, edition_folder, frozen_numbers
from reporting.project.reports import CITY, Declaration, notebook_hash


def read_frozen(root: Path, period: Period, number: int) -> Assessment:
    """Read the assessment that an edition was published from.

    Raises
    ------
    InputRefused
        The file is missing or is none.
    """
    path = edition_folder(root, period, number) / ASSESSMENT
    name = f"{EDITIONS}/{period.year}/Q{period.quarter}/{number}/{ASSESSMENT}"
    try:
        return Assessment.model_validate_json(path.read_bytes())
    except OSError:
        raise InputRefused(
            f"第{number}版不完整：缺少 {name}，请从该版的压缩包中取回，再重新运行。"
        ) from None
    except ValidationError:
        raise InputRefused(
            f"第{number}版的 {name} 已损坏，不是本软件写出的数据，请从该版的压缩包中取回。"
        ) from None


def last_frozen(root: Path, period: Period) -> Assessment | None:
    """Read the assessment of a quarter's last edition; None before the first."""
    numbers = frozen_numbers(root, period)
    return read_frozen(root, period, numbers[-1]) if numbers else None


def edited_notebooks(
    root: Path, before: Path, reports: Iterable[Declaration]
) -> tuple[Change, ...]:
    """Name the notebooks whose cells are not those of another project folder.

    What an editor leaves in outputs and metadata does not count; a folder that holds none of
    them has nothing to compare.
    """
    changes = []
    for declaration in reports:
        name = declaration.notebook
        old, new = before / name, root / name
        if not (old.is_file() and new.is_file()):
            continue
        hashes = [notebook_hash(path.read_bytes(), name) for path in (old, new)]
        if hashes[0] != hashes[1]:
            changes.append(
                Change(
                    field="报告正文", old="上一版的正文", new="修改后的正文",
                    old_where=name, new_where=name, reports=_series(declaration),
                )
            )  # fmt: skip
    return tuple(changes)


def _series(declaration: Declaration) -> str:
    """Give what the reports of a declaration are called by."""
    if declaration.is_own:
        return declaration.report
    return SubjectKind.BRIEFING if declaration.each == CITY else str(declaration.each)
