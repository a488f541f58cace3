"""What is new since the last check, whose results lie beside those of this one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reporting.findings import HELD

NAME = "与上次核对相比.txt"
FIRST = "首次核对，没有上次的结果可以比较。"
_UNREADABLE = "上次的结果不能读取，本次未作比较。"
NOTHING = ("与上次核对相比没有变化。",)
_HELD = {str(severity) for severity in HELD}
_PLACE = ("code", "sheet", "cell", "task_id", "expected")


def news(before: bytes | None, now: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what changed from one check's results to the next's, a line each."""
    if before is None:
        return (FIRST,)
    try:
        last = json.loads(before)
        old, new = _units(last), _units(now)
        was, opinions = _opinions(last), _opinions(now)
    except (ValueError, TypeError, KeyError, AttributeError):
        return (_UNREADABLE,)
    return (*_arrivals(old, new), *_changes(was, opinions, [*new, *was])) or NOTHING


def written(lines: Iterable[str]) -> bytes:
    """Write down what is new."""
    return "".join(f"{line}\n" for line in lines).encode()


def _units(results: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {line["unit"]: line for line in results["units"]}


def _opinions(results: Mapping[str, Any]) -> dict[str, set[tuple[str, ...]]]:
    """Return what was to be corrected or answered, by unit."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for noted in results["findings"]:
        if noted["severity"] in _HELD and noted["code"] != "RET-MISSING":
            found.setdefault(noted["unit"], set()).add(tuple(noted[name] for name in _PLACE))
    return found


def _arrivals(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> Iterable[str]:
    """Say what came: first returns, further ones, files that are there no more."""
    came, again, more, gone = [], [], [], []
    for unit, line in new.items():
        files, known = _names(line), _names(old[unit]) if unit in old else set()
        if line["round"] > 1 and line["round"] > (old[unit]["round"] if unit in old else 0):
            again.append(f"{unit}（第{line['round']}次）")
        elif files and not known:
            came.append(unit)
        elif files - known:
            more.append(f"{unit}{len(files - known)}份")
        if known - files and not files:
            gone.append(unit)
    told = {"新收到": came, "再次报送": again, "另收到文件": more, "不再有文件": gone}
    for word, units in told.items():
        if units:
            yield f"{word}{len(units)}个单位：{'、'.join(units)}。"


def _names(line: Mapping[str, Any]) -> set[str]:
    """Return the names of a unit's files, wherever they were moved to."""
    return {str(name).rsplit("/", 1)[-1] for name in line["files"]}


def _changes(
    was: Mapping[str, set[tuple[str, ...]]],
    now: Mapping[str, set[tuple[str, ...]]],
    units: Sequence[str],
) -> Iterable[str]:
    """Say what was closed, what stays open and what is new, unit by unit."""
    for unit in dict.fromkeys([*units, *now]):
        before, after = was.get(unit, set()), now.get(unit, set())
        if before != after:
            who = unit or "未能认定单位的文件"
            closed, left, fresh = len(before - after), len(before & after), len(after - before)
            yield f"{who}：错误和待确认办结{closed}处、仍有{left}处、新出现{fresh}处。"
