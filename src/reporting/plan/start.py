"""Start a year: from a task table to parameters, folders and a page to check the reading on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import yaml

from reporting.errors import UsageError
from reporting.periods import Period
from reporting.plan.changes import by_quarter
from reporting.plan.fit.carried import Carried, carried_bytes, carried_path
from reporting.plan.read import read_checked, read_plan
from reporting.plan.values import Plan
from reporting.plan.write import register_tasks, write_plan
from reporting.project.changes import ChangeKind, PlanChange
from reporting.project.entries import entry_text
from reporting.project.params import MastheadParams, Params, Place, checklist_path, read_params
from reporting.project.register import register_path
from reporting.project.roots import plan_folder
from reporting.system.files import write_whole
from reporting.system.own_fonts import font_files, usable

DUE_DAY, PUBLISH_DAY = 20, 28
_ONE_LINE = 10**6
_TITLE = "《政府工作报告》任务进展通报"


@dataclass(frozen=True)
class Started:
    """A year that was started; paths are relative to the project."""

    plan: Plan
    params: str
    table: str
    status: str
    report: str


@dataclass(frozen=True)
class _Places:
    """Where the files of a year go; ``table`` may be the given file itself."""

    root: Path
    year: int
    table: Path
    given: Path

    @property
    def params(self) -> Path:
        return self.root / "params" / f"{self.year}.yml"

    @property
    def status(self) -> Path:
        return self.root / "data" / str(self.year) / "status"

    @property
    def report(self) -> Path:
        return plan_folder(self.root, self.year)

    @property
    def copies(self) -> bool:
        return self.table != self.given

    def relative(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()


@dataclass(frozen=True)
class Before:
    """The year before, whose words, names and open tasks are taken along."""

    params: Params
    leaders: tuple[str, ...]
    carried: tuple[Carried, ...]


def start_year(
    root: Path,
    table: Path,
    year: int,
    *,
    city: str | None = None,
    place: str | None = None,
    before: Before | None = None,
) -> Started:
    """Write the parameters, folders and quality report of a new year.

    The table is copied to ``data/<year>/``, unless it lies there already. Masthead, aliases
    and other choices are those of the last year's parameters, when ``city`` is not given or
    is theirs. Nothing is overwritten, and nothing is written when the table is refused.

    Parameters
    ----------
    before : Before, optional
        The year that is gone on with, in place of the nearest one there is.

    Raises
    ------
    UsageError
        There is no such file, something is there already, or the city is not known or another
        than that of the year before.
    InputRefused
        The file cannot be read as a task table.
    """
    places = _places(root.resolve(), table, year)
    _expect_free(places)
    if before is not None:
        _expect_same_city(before, year, city)
    last = _last_params(root, year) if before is None else _gone_on_with(before)
    text = params_text(year, places.relative(places.table), last, city, place)
    params = Params.model_validate(yaml.safe_load(text))
    read_plan(places.root, params, table=places.given)
    if places.copies:
        write_whole(places.table, places.given.read_bytes())
    for quarter in (1, 2, 3, 4):
        write_whole(places.status / f"Q{quarter}" / ".gitkeep", b"")
    if before is not None:
        write_whole(carried_path(places.root, year), carried_bytes(before.carried))
    write_whole(places.params, text.encode())
    fresh = read_params(places.root, year)
    reading = read_checked(places.root, fresh)
    own = usable(font_files(places.root))
    write_plan(reading, places.report, checklist_path(fresh), own)
    register_tasks(places.root, reading)
    where = (places.params, places.table, places.status, places.report)
    return Started(reading.plan, *(places.relative(path) for path in where))


def _expect_same_city(before: Before, year: int, city: str | None) -> None:
    last = before.params
    if city not in (None, last.masthead.city):
        raise UsageError(
            f"沿用{last.year}年的，城市应为{last.masthead.city}，--city 给出的是“{city}”。"
        )
    if last.year >= year:
        raise UsageError(f"--from 应早于{year}年，收到的是“{last.year}”。")


def _gone_on_with(before: Before) -> Params:
    """Give the parameters of the year before under the names that units and leaders ended with."""
    last = before.params
    became = {
        old: new for change in by_quarter(last.changes, last.year) for old, new in _names(change)
    }
    names = last.aliases | {old: old for old in became}
    aliases = {short: _became(name, became) for short, name in names.items()}
    people = dict.fromkeys((*last.people, *before.leaders))
    return last.model_copy(
        update={
            "aliases": {short: name for short, name in aliases.items() if short != name},
            "people": tuple(people),
        }
    )


def _names(change: PlanChange) -> Iterator[tuple[str, str]]:
    if change.kind in (ChangeKind.RENAME, ChangeKind.MERGE):
        yield from ((unit, change.to) for unit in (change.unit, *change.units) if unit)


def _became(name: str, became: dict[str, str]) -> str:
    """Follow a unit's name to the last one; no change leads back to a name that was left."""
    seen = {name}
    while (later := became.get(name, name)) not in seen:
        seen.add(later)
        name = later
    return name


