"""The reports of a pack, each declared: its notebook, whom one is made for, its title and formats.

Three are declared here and in every pack; ``reports`` of the parameters adds an office's own.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BeforeValidator, model_validator

from reporting.errors import UsageError
from reporting.project.checking.faults import nearest
from reporting.project.checking.placeholders import wrong_placeholder
from reporting.system.digests import digest_of
from reporting.system.names import safe_name
from reporting.values import Value

UNIT, LEADER, SUPPORTING, CITY = "unit", "leader", "supporting_unit", "city"
PARTIES = {UNIT: "牵头单位", LEADER: "责任领导", SUPPORTING: "协助单位", CITY: "全部单位"}
"""Whom a report is made for that knows what they may know, and what each is called."""
COLUMNS = {
    "action": "专项行动", "heading": "总体要求", "focus": "工作重点", "theme": "工作类别",
    "task_id": "任务编号", "label": "任务号", "source_number": "原表编号",
    "coordinating_unit": "协调单位", "host_unit": "办公室所在单位",
    "grade": "核定结果", "previous": "上季度核定",
}  # fmt: skip
"""Columns of the table of tasks by which tasks are grouped, a report for each value."""
_SAME = {"lead_units": UNIT, "leaders": LEADER, "supporting_units": SUPPORTING}
"""Columns that hold parties, by the names they have in the table of tasks."""
LISTED = "name"
"""What a report made for one of a list is told apart by: the parameter of its notebook."""

PLACEHOLDERS = ("name", "city", "year", "quarter", "period")
PAGES = ("html", "pdf", "docx")
"""The formats that an office's own report may be declared in."""
NOTEBOOKS = "notebooks/"
_TAKEN = frozenset({"unit", "leader", "briefing", "public"})
"""How the reports of every pack are called."""
_NAME = re.compile(r"[\w-]+")


def _each(value: Any) -> Any:
    """Read whom reports are made for: one of the words there are, or a list of names."""
    if isinstance(value, list | tuple):
        return _listed(value)
    words = PARTIES | COLUMNS
    named = {label: name for name, label in words.items()}
    found = _SAME.get(value, named.get(value, value)) if isinstance(value, str) else value
    if not isinstance(found, str) or found not in words:
        columns = "、".join(f"{name}（{label}）" for name, label in COLUMNS.items())
        parties = "、".join(f"{name}（{label}）" for name, label in PARTIES.items())
        close = nearest(value, (*words, *named)) if isinstance(value, str) else ""
        raise ValueError(f"应为 {parties}，任务表的列 {columns}，或者名单，实为“{value}”{close}")
    return found


def _listed(values: Iterable[Any]) -> tuple[str, ...]:
    names: list[str] = []
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"名单中应为单位、领导、行动等的名称，实为“{value}”")
        if value.strip() in names:
            raise ValueError(f"名单中“{value.strip()}”写了两次")
        names.append(value.strip())
    if not names:
        raise ValueError("名单中没有名称")
    return tuple(names)


def _notebook(value: Any) -> Any:
    """Read the name of a notebook, as it stands in the folder of notebooks."""
    if not isinstance(value, str):
        raise ValueError(f"应为笔记本的文件名（如 action_report.ipynb），实为“{value}”")
    name = value.strip().removeprefix(NOTEBOOKS)
    parts = name.split("/")
    if not name.endswith(".ipynb") or {"", ".", ".."} & set(parts) or "\\" in name or ":" in name:
        raise ValueError(f"应为 notebooks 文件夹中的 .ipynb 文件，实为“{value}”")
    return NOTEBOOKS + name


def _title(value: Any) -> Any:
    """Read a title; its placeholders must be those that are filled in."""
    if not isinstance(value, str):
        raise ValueError(f"应为文字，实为“{value}”")
    if said := wrong_placeholder(value, PLACEHOLDERS):
        raise ValueError(said)
    return value.strip()


def _formats(value: Any) -> Any:
    for name in value if isinstance(value, list | tuple) else [value]:
        if name not in PAGES:
            close = nearest(str(name), PAGES)
            raise ValueError(f"应为 {'、'.join(PAGES)} 中的几种，实为“{name}”{close}")
    return value


def _quarters(value: Any) -> Any:
    """Read quarters, one by itself too."""
    found = value if isinstance(value, list | tuple) else [value]
    for quarter in found:
        if isinstance(quarter, bool) or quarter not in (1, 2, 3, 4):
            raise ValueError(f"应为季度 1 至 4，实为“{quarter}”")
    return tuple(found)


def _folder(value: Any) -> Any:
    if not isinstance(value, str) or not _NAME.fullmatch(value) or safe_name(value) != value:
        raise ValueError(f"应为小写字母、数字、汉字、“-”或“_”组成的名称，实为“{value}”")
    if value in _TAKEN:
        raise ValueError(f"“{value}”已由固定的报告使用，请换一个名称")
    return value


