"""What the sheet 自查 sees of the office's own columns, told in columns after all others."""

from collections.abc import Sequence

from reporting.project.asked.columns import ExtraColumn
from reporting.returns.sheets.selfcheck import formulas as f
from reporting.returns.sheets.selfcheck.answers import is_nothing
from reporting.returns.sheets.selfcheck.lines import Line

_LARGEST_SHARE = 2
"""Up to this much of a percentage column a number may be meant as a share: 0.95, 1.2."""


def missing_keys(columns: Sequence[ExtraColumn]) -> tuple[str, ...]:
    """Name the columns that tell what is left empty."""
    return tuple(f"RET-EXTRA-MISSING {column.name}" for column in columns if column.required)


def asked_keys(columns: Sequence[ExtraColumn]) -> tuple[str, ...]:
    """Name the columns that tell what will be asked; of a text nothing is."""
    return tuple(_asked_key(column) for column in columns if column.kind != "text")


def reckon_extra(line: Line, columns: Sequence[ExtraColumn]) -> None:
    """Write what is reckoned of the office's own columns of a row of 进展."""
    for column in columns:
        place = line.typed(column.field)
        sound, text = f"NOT(ISERROR({place}))", f.trimmed(place)
        nothing = _is_nothing(text, column)
        if column.required:
            empty = f.both(sound, f.either(f.is_empty(text), nothing))
            message = f"“{column.label}”必填未填"
            line.formulas[f"RET-EXTRA-MISSING {column.name}"] = f.tell(empty, message)
        if column.kind != "text":
            filled = f.both(sound, f.is_filled(text), f.otherwise(nothing))
            line.formulas[_asked_key(column)] = _told(column, place, text, filled)


def _asked_key(column: ExtraColumn) -> str:
    code = "RET-EXTRA-CHOICE" if column.kind == "choice" else "RET-EXTRA-KIND"
    return f"{code} {column.name}"


def _is_nothing(text: str, column: ExtraColumn) -> str:
    """Tell whether a stroke or 无 was typed for nothing, where it is no text and no choice."""
    if column.kind == "text":
        return "FALSE"
    if not column.choices:
        return is_nothing(text)
    return f.both(is_nothing(text), f.otherwise(f.is_one_of(text, column.choices)))


def _told(column: ExtraColumn, place: str, text: str, filled: str) -> str:
    if column.kind == "choice":
        wrong = f.otherwise(f.is_one_of(text, column.choices))
        return f.tell(f.both(filled, wrong), f"“{column.label}”不是可选项之一")
    if column.kind == "date":
        wrong = f.otherwise(f.is_day(place))
        return f.tell(f.both(filled, wrong), f"“{column.label}”不是日期")
    other = "D" if column.is_percentage else "DP"
    shown = [f.is_shown_as(place, sign) for sign in other]
    wrong = f.both(filled, f.either(f.otherwise(f"ISNUMBER({place})"), *shown))
    message = f"“{column.label}”应只填数字"
    if not column.is_percentage:
        return f.tell(wrong, message)
    share = f.both(f.otherwise(f.is_shown_as(place, "P")), f"ABS({place})>0",
                   f"ABS({place})<={_LARGEST_SHARE}")  # fmt: skip
    meant = f.tell(share, f"“{column.label}”95%请填95")
    return f'IF({wrong},{f.literal(f"；{message}")},IF(ISNUMBER({place}),{meant},""))'