def expect_year(year: int) -> None:
    """Refuse what is no year of a plan."""
    if not 2000 <= year <= 2100:
        raise UsageError(f"年份应在 2000 至 2100 之间，收到的是“{year}”。")


def _places(root: Path, table: Path, year: int) -> _Places:
    expect_year(year)
    if not table.is_file():
        raise UsageError(f"找不到任务分解表：应有文件 {table}，实际没有。")
    given, folder = table.resolve(), root / "data" / str(year)
    if given.is_relative_to(folder):
        return _Places(root, year, given, given)
    return _Places(root, year, folder / f"task_table{table.suffix.lower()}", given)


def _expect_free(places: _Places) -> None:
    kept = [find(places.root, places.year) for find in (register_path, carried_path)]
    wanted = [places.params, places.status, places.report, *kept]
    if places.copies:
        wanted.insert(1, places.table)
    there = "、".join(places.relative(path) for path in wanted if path.exists())
    if there:
        raise UsageError(f"不覆盖已有内容：{places.year}年应尚未建立，但已有 {there}。")


def _last_params(root: Path, year: int) -> Params | None:
    """Read the parameters of the nearest year before, or of the first after."""
    names = (path.stem for path in (root / "params").glob("*.yml"))
    years = sorted(int(name) for name in names if name.isascii() and name.isdigit())
    before = [one for one in years if one < year]
    nearest = before[-1:] or years[:1]
    return read_params(root, nearest[0]) if nearest else None


def params_text(
    year: int, table: str, last: Params | None, city: str | None, place: str | None = None
) -> str:
    """Write the parameters of a new year, with comments.

    Raises
    ------
    UsageError
        There is neither a city nor a last year to take it from, or nothing tells what the whole
        of the place is called.
    """
    if last is not None and city in (None, last.masthead.city):
        masthead = _carried(last.masthead, last.year, year)
        choices = last.model_dump(mode="json")
    elif city:
        masthead = fresh_masthead(year, city, place)
        choices = {name: field.get_default(call_default_factory=True)
                   for name, field in Params.model_fields.items()}  # fmt: skip
        for name in ("rating", "contact"):
            choices[name] = choices[name].model_dump()
    else:
        raise UsageError("应有往年的参数文件或用 --city 指明城市，两者都没有。")
    lines = [
        f"# Parameters of the year {year}. Paths are relative to the folder that holds params/.",
        f"year: {year}",
        f"table: {scalar(table)}",
        f"status: data/{year}/status            # one subfolder a quarter: Q1 … Q4",
        f"# checklist: data/{year}/核对表.xlsx    (filled in by the office; it need not be there)",
        "",
        *_calendar_lines(year),
        "",
        "masthead:                            # check these words before the first pack",
        *(f"  {name}: {scalar(words)}" for name, words in masthead.model_dump().items()),
        "",
        *_choice_lines(choices),
    ]
    return "\n".join(lines) + "\n"


def _carried(masthead: MastheadParams, last: int, year: int) -> MastheadParams:
    """Take over a masthead; where it names its year, it names the new one."""
    words = masthead.model_dump()
    return MastheadParams(**{n: text.replace(str(last), str(year)) for n, text in words.items()})


def fresh_masthead(year: int, city: str, place: str | None) -> MastheadParams:
    """Make the masthead of a city's first year.

    Raises
    ------
    UsageError
        Nothing tells what the whole of the place is called.
    """
    return MastheadParams.model_validate({
        "city": city,
        "place": _place_word(city, place),
        "issuing_office": f"{city}人民政府办公室",
        "title": _TITLE,
        "issue_number": f"{year}年第{{quarter}}期",
    })  # fmt: skip


