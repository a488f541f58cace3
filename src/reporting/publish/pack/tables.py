"""The tables as CSV files, for machines."""

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

from reporting.assess.values import Assessment
from reporting.language.visible import visible
from reporting.tables.fields import DataTable, Datum
from reporting.tables.rows import dated_tables

_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠](?=.)(?![\d.,]+%?\s*\Z)", re.DOTALL)
"""What a spreadsheet would run: a sign with something behind it that is no plain number.

With an apostrophe in front it is one that was escaped, or a text that reads like one: it gets
another, so that no two texts are written alike.
"""


def write_tables(assessment: Assessment) -> dict[str, bytes]:
    """Write every table as CSV (UTF-8, header, LF), by file name.

    Hidden characters are made visible, as in the pages. A text that a spreadsheet would run as a
    formula, white space before it aside, gets an apostrophe in front, which `unescaped` takes
    away; a sign by itself (the comparator ``=``) and a number stay as they are. There is no
    byte-order mark: the data package
    names the encoding, and the guide says how Excel is told.
    """
    return write_csv(dated_tables(assessment))


def write_csv(given: Iterable[DataTable]) -> dict[str, bytes]:
    """Write tables as `write_tables` does."""
    return {f"{table.name}.csv": _csv(table) for table in given}


def _csv(table: DataTable) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows([_written(value) for value in row] for row in table.rows)
    return target.getvalue().encode()


def _written(value: Datum) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = visible(value)
        return f"'{text}" if _FORMULA.match(text) else text
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def unescaped(text: str) -> str:
    """Give a text of a table as it was, without the apostrophe that keeps spreadsheets off."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text
