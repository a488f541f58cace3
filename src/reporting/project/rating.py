"""The rating rule as an office declares it: its thresholds, its bands, its words for the grades."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from reporting.grades import (
    BANDS,
    GOOD,
    USUAL,
    Band,
    Grade,
    GradeStyle,
    Kind,
    Scale,
    scale_of,
)
from reporting.project.colours import LEAST_CONTRAST, contrast, pale
from reporting.values import Value

_SHAPES = "●○△▲□◇■？◆▽▼☆★◎"
"""Characters that every font of the reports has."""
_HATCHES = ("//", "\\\\", "xxx", "--", "||", "++", "..", "oo", "**", "OO", "///", "\\\\\\")
_LONGEST = 12
_TOLERANCE, _FAR_BEHIND = 0, 30


def _usual_word(word: str) -> str:
    if word not in {kind.value for kind in Kind}:
        known = "、".join(kind.value for kind in Kind)
        raise ValueError(f"应为{known}之一，实为“{word}”")
    return word


def _word(word: str) -> str:
    bare = word.strip()
    if not bare or len(bare) > _LONGEST or any(sign in bare for sign in '“”"\n\t,，、'):
        raise ValueError(f"名称应为1至{_LONGEST}个字，不含引号、逗号、顿号，实为“{word}”")
    return bare


def _shape(shape: str) -> str:
    if len(shape) != 1 or shape not in _SHAPES:
        raise ValueError(f"shape（图形）应为“{_SHAPES}”中的一个，实为“{shape}”")
    return shape


def _colour(colour: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise ValueError(f'颜色应写作 "#00603f" 这样的六位十六进制数并加引号，实为“{colour}”')
    return colour.lower()


UsualWord = Annotated[str, AfterValidator(_usual_word)]
Word = Annotated[str, AfterValidator(_word)]
Shape = Annotated[str, AfterValidator(_shape)]
Colour = Annotated[str, AfterValidator(_colour)]


class GradeLook(Value):
    """How an office calls and shows a grade; what it does not say is as usual."""

    name: Word | None = None
    shape: Shape | None = None
    colour: Colour | None = None
    tint: Colour | None = None
    en: str = ""


class BandParams(Value):
    """A band of the rule: gaps of at most ``up_to`` 百分点, and what that counts as."""

    name: Word
    up_to: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    counts_as: UsualWord
    shape: Shape | None = None
    colour: Colour | None = None
    tint: Colour | None = None
    en: str = ""

    @property
    def kind(self) -> Kind:
        """What it counts as."""
        return Kind(self.counts_as)

    @property
    def look(self) -> GradeLook:
        """How it is called and shown."""
        return GradeLook(**self.model_dump(include=set(GradeLook.model_fields)))


class RatingRule(Value):
    """The rating rule, in 百分点 short of the plan.

    A gap of at most ``tolerance`` is on schedule; up to ``far_behind`` (inclusive) behind;
    beyond it far behind. An office with other bands lists them in ``bands`` instead. ``grades``
    names and colours the other grades, by their usual words.
    """

    tolerance: float = Field(default=_TOLERANCE, ge=0, allow_inf_nan=False)
    far_behind: float = Field(default=_FAR_BEHIND, gt=0, allow_inf_nan=False)
    bands: tuple[BandParams, ...] = ()
    grades: dict[UsualWord, GradeLook] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits(self) -> "RatingRule":
        why = next(self._faults(), "") or next(_alike(self.scale), "")
        if why:
            raise ValueError(why)
        return self

    def _faults(self) -> Iterator[str]:
        if not self.bands:
            return
        if (self.tolerance, self.far_behind) != (_TOLERANCE, _FAR_BEHIND):
            yield "写了 bands 的，不再写 tolerance、far_behind"
        yield from _band_faults(self.bands)
        taken = [word for word in self.grades if Kind(word) in BANDS]
        if taken:
            yield f"“{taken[0]}”已由 bands 分档，其名称和颜色应在 bands 中写明"

    @cached_property
    def scale(self) -> Scale:
        """The grades and bands that the rule comes to."""
        if not self.bands:
            listed = _dressed([(g, self.grades.get(g.word, GradeLook())) for g in USUAL.values()])
            tolerance, far = (Decimal(str(limit)) for limit in (self.tolerance, self.far_behind))
            return scale_of(tolerance, far, listed)
        places = [
            sum(b.kind is one.kind for b in self.bands[:n]) for n, one in enumerate(self.bands)
        ]
        own = [
            (USUAL[band.kind].model_copy(update={"place": place}), band.look)
            for band, place in zip(self.bands, places, strict=True)
        ]
        others = [
            (g, self.grades.get(g.word, GradeLook())) for g in USUAL.values() if g not in BANDS
        ]
        dressed = _dressed([*own, *others])
        bands = tuple(
            Band(grade=grade, up_to=None if one.up_to is None else Decimal(str(one.up_to)))
            for grade, one in zip(dressed, self.bands, strict=False)
        )
        return Scale(grades=tuple(sorted(dressed, key=lambda g: g.order)), bands=bands)


def _band_faults(bands: Sequence[BandParams]) -> Iterator[str]:
    if len(bands) < 2:
        yield f"bands 至少应有两档，实为{len(bands)}档"
        return
    for band in bands:
        if band.kind not in BANDS:
            known = "、".join(kind.value for kind in BANDS)
            yield f"“{band.name}”的 counts_as 应为{known}之一，实为“{band.counts_as}”"
    for band in bands[:-1]:
        if band.up_to is None:
            yield f"“{band.name}”缺 up_to（差距上限）；只有最后一档不写"
    if bands[-1].up_to is not None:
        yield f"最后一档“{bands[-1].name}”不写 up_to，更大的差距均归此档"
    for before, band in pairwise(bands):
        if before.up_to is not None and band.up_to is not None and band.up_to <= before.up_to:
            yield (
                f"“{band.name}”的 up_to 应大于前一档“{before.name}”的"
                f"{before.up_to:g}，实为{band.up_to:g}"
            )
        if USUAL[band.kind].order < USUAL[before.kind].order:
            yield f"“{band.name}”的差距大于“{before.name}”，counts_as 不能更好"
    if bands[0].kind not in GOOD:
        yield f"第一档“{bands[0].name}”的 counts_as 应为{Kind.ON_SCHEDULE.value}"
    if bands[-1].kind in GOOD:
        yield f"最后一档“{bands[-1].name}”的 counts_as 不能为{Kind.ON_SCHEDULE.value}"


def _alike(scale: Scale) -> Iterator[str]:
    """Tell of grades that could be taken for one another, and of what cannot be read."""
    for name, of in (("名称", str), ("图形", lambda grade: grade.style.shape)):
        seen: dict[str, Grade] = {}
        for grade in scale.grades:
            other = seen.setdefault(of(grade), grade)
            if other is not grade:
                yield f"“{other}”和“{grade}”的{name}均为“{of(grade)}”，应各不相同"
    for grade in scale.grades:
        for ground, words in (("#ffffff", "白色"), (grade.style.tint, f"底色{grade.style.tint}")):
            found = contrast(grade.style.colour, ground)
            if found < LEAST_CONTRAST:
                yield (
                    f"“{grade}”的颜色{grade.style.colour}在{words}上看不清"
                    f"（对比度{found:.1f}，应不低于{LEAST_CONTRAST}），请换深一些的颜色"
                )


def _dressed(listed: Sequence[tuple[Grade, GradeLook]]) -> list[Grade]:
    """Give each grade its word and look; what an office does not say is as usual, if still free."""
    shapes = {look.shape for _, look in listed if look.shape}
    usual_shapes = {g.style.shape for g, look in listed if not (look.shape or g.place)} - shapes
    hatches = {grade.style.hatch for grade, _ in listed if not grade.place}
    done: list[Grade] = []
    for grade, look in listed:
        usual = grade.style
        shape, hatch = look.shape or usual.shape, usual.hatch
        if not look.shape and (grade.place or shape in shapes):
            shape = _free(shapes | usual_shapes, _SHAPES)
        if grade.place:
            hatch = _free(hatches, _HATCHES)
        shapes.add(shape)
        hatches.add(hatch)
        colour = look.colour or usual.colour
        tint = look.tint or (pale(colour) if look.colour else usual.tint)
        style = GradeStyle(shape=shape, colour=colour, tint=tint, hatch=hatch)
        named = look.name not in (None, grade.word)
        update = {
            "word": look.name or grade.word, "short": look.name if named else grade.short,
            "en": look.en or (str(look.name) if named else grade.en), "style": style,
        }  # fmt: skip
        own = grade.model_copy(update=update)
        done.append(grade if vars(own) == vars(grade) else own)
    return done


def _free(taken: set[str], among: Sequence[str]) -> str:
    return next((one for one in among if one not in taken), among[-1])
