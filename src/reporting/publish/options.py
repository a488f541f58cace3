"""What a run is asked to do."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import get_args

from reporting.errors import UsageError
from reporting.periods import expect_quarter
from reporting.project.params import Format, Params, Renderer
from reporting.publish.reports import DECK, Entry
from reporting.values import Value

ANNEX = "xlsx"
FORMATS: tuple[str, ...] = get_args(Format)
PUBLIC_FORMATS = ("html", "pdf", "docx")
"""Slides and the annex are for the offices."""
PROVINCE_FORMATS = (*PUBLIC_FORMATS, ANNEX)
RENDERERS: tuple[str, ...] = get_args(Renderer)


class Audience(StrEnum):
    """Who is to read a pack: the offices, or everybody."""

    OFFICES = "offices"
    PUBLIC = "public"


class Options(Value):
    """The options of ``reporting report``; empty ones are the parameters' own.

    Attributes
    ----------
    units, leaders : tuple of str
        Whose reports are made.
    reports, each : tuple of str
        Which other reports are made, by what they are called or by id; of them only those for
        the names given. The whole pack is made when nothing of these four is.
    audience : Audience
        The public's pack is another one, in a folder of its own.
    province : bool
        The pack is that of a province, over many offices.
    output : Path or None
        Folder of the pack instead of ``outputs/<year>/Q<quarter>`` or
        ``outputs/<year>/Q<quarter>-public``.
    force : bool
        Make every report again, whatever has been made before.
    cold : bool
        Start every kernel afresh.
    edition_date : date or None
        The date that the quarter's next edition bears.
    fail_fast : bool
        Stop at the first report that fails, and publish nothing.
    formats_asked : bool
        Whether the formats were asked for; then they go before those that reports declare.
    scheduler : str
        Address of a Dask scheduler, empty for this computer.
    """

    year: int
    quarter: int
    units: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    renderer: str = ""
    jobs: int = 0
    output: Path | None = None
    force: bool = False
    cold: bool = False
    dry_run: bool = False
    fail_fast: bool = False
    scheduler: str = ""
    edition_date: date | None = None
    audience: Audience = Audience.OFFICES
    province: bool = False
    formats_asked: bool = False

    def formats_of(self, entry: Entry) -> tuple[str, ...]:
        """Give the formats of a report: as asked, else as declared for it, else the pack's."""
        return self.formats if self.formats_asked or not entry.formats else entry.formats

    @property
    def is_public(self) -> bool:
        """Whether the pack is the public's."""
        return self.audience is Audience.PUBLIC

    @property
    def pack_name(self) -> str:
        """Name the pack within its year."""
        if self.province:
            return f"Q{self.quarter}-province"
        return f"Q{self.quarter}-public" if self.is_public else f"Q{self.quarter}"

    @property
    def everything(self) -> bool:
        """Whether the whole pack is wanted."""
        return not (self.units or self.leaders or self.reports)

    def pack_folder(self, root: Path) -> Path:
        """Return the folder of the pack."""
        return self.output or root / "outputs" / str(self.year) / self.pack_name


def completed(options: Options, params: Params) -> Options:
    """Fill in from the parameters what was not said, and check all of it.

    Raises
    ------
    UsageError
        A value is none of those there are.
    """
    expect_quarter(options.quarter)
    if options.quarter not in params.calendar:
        raise UsageError(f"params/{params.year}.yml 的 calendar 中没有第{options.quarter}季度。")
    if options.jobs < 0:
        raise UsageError(f"并行数应为正整数，收到的是“{options.jobs}”。")
    formats = options.formats or params.formats
    renderer = options.renderer or params.renderer
    _expect("格式", formats, FORMATS)
    _expect("排版引擎", (renderer,), RENDERERS)
    if options.each and not options.reports:
        raise UsageError("EACH（--each）要与 REPORT（--report）一同指定。")
    if DECK in options.formats and (options.units or options.leaders):
        raise UsageError(f"幻灯片（{DECK}）只有全体单位的一份，不能与单位或者责任领导一同指定。")
    if options.is_public:
        _expect_public(options)
    if options.province:
        _expect("汇总的格式", options.formats, PROVINCE_FORMATS)
    offered = PUBLIC_FORMATS if options.is_public else FORMATS
    ordered = tuple(name for name in offered if name in formats)
    return options.model_copy(
        update={
            "formats": ordered, "renderer": renderer, "formats_asked": bool(options.formats),
        }
    )  # fmt: skip


def _expect_public(options: Options) -> None:
    """Refuse what no public pack has: parts of it, slides, the annex, an edition's date."""
    if not options.everything:
        raise UsageError("公开版只有全体单位的一份，不能指定单位、责任领导或者其他报告。")
    if options.edition_date is not None:
        raise UsageError("公开版不另定日期：日期随同一季度的内部材料。")
    _expect("公开版的格式", options.formats, PUBLIC_FORMATS)


def _expect(what: str, given: tuple[str, ...], known: tuple[str, ...]) -> None:
    for value in given:
        if value not in known:
            raise UsageError(f"{what}应为 {'、'.join(known)} 之一，收到的是“{value}”。")