class Declaration(Value):
    """Reports of one kind: those that a notebook makes, one for each of some subjects.

    Attributes
    ----------
    notebook : str
        Relative to the project.
    each : str or tuple of str
        A party (``unit``, ``leader``, ``supporting_unit``, ``city``), a column of the table of
        tasks, or a list of names.
    title : str
        Headline of each report, with placeholders; empty for the usual one.
    formats : tuple of str
        Where these differ from the pack's own.
    quarters : tuple of int
        Those in whose packs they are; all when empty.
    folder : str
        What they are called by, and their folder under ``reports/``; by default after the notebook.
    """

    notebook: Annotated[str, BeforeValidator(_notebook)]
    each: Annotated[str | tuple[str, ...], BeforeValidator(_each)]
    title: Annotated[str, BeforeValidator(_title)] = ""
    formats: Annotated[tuple[str, ...], BeforeValidator(_formats)] = ()
    quarters: Annotated[tuple[int, ...], BeforeValidator(_quarters)] = ()
    folder: Annotated[str, BeforeValidator(_folder)] = ""

    @model_validator(mode="after")
    def _not_one_of_every_pack(self) -> "Declaration":
        known = ALWAYS.get(self.notebook)
        if known is not None and (self.each != known or self.folder or self.quarters):
            words = PARTIES[known] if known else "公开版"
            raise ValueError(
                f"{self.stem}.ipynb 是每季度固定的报告（{words}），只能写 title 和 formats，"
                "其他报告请另存一份笔记本"
            )
        return self

    @property
    def stem(self) -> str:
        """The name of the notebook without its ending."""
        return notebook_stem(self.notebook)

    @property
    def is_own(self) -> bool:
        """Whether it is an office's own, and not one that every pack has."""
        return self.notebook not in ALWAYS

    @property
    def report(self) -> str:
        """What the reports are called by where they are an office's own, else empty."""
        return (self.folder or safe_name(self.stem.casefold())) if self.is_own else ""

    @property
    def parameter(self) -> str:
        """The parameter of the notebook that says which report it makes; empty for the city."""
        if self.each == CITY:
            return ""
        return self.each if isinstance(self.each, str) else LISTED

    @property
    def label(self) -> str:
        """Whom the reports are made for, in a word or two."""
        if not isinstance(self.each, str):
            return "按名单"
        return (PARTIES | COLUMNS)[self.each]

    def is_made_in(self, quarter: int) -> bool:
        """Tell whether a quarter's pack has them."""
        return not self.quarters or quarter in self.quarters

    def titled(self, facts: Mapping[str, object]) -> str:
        """Fill in the title; ``facts`` hold a value for each of `PLACEHOLDERS`."""
        return self.title.format(**facts)


ALWAYS = {
    f"{NOTEBOOKS}briefing_pack.ipynb": CITY,
    f"{NOTEBOOKS}leader_report.ipynb": LEADER,
    f"{NOTEBOOKS}unit_report.ipynb": UNIT,
    f"{NOTEBOOKS}public_report.ipynb": "",
}
"""The notebooks that are always declared, and whom each is for; the last is for everybody."""
PUBLIC_NOTEBOOK = f"{NOTEBOOKS}public_report.ipynb"
_ALWAYS_STEMS = frozenset(name.removeprefix(NOTEBOOKS).removesuffix(".ipynb") for name in ALWAYS)
PROVINCE_NOTEBOOK = f"{NOTEBOOKS}province_report.ipynb"
"""The notebook of the report on many offices, which is in no pack of one."""
OF_EVERY_PACK = tuple(
    Declaration(notebook=notebook, each=each) for notebook, each in ALWAYS.items() if each
)
"""The reports of every pack for the offices, in its order."""


def all_reports(own: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """List the reports of a pack: those of every pack, as the office has them, and its own."""
    given = {one.notebook: one for one in own if not one.is_own}
    always = (given.get(one.notebook, one) for one in OF_EVERY_PACK)
    return (*always, *(one for one in own if one.is_own))


def _side_by_side(own: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """Refuse declarations that would be written over each other, or told apart by nobody."""
    reports: set[str] = set()
    notebooks: dict[str, str] = {}
    for one in own:
        stem = one.stem.casefold()
        first = notebooks.setdefault(stem, one.notebook)
        if first != one.notebook or (one.is_own and stem in _ALWAYS_STEMS):
            other = first if first != one.notebook else f"固定的报告 {stem}.ipynb"
            raise ValueError(f"笔记本 {one.notebook} 与 {other} 同名，请给其中一个改名")
        name = one.report or one.notebook
        if name in reports:
            hint = f"（{name}），请给其中一处另写 folder" if one.is_own else ""
            raise ValueError(f"{one.stem}.ipynb 声明了两次，成果会写进同一个文件夹{hint}")
        reports.add(name)
    return own


Declarations = Annotated[tuple[Declaration, ...], AfterValidator(_side_by_side)]
"""An office's own declarations, as the parameters hold them."""


def notebook_stem(notebook: str) -> str:
    """Name a notebook as ``inputs`` does: ``unit_report`` for ``notebooks/unit_report.ipynb``."""
    return PurePosixPath(notebook).stem


def declared_beside(root: Path, year: int) -> dict[str, tuple[str, ...]] | None:
    """Read from a year's parameters, whatever program they were for, what ``inputs`` names.

    Names that lead out of the folder are left out; None where there are no parameters.
    """
    try:
        content = yaml.safe_load((root / "params" / f"{year}.yml").read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return None
    declared = content.get("inputs") if isinstance(content, dict) else None
    if not isinstance(declared, dict):
        return {}
    return {str(stem): tuple(_inside(names)) for stem, names in declared.items()}


def _inside(names: object) -> list[str]:
    found = [normpath(str(name)) for name in names] if isinstance(names, list) else []
    return [name for name in found if not name.startswith(("/", ".."))]


def notebook_hash(content: bytes, name: str) -> str:
    """Hash what of a notebook can alter a report: its cells' sources, not outputs or metadata.

    Raises
    ------
    UsageError
        The file is no notebook.
    """
    try:
        cells = json.loads(content)["cells"]
        return digest_of([_cell(cell) for cell in cells])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(f"{name} 不是有效的 notebook 文件，请从版本库恢复或重新保存。") from None


def _cell(cell: Mapping[str, Any]) -> list[Any]:
    source = cell["source"]
    return [
        cell["cell_type"],
        source if isinstance(source, str) else "".join(source),
        cell.get("id", ""),
        sorted(cell.get("metadata", {}).get("tags", ())),
        cell.get("attachments", {}),
    ]