def _place_word(city: str, given: str | None) -> str:
    """Give the word that 全 stands before, as told or as the city's own name ends."""
    known: tuple[str, ...] = get_args(Place)
    if given is not None and given not in known:
        raise UsageError(f"--place 应为 {'、'.join(known)} 之一，收到的是“{given}”。")
    ending = next((word for word in known if city.endswith(word)), None)
    word = given or ending
    if word is None:
        raise UsageError(
            f"从名称“{city}”看不出通报中“全”字后面应是市、县还是其他，"
            f"请用 --place 指明（{'、'.join(known)} 之一）。"
        )
    return word


def _calendar_lines(year: int) -> Iterator[str]:
    yield "calendar:                            # returns due on; pack published on"
    yield f"  # The {DUE_DAY}th and {PUBLISH_DAY}th of the month after the quarter, or the Monday"
    yield "  # that follows a weekend; public holidays are not considered: check."
    for quarter, due, publish in round_dates(year):
        yield f"  {quarter}: {{due: {due}, publish: {publish}}}"


def round_dates(year: int) -> Iterator[tuple[int, date, date]]:
    """Propose for each quarter when returns are due and when the pack is published."""
    for quarter in (1, 2, 3, 4):
        after = Period(year=year, quarter=quarter).date_end + timedelta(days=1)
        due, publish = (_workday(after.replace(day=day)) for day in (DUE_DAY, PUBLISH_DAY))
        yield quarter, due, publish


def _workday(day: date) -> date:
    days_to_monday = 7 - day.weekday()
    return day + timedelta(days=days_to_monday if days_to_monday < 3 else 0)


def _rating_lines(rating: dict[str, Any]) -> Iterator[str]:
    """Write the limits, or the office's own bands and words for the grades."""
    yield "rating:                              # percentage points short of the plan (百分点)"
    if not rating["bands"]:
        limits = {name: f"{name}: {rating[name]:g}" for name in ("tolerance", "far_behind")}
        yield f"  {limits['tolerance']}                       # up to here: 达到序时进度"
        yield f"  {limits['far_behind']}                     # beyond here: 严重滞后"
    own = {name: _said(rating[name]) for name in ("bands", "grades") if rating[name]}
    if own:
        words = yaml.safe_dump(own, allow_unicode=True, sort_keys=False)
        yield from (f"  {line}" for line in words.splitlines())


def _said(value: Any) -> Any:
    """Leave out of mappings what is not said."""
    if isinstance(value, dict):
        return {name: _said(part) for name, part in value.items() if part not in (None, "")}
    return [_said(part) for part in value] if isinstance(value, list | tuple) else value


def _choice_lines(choices: dict[str, Any]) -> Iterator[str]:
    yield from _rating_lines(choices["rating"])
    yield ""
    yield "contact:                             # printed in the sheets sent out"
    for name, words in choices["contact"].items():
        yield f"  {name}: {scalar(words)}"
    yield ""
    yield from _mapping_lines("aliases", choices["aliases"], "other name: canonical name")
    yield from _mapping_lines("headers", choices["headers"], "field: more words of its header")
    yield from _mapping_lines(
        "words", choices["words"], "word: {class, …}, as the language knows it"
    )
    if choices["people"]:
        yield f"people: {_flow(choices['people'])}"
    yield "corrections: []                      # {task_id, field, value, reason, by, on}"
    yield f"formats: {_flow(choices['formats'])}"
    yield f"renderer: {scalar(choices['renderer'])}"
    yield from _mapping_lines("fonts", choices["fonts"], "role: faces, the first that is there")


def _mapping_lines(name: str, content: dict[str, Any], comment: str) -> Iterator[str]:
    if not content:
        yield f"{name}: {{}}".ljust(36) + f" # {comment}"
        return
    yield f"{name}:".ljust(36) + f" # {comment}"
    for key, value in content.items():
        yield f"  {scalar(key)}: {_content(value)}"


def _content(value: Any) -> str:
    if isinstance(value, dict):
        return entry_text(value)
    return scalar(value) if isinstance(value, str) else _flow(value)


def _flow(values: Any) -> str:
    return "[" + ", ".join(scalar(value) for value in values) + "]"


def scalar(text: str) -> str:
    """Write a text so that YAML reads the same text again, quoted where it must be."""
    plain: str = yaml.safe_dump(text, allow_unicode=True, width=_ONE_LINE)
    # A text that is plain alone may still end early inside brackets.
    if plain.splitlines()[0] == text and not any(sign in text for sign in ",[]{}?:"):
        return text
    # Only double quotes write every line break (also U+0085 and U+2028) as an escape.
    quoted: str = yaml.safe_dump(text, allow_unicode=True, width=_ONE_LINE, default_style='"')
    return quoted.removesuffix("\n")
