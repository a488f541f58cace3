"""What stands around the table: title, issuing office, date, page numbers."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from reporting.findings import Finding
from reporting.language.phrases import table_words
from reporting.language.row_words import is_page_number
from reporting.plan.codes import finding
from reporting.plan.table.grid import LooseLine

_FILLER = re.compile(r"[\s，,；;。　]*")


class Preamble(NamedTuple):
    """The head of a table; ``findings`` name every line that is none of it."""

    title: str
    issued_by: str | None
    issued_on: date | None
    findings: tuple[Finding, ...]


def read_preamble(loose: Sequence[LooseLine], name: str) -> Preamble:
    """Read the lines around a table; whatever is not understood becomes a finding."""
    title, issuer, issued = "", None, None
    findings: list[Finding] = []
    head = next((item for item in loose if _is_title(item)), None)
    for item in loose:
        rest = item.text
        if (match := table_words.ISSUER.search(rest)) is not None and issuer is None:
            issuer, rest = match["value"], rest[: match.start()] + rest[match.end() :]
        match = table_words.DATED.search(rest) or table_words.BARE_DATE.fullmatch(rest.strip())
        if match is not None and issued is None:
            issued = _date(match["value"])
            if issued is not None:
                rest = rest.replace(match[0], "", 1)
        if is_page_number(rest):
            findings.append(_told("PLAN-PAGE-NUMBER", item, rest, name))
        elif not _FILLER.fullmatch(rest):
            if title or item.after or (head is not None and item is not head):
                findings.append(_told("PLAN-LEFTOVER", item, rest, name))
            else:
                title = " ".join(rest.split())
    return Preamble(title, issuer, issued, tuple(findings))


def _is_title(item: LooseLine) -> bool:
    return not item.after and table_words.TITLE.search(item.text) is not None


def _told(code: str, item: LooseLine, text: str, name: str) -> Finding:
    found = " ".join(text.split())
    return finding(code, file=name, line=item.line, expected=item.kind, found=found)


def _date(text: str) -> date | None:
    year, month, day = (int(part) for part in re.findall(r"\d+", text)[:3])
    try:
        return date(year, month, day)
    except ValueError:
        return None
