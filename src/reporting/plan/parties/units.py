"""Lead and supporting units (牵头单位、协助单位) as the cells of a table write them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from reporting.findings import Finding
from reporting.language.phrases import party_words
from reporting.plan.codes import finding
from reporting.plan.parties.names import (
    NONE_WORDS,
    balanced,
    is_collective,
    is_unit_like,
    pieces,
    split_outside,
    split_qualifier,
    tidy,
)
from reporting.plan.values import SupportingUnit

# A name of two characters is padded to the width of three.
_PADDED_NAME = re.compile(
    r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \t\u3000]+([\u3400-\u9fff])(?![\u3400-\u9fff])"
)
_PERSON = re.compile(r"[\u3400-\u9fff]{2,4}|[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8})+")
_SCOPE = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])?\s*(.+?)[：:]\s*(.*)$", re.DOTALL)


@dataclass
class Duties:
    """Who does what, from one cell or both."""

    lead: list[str] = field(default_factory=list)
    coordinating: str | None = None
    host: str | None = None
    support: list[SupportingUnit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def _without_people(text: str, duties: Duties) -> str:
    """Take the names of people who stand beside units out of a cell, and tell each of them."""
    if not any(map(is_unit_like, text.split())):
        return text
    kept = []
    for line in _PADDED_NAME.sub(r"\1\2", text).split("\n"):
        words = line.split()
        people = [word for word in words if _PERSON.fullmatch(word) and not is_unit_like(word)]
        duties.findings.extend(finding("PLAN-UNIT-PERSON", found=name) for name in people)
        kept.append(" ".join(word for word in words if word not in people))
    return "\n".join(kept)


class KnownUnits:
    """The names of a table's units: those that stand unbroken tell how others are read."""

    def __init__(self, cells: Iterable[str], aliases: Mapping[str, str]) -> None:
        self._aliases = {tidy(short): tidy(name) for short, name in aliases.items()}
        self._known: Counter[str] = Counter()
        for cell in cells:
            self._known.update(_names(cell))
        self.written: dict[str, str] = {}

    def canonical(self, name: str) -> str:
        """Return the name a unit goes by; remembers which alias was used."""
        bare = tidy(name)
        if bare in self._aliases:
            self.written[bare] = self._aliases[bare]
            return self._aliases[bare]
        return bare

    def read(
        self,
        lead: str,
        support: str,
        *,
        ranked: bool = False,
        alone: bool = False,
        peopled: bool = False,
    ) -> Duties:
        """Read both cells of a row.

        ``ranked`` says that only the first of several leads, ``alone`` that the table has no
        column of helpers: where some are marked （牵头） the others help; ``peopled`` that
        people are named beside the units, who are told and left out.
        """
        duties = Duties()
        lead = _without_people(lead, duties) if peopled else lead
        self._read_lead(
            lead, duties, ranked=ranked, marked=alone and bool(party_words.ROLE.search(lead))
        )
        self._read_support(support, duties)
        for text in (lead, support):
            if not balanced(text):
                duties.findings.append(finding("PLAN-BRACKET", found=text.strip()))
        both = [s.unit for s in duties.support if s.unit in duties.lead]
        duties.findings.extend(finding("PLAN-UNIT-BOTH", found=name, unit=name) for name in both)
        return duties

    def _read_lead(self, text: str, duties: Duties, *, ranked: bool, marked: bool) -> None:
        supporting = False
        divided = party_words.IS_DIVIDED.search(text) is not None
        for piece, _ in self._joined(text.replace("会同", "，") if divided else text, duties):
            if divided and party_words.LEADS_AFTER.search(piece):
                self._add_lead(
                    party_words.PHRASE.sub("", party_words.LEADS_AFTER.sub("", piece)), duties
                )
                supporting = True
                continue
            supporting = supporting or (ranked and bool(duties.lead))
            piece = party_words.HELPS_AFTER.sub("", piece) if divided else piece
            if party_words.SUPPORTS.match(piece):
                supporting = True
            elif party_words.LEADS.match(piece):
                supporting = False
            name = party_words.PHRASE.sub(
                "", party_words.SUPPORTS.sub("", party_words.LEADS.sub("", piece))
            )
            if (
                supporting
                or party_words.HELPS.search(name)
                or (marked and not party_words.ROLE.search(name))
            ):
                self._add_support(party_words.HELPS.sub("", name), None, duties)
            else:
                for part in self._led(name, duties):
                    self._add_lead(part, duties)
            supporting = supporting or ("会同" in text and bool(duties.lead))

    def _led(self, name: str, duties: Duties) -> list[str]:
        """Give the lead units of a piece: two joined by 和, or one behind its sub-project."""
        scoped = _SCOPE.match(name)
        if scoped is not None and is_unit_like(scoped[2]):
            unit, scope = scoped[2].strip(), " ".join(scoped[1].split())
            duties.findings.append(finding("PLAN-LEAD-SCOPE", expected=unit, found=scope))
            return [unit]
        match = party_words.AND_OTHER.match(tidy(name))
        if match is None or not all(map(is_unit_like, match.groups())):
            return [name]
        told = "、".join(match.groups())
        duties.findings.append(finding("PLAN-UNIT-SPLIT", found=tidy(name), expected=told))
        return list(match.groups())

    def _add_lead(self, name: str, duties: Duties) -> None:
        written = tidy(name)
        if (divided := party_words.DIVIDED.match(name)) is not None:
            name = divided[1]
            duties.coordinating = duties.coordinating or self.canonical(divided[2])
        if (host := party_words.HOST.search(name)) is not None:
            name = name[: host.start()] + name[host.end() :]
            if duties.host is None:
                duties.host = self.canonical(host[1])
            else:
                # A second host has no field.
                note = finding("PLAN-UNIT-QUALIFIER", expected=tidy(name), found=f"设在{host[1]}")
                duties.findings.append(note)
        unit = tidy(party_words.ROLE.sub("", name))
        base, qualifier = split_qualifier(unit)
        if qualifier and self._is_qualifier(unit, base, qualifier):
            duties.findings.append(finding("PLAN-UNIT-QUALIFIER", expected=base, found=qualifier))
            unit = base
        unit = self.canonical(unit)
        if unit in NONE_WORDS:
            return
        if unit in duties.lead:
            duties.findings.append(finding("PLAN-LEAD-REPEATED", found=written, unit=unit))
            return
        if is_collective(unit):
            duties.findings.append(finding("PLAN-LEAD-COLLECTIVE", found=unit, unit=unit))
        self._check(unit, duties)
        duties.lead.append(unit)

    def _read_support(self, text: str, duties: Duties) -> None:
        if tidy(text) in NONE_WORDS or text.strip() in NONE_WORDS:
            return
        scope: str | None = None
        last = ""
        idle: list[str] = []
        for piece, before in self._joined(text, duties):
            piece = party_words.AND_SO_ON.sub("", party_words.SUPPORTS.sub("", piece))
            match = _SCOPE.match(piece)
            if match is not None and len(match[1]) <= 60:
                scope, piece = " ".join(match[1].split()), match[2]
                idle.append(scope)
            elif before == "\n" and last not in "、，,":
                scope = None
            last = piece[-1:] if not piece else "x"
            if piece.strip():
                self._add_support(piece, scope, duties)
                idle = [name for name in idle if name != scope]
            else:
                last = "、"
        duties.findings.extend(finding("PLAN-LEFTOVER", found=name) for name in idle)

    def _add_support(self, name: str, scope: str | None, duties: Duties) -> None:
        for part in self._parts(name, duties):
            base, qualifier = split_qualifier(tidy(part))
            unit = tidy(part)
            if qualifier and self._is_qualifier(unit, base, qualifier):
                note = finding("PLAN-UNIT-QUALIFIER", expected=base, found=qualifier)
                duties.findings.append(note)
                if scope is None and not qualifier.startswith("设在"):
                    self._append(SupportingUnit(unit=self.canonical(base), scope=qualifier), duties)
                    continue
                unit = base
            unit = self.canonical(unit)
            if unit not in NONE_WORDS:
                self._append(SupportingUnit(unit=unit, scope=scope), duties)

    def _append(self, unit: SupportingUnit, duties: Duties) -> None:
        if unit in duties.support:
            found = f"{unit.scope}：{unit.unit}" if unit.scope else unit.unit
            duties.findings.append(finding("PLAN-LEAD-REPEATED", found=found, unit=unit.unit))
        else:
            self._check(unit.unit, duties)
            duties.support.append(unit)

    def _check(self, unit: str, duties: Duties) -> None:
        """Tell of a name that is none of a unit: it may be a person's, or a sentence."""
        named = is_unit_like(unit) or party_words.COUNTY.fullmatch(unit)
        if not named or party_words.SENTENCE.search(unit):
            duties.findings.append(finding("PLAN-UNIT-UNCLEAR", found=unit, unit=unit))

    def _is_qualifier(self, unit: str, base: str, qualifier: str) -> bool:
        """Tell whether a bracket is a remark: the name also stands without it elsewhere."""
        if qualifier.startswith("设在"):
            return True
        if is_collective(base) and party_words.PLACES.fullmatch(qualifier):
            return False  # 各乡镇（街道） are both, though 各乡镇 stands alone elsewhere.
        return bool(self._known[base]) and unit not in self._aliases

    def _parts(self, name: str, duties: Duties) -> list[str]:
        """Split two units written as one: ``甲镇等有关镇街``, ``某支队及沿海镇街``."""
        bare = tidy(name)
        if bare in self._aliases:
            return [bare]
        match = party_words.ETC.match(bare)
        if match is None:
            match = party_words.AND.match(bare) or party_words.AND_OTHER.match(bare)
            if match is not None and not (
                party_words.STRONG.search(match[1]) and is_unit_like(match[2])
            ):
                match = None
        if match is None or not is_unit_like(match[1]):
            return [name]
        parts = [match[1], match[2]]
        told = "、".join(parts)
        duties.findings.append(finding("PLAN-UNIT-SPLIT", found=bare, expected=told))
        return parts

    def _joined(self, text: str, duties: Duties) -> list[tuple[str, str]]:
        """Split a cell, putting names together that a line break cut in two."""
        out: list[tuple[str, str]] = []
        for piece, before in self._spaced(text):
            if out and before == "\n" and piece and self._is_broken(out[-1][0], piece):
                left, separator = out[-1]
                out[-1] = (left + piece, separator)
                found, told = f"{left} {piece}", left + piece
                duties.findings.append(finding("PLAN-UNIT-JOINED", found=found, expected=told))
            else:
                out.append((piece, before))
        return out

    def _spaced(self, text: str) -> Iterator[tuple[str, str]]:
        """Split a cell at separators, and at spaces and strokes between units."""
        for piece, before in pieces(party_words.NUMBERED.sub("\n", text)):
            words = re.split(r"[ \t\u3000\xa0/／\\|｜]+", piece)
            if len(words) > 1 and all(is_unit_like(word) for word in words):
                yield words[0], before
                yield from ((word, " ") for word in words[1:])
            else:
                yield piece, before

    def _is_broken(self, left: str, right: str) -> bool:
        """Tell whether a break stands inside a name: left is none alone, together they are."""
        name = left.rpartition("：")[2]
        whole, head = tidy(name + right), tidy(name)
        if not head or _SCOPE.match(right):
            return False
        if self._known[whole]:
            return not (self._known[head] > 1 and self._known[tidy(right)] > 1)
        if right[0] in "（(" or head[-1] in "和及与":
            return True
        if party_words.HEAD.fullmatch(head):
            return right[0] not in "省市县区州各" and is_unit_like(whole)
        return not is_unit_like(head) and is_unit_like(whole)


def _names(cell: str) -> Iterator[str]:
    """Yield the names of a cell as they stand between separators and numbers of items."""
    return (name for name in map(tidy, split_outside(party_words.NUMBERED.sub("\n", cell))) if name)
