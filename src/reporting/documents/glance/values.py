"""What the tall page shows; texts are data, never markup."""

from reporting.documents.blocks import SafeText
from reporting.grades import Grade
from reporting.values import Value


class State(Value):
    """How many tasks have a grade; ``share`` in words, ``part`` of all from 0 to 1."""

    grade: Grade
    count: int
    share: SafeText
    part: float


class Bar(Value):
    """One line with a bar: a name, words beside it, and how far it goes from 0 to 1."""

    name: SafeText
    words: SafeText
    part: float


class Praise(Value):
    """A task that exceeds its plan, with its figure."""

    task: SafeText
    figure: SafeText


class Glance(Value):
    """The page from its head to its foot; a part without anything is left out."""

    place: SafeText
    period: SafeText
    title: SafeText
    issuer: SafeText
    published: SafeText
    is_sample: bool
    tasks: int
    rate: SafeText
    states: tuple[State, ...]
    praise: tuple[Praise, ...]
    figures: tuple[Bar, ...]
    actions: tuple[Bar, ...]
    notes: tuple[SafeText, ...]
