"""What an edition was published from, read back; and what of its notebooks was edited since."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from reporting.assess.values import Assessment, Change, SubjectKind
from reporting.errors import InputRefused
from reporting.periods import Period
from reporting.project.editions import ASSESSMENT, EDITIONS, edition_folder, frozen_numbers
from reporting.project.reports import (
    CITY,
    Declaration,
    declared_beside,
    notebook_hash,
)
from reporting.system.digests import digest
from reporting.system.files import read_if_there
from reporting.system.own_templates import own_among, template_files

_OF_ALL = ""
"""In the place of a notebook's stem: what every report is made with."""


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


def edited(
    root: Path, before: Path, period: Period, reports: Iterable[Declaration]
) -> tuple[Change, ...]:
    """Name the notebooks, and the files declared for them, that are not another folder's.

    Only those count whose reports the quarter's pack has.
    """
    made = [one for one in reports if one.is_made_in(period.quarter)]
    return (
        *edited_notebooks(root, before, made), *changed_inputs(root, before, period.year, made),
    )  # fmt: skip


def changed_inputs(
    root: Path, before: Path, year: int, reports: Iterable[Declaration]
) -> tuple[Change, ...]:
    """Name the declared files of notebooks that are not those of another project folder.

    A folder without the year's parameters has nothing to compare.
    """
    if (old := _declared(before, year)) is None or (new := _declared(root, year)) is None:
        return ()
    return tuple(_changes(old, new, reports))


def _declared(root: Path, year: int) -> dict[str, dict[str, str]] | None:
    """Hash the declared files that are there, by the stem of their notebook and their path.

    The project's own templates are declared for every report; the stem of none has them all.
    """
    declared = declared_beside(root, year)
    if declared is None:
        return None
    templates = tuple(path.relative_to(root).as_posix() for path in template_files(root))
    declared = {**declared, _OF_ALL: templates}
    found = {name: read_if_there(root / name) for names in declared.values() for name in names}
    hashes = {name: digest(data) for name, data in found.items() if data is not None}
    return {
        stem: {name: hashes[name] for name in names if name in hashes}
        for stem, names in declared.items()
    }


def _changes(
    old: Mapping[str, Mapping[str, str]],
    new: Mapping[str, Mapping[str, str]],
    reports: Iterable[Declaration],
) -> Iterator[Change]:
    for declaration in reports:
        was, now = (
            {**files.get(declaration.stem, {}), **files.get(_OF_ALL, {})} for files in (old, new)
        )
        for name in sorted(was.keys() | now.keys()):
            if was.get(name) == now.get(name):
                continue
            field, old_words, new_words = _told_of(name, was, now)
            yield Change(
                field=field, old=old_words, new=new_words,
                old_where=name if name in was else "", new_where=name if name in now else "",
                reports=_series(declaration),
            )  # fmt: skip


def _told_of(name: str, was: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, str, str]:
    """Say what a file is, and what of it was and is used; for a template there is always one."""
    is_template = bool(own_among({name: ""}))
    field = "报告模板" if is_template else "报告所用文件"
    if name in was and name in now:
        return field, "上一版的内容", "修改后的内容"
    if is_template:
        words = {True: "项目自己的模板", False: "软件自带的模板"}
        return field, words[name in was], words[name in now]
    return field, "上一版所用" if name in was else "", "本版所用" if name in now else ""


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
