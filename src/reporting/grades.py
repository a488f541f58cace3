"""The grades of a rating: the kinds that the rule decides by, and the words an office has for them.

What a step decides by is the `Kind` of a grade; what is printed is the `Grade`, whose word, shape
and colour are the office's own (``rating`` in the parameters). Every `Kinds` takes either.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar

from pydantic import (
    ModelWrapValidatorHandler,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from reporting.values import Value


class Kind(Enum):
    """What a grade counts as, by its usual word; from best to worst to not judged."""

    DONE = "已完成"
    ON_SCHEDULE = "达到序时进度"
    BEHIND = "未达序时进度"
    FAR_BEHIND = "严重滞后"
    NOT_STARTED = "未启动"
    PAUSED = "暂缓或调整"
    NOT_REPORTED = "未报送"
    UNDECIDED = "无法判定"


class GradeStyle(Value):
    """How a grade is shown beside its word.

    Attributes
    ----------
    shape : str
        One character that every font of the reports has; none for what is no grade.
    colour : str
        Text colour; at least 4.5 : 1 against white and against ``tint``.
    tint : str
        Pale ground for cells and bars.
    hatch : str
        Matplotlib hatch that tells the grade apart without colour.
    """

    shape: str
    colour: str
    tint: str
    hatch: str


_PLACES = 100
"""More than an office has grades of one kind."""
_STEP = Decimal("0.02")


class Grade(Value):
    """A grade as it is printed.

    Attributes
    ----------
    kind : Kind
        What it counts as: which grades owe a reason, are open, keep the plan.
    word : str
        Its word; of all grades of an office no two are alike.
    short : str
        The word as the label of a narrow column.
    en : str
        The word in English.
    place : int
        Which it is among the office's grades of its kind, 0 the best.
    """

    DONE: ClassVar["Grade"]
    ON_SCHEDULE: ClassVar["Grade"]
    BEHIND: ClassVar["Grade"]
    FAR_BEHIND: ClassVar["Grade"]
    NOT_STARTED: ClassVar["Grade"]
    PAUSED: ClassVar["Grade"]
    NOT_REPORTED: ClassVar["Grade"]
    UNDECIDED: ClassVar["Grade"]

    kind: Kind
    word: str
    short: str
    en: str
    style: GradeStyle
    place: int = 0

    def __str__(self) -> str:
        """Give the word."""
        return self.word

    def __eq__(self, other: object) -> bool:
        """Tell whether it is the same grade; another look makes it no other."""
        if not isinstance(other, Grade):
            return NotImplemented
        return (self.kind, self.word) == (other.kind, other.word)

    def __hash__(self) -> int:
        """Hash by what tells grades apart."""
        return hash((self.kind, self.word))

    @property
    def key(self) -> str:
        """Name the grade in plain ASCII."""
        return self.kind.name.lower() + (f"_{self.place + 1}" if self.place else "")

    @property
    def order(self) -> int:
        """Rank the grade as tables list it, the best first."""
        return _KINDS.index(self.kind) * _PLACES + self.place

    @property
    def weight(self) -> Decimal:
        """Rank the grade by what weighs most, 0 the worst; of one kind a later one is worse."""
        kind = Decimal(WORST_FIRST.index(self.kind))
        return kind - self.place * _STEP if self.place else kind

    @model_validator(mode="wrap")
    @classmethod
    def _named(cls, value: Any, handler: ModelWrapValidatorHandler["Grade"]) -> "Grade":
        """Take the usual word for the usual grade."""
        if isinstance(value, str):
            found = _BY_WORD.get(value)
            if found is None:
                raise ValueError(f"没有“{value}”这一核定结果")
            return found
        return handler(value)

    @model_serializer(mode="wrap")
    def _written(self, handler: SerializerFunctionWrapHandler) -> Any:
        """Write the usual grades by their words alone."""
        usual = _BY_WORD.get(self.word)
        return self.word if usual and vars(usual) == vars(self) else handler(self)


_KINDS = tuple(Kind)


class Kinds:
    """A set of kinds; a grade is in it when its kind is."""

    def __init__(self, *kinds: Kind) -> None:
        self._kinds = frozenset(kinds)

    def __contains__(self, one: object) -> bool:
        """Tell whether a grade, or a kind, is of these."""
        return (one.kind if isinstance(one, Grade) else one) in self._kinds

    def __iter__(self) -> Iterator[Kind]:
        """Go through the kinds, the best first."""
        return (kind for kind in Kind if kind in self._kinds)

    def __or__(self, other: "Kinds") -> "Kinds":
        """Take both together."""
        return Kinds(*self._kinds, *other)


WORST_FIRST: tuple[Kind, ...] = (
    Kind.FAR_BEHIND,
    Kind.NOT_STARTED,
    Kind.BEHIND,
    Kind.NOT_REPORTED,
    Kind.UNDECIDED,
    Kind.PAUSED,
    Kind.ON_SCHEDULE,
    Kind.DONE,
)
"""What weighs most comes first: known trouble, then what is not known, then the rest. The rating
rule prints this order, and tables sort by it."""

EVERY = Kinds(*Kind)

GOOD = Kinds(Kind.DONE, Kind.ON_SCHEDULE)
"""What keeps the plan."""

OPEN = Kinds(*(kind for kind in Kind if kind not in GOOD))
"""What leaves something to follow up next quarter."""

LAGGING = Kinds(Kind.BEHIND, Kind.FAR_BEHIND, Kind.NOT_STARTED)
"""What owes a reason and a next step."""

SLOW = Kinds(Kind.BEHIND, Kind.FAR_BEHIND)
"""What is worked on, and does not keep the plan."""

PAUSED = Kinds(Kind.PAUSED)
"""What is set aside."""

DONE = Kinds(Kind.DONE)
"""What is complete."""

TO_EXPLAIN = LAGGING | PAUSED
"""What owes a cause: what nobody judged has none."""

IDLE = Kinds(Kind.NOT_STARTED) | PAUSED
"""What is not worked on, and may have no figure to report."""

NOT_JUDGED = Kinds(Kind.NOT_REPORTED, Kind.UNDECIDED)
"""What the office could not rate; a unit never claims it."""

BANDS = Kinds(Kind.ON_SCHEDULE, Kind.BEHIND, Kind.FAR_BEHIND)
"""What a gap to the plan can lead to."""


def _usual(
    kind: Kind, short: str, en: str, shape: str, colour: str, tint: str, hatch: str
) -> Grade:
    style = GradeStyle(shape=shape, colour=colour, tint=tint, hatch=hatch)
    return Grade(kind=kind, word=kind.value, short=short, en=en, style=style)


_BY_WORD: dict[str, Grade] = {}
USUAL: dict[Kind, Grade] = {
    grade.kind: grade
    for grade in (
        _usual(Kind.DONE, "已完成", "Completed", "●", "#00603f", "#d9efe4", ""),
        _usual(Kind.ON_SCHEDULE, "达到序时", "On schedule", "○", "#0b4f85", "#dcebf7", "//"),
        _usual(Kind.BEHIND, "未达序时", "Behind schedule", "△", "#8a4b00", "#fdebd0", "\\\\"),
        _usual(Kind.FAR_BEHIND, "严重滞后", "Far behind", "▲", "#a3160f", "#fbdcd9", "xxx"),
        _usual(Kind.NOT_STARTED, "未启动", "Not started", "□", "#5e2f75", "#ece1f2", "--"),
        _usual(Kind.PAUSED, "暂缓调整", "Paused or adjusted", "◇", "#475259", "#e6eaec", "||"),
        _usual(Kind.NOT_REPORTED, "未报送", "Not reported", "■", "#262626", "#d9d9d9", "++"),
        _usual(Kind.UNDECIDED, "无法判定", "Undetermined", "？", "#4f4f4f", "#f2f2f2", ""),
    )
}
"""The grades of an office that says nothing of its own: never colour alone, and readable in black
and white."""
_BY_WORD.update({grade.word: grade for grade in USUAL.values()})
for _kind, _grade in USUAL.items():
    setattr(Grade, _kind.name, _grade)

_SYNONYMS: dict[Kind, tuple[str, ...]] = {
    Kind.DONE: ("提前完成", "超额完成", "已办结", "办结", "完成", "已经完成", "全部完成"),
    Kind.ON_SCHEDULE: (
        "达到时序进度", "按序时推进", "达序推进", "顺利推进", "正常推进", "按计划推进中",
        "按计划推进", "超序时进度", "符合预期目标", "达序时进度",
    ),
    Kind.BEHIND: (
        "未达时序进度", "未达到序时进度", "未达到时序进度", "欠进度", "滞后", "慢序时",
        "推进缓慢", "部分工作进展滞后", "慢于序时进度",
    ),
    Kind.FAR_BEHIND: ("较大差距", "严重滞后于序时进度"),
    Kind.NOT_STARTED: ("未开工", "尚未正式启动", "尚未启动", "未正式启动"),
    Kind.PAUSED: ("暂缓", "调整", "指标出现调整", "暂缓/调整", "暂停"),
}  # fmt: skip

_KIND_WORDS: dict[str, Kind] = {kind.value: kind for kind in Kind if kind not in NOT_JUDGED} | {
    word: kind for kind, words in _SYNONYMS.items() for word in words
}


class Band(Value):
    """The grade of a gap of at most ``up_to`` 百分点; without a limit, of every greater one."""

    grade: Grade
    up_to: Decimal | None = None


class Scale(Value):
    """The grades of an office, as tables list them, and its bands from the smallest gap up."""

    grades: tuple[Grade, ...]
    bands: tuple[Band, ...]

    def __getitem__(self, kind: Kind) -> Grade:
        """Give the grade of a kind; of several the best."""
        return next(grade for grade in self.grades if grade.kind is kind)

    def of(self, kinds: Collection[Kind] | Kinds) -> tuple[Grade, ...]:
        """Give the grades of some kinds, as tables list them."""
        return tuple(grade for grade in self.grades if grade.kind in kinds)

    @property
    def claimed(self) -> tuple[Grade, ...]:
        """What a unit may claim of itself; the others are the office's."""
        return tuple(grade for grade in self.grades if grade not in NOT_JUDGED)

    @property
    def ratable(self) -> tuple[Grade, ...]:
        """What the office may rate by a decision: all but that nothing was reported."""
        return tuple(grade for grade in self.grades if grade.kind is not Kind.NOT_REPORTED)

    def named(self, word: str) -> Grade | None:
        """Give the grade of that very word."""
        return next((grade for grade in self.grades if grade.word == word), None)

    @property
    def worst_first(self) -> tuple[Grade, ...]:
        """What weighs most comes first."""
        return tuple(sorted(self.grades, key=lambda grade: grade.weight))

    def of_gap(self, gap: Decimal) -> Grade:
        """Give the grade of a gap in 百分点; every gap has one."""
        return next(b.grade for b in self.bands if b.up_to is None or gap <= b.up_to)

    @cached_property
    def words(self) -> dict[str, Grade]:
        """Every word that is understood as a unit's rating.

        Where the office has several grades of a kind, a word of the kind says none of them.
        """
        own = {grade.word: grade for grade in self.claimed}
        by_kind = {kind: self.of((kind,)) for kind in Kind}
        usual = {
            word: by_kind[kind][0] for word, kind in _KIND_WORDS.items() if len(by_kind[kind]) == 1
        }
        return own | {word: grade for word, grade in usual.items() if word not in own}

    def parse(self, text: str) -> Grade | None:
        """Tell which grade a unit's words mean, or None when they are not known.

        Width, white space and closing punctuation do not matter.

        Examples
        --------
        >>> str(USUAL_SCALE.parse(" 已完成。"))
        '已完成'
        >>> USUAL_SCALE.parse("差不多") is None
        True
        """
        return self.words.get(_bare(text))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("。.,，;；!！")


def kind_of_words(text: str) -> Kind | None:
    """Tell which kind of grade usual words state, or None when they state none."""
    return _KIND_WORDS.get(_bare(text))


def scale_of(tolerance: Decimal, far_behind: Decimal, grades: Iterable[Grade]) -> Scale:
    """Make the scale of three bands, of grades of which no two are of one kind."""
    listed = tuple(grades)
    limits = {Kind.ON_SCHEDULE: tolerance, Kind.BEHIND: far_behind}
    bands = (Band(grade=one, up_to=limits.get(one.kind)) for one in listed if one in BANDS)
    return Scale(grades=listed, bands=tuple(bands))


USUAL_SCALE = scale_of(Decimal(0), Decimal(30), USUAL.values())
"""The scale of an office that says nothing of its own."""
