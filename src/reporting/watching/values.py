"""What is told while a project is followed."""

from enum import StrEnum

from reporting.values import Value


class Kind(StrEnum):
    """What a line is about."""

    SAVED = "saved"
    FINDING = "finding"
    PLACED = "placed"
    FAULT = "fault"
    DONE = "done"


class Told(Value):
    """One line of what happens.

    Attributes
    ----------
    text : str
        A sentence in Chinese.
    paths : tuple of str
        Files that were put in place, relative to the folder that is served.
    """

    kind: Kind
    text: str
    paths: tuple[str, ...] = ()
