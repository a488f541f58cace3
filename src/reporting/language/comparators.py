"""The comparisons that words like 不少于 and 控制在…以内 ask for."""

from enum import StrEnum


class Comparator(StrEnum):
    """How an actual is held against a target's value."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    EQUAL = "="
    AT_MOST = "<="
    RANGE = "range"
