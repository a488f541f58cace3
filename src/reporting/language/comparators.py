"""The comparisons that words like 不少于 and 控制在…以内 ask for."""

from enum import StrEnum


class Comparator(StrEnum):
    """How an actual is held against a target's value."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EQUAL = "="
    AT_MOST = "<="
    RANGE = "range"


class Direction(StrEnum):
    """Whether more or less of what is measured is better."""

    HIGHER = "higher"
    LOWER = "lower"


class Certainty(StrEnum):
    """How surely a figure was read.

    ``stated``: its own words say so; ``inferred``: by a rule, from what stands near it;
    ``uncertain``: nothing decides, so that it is asked.
    """

    STATED = "stated"
    INFERRED = "inferred"
    UNCERTAIN = "uncertain"
