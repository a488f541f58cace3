"""The base of every value that travels between steps."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen, validated value; change is a copy (``model_copy(update=...)``).

    Values are equal when their fields are equal, hashable when their fields are, and
    ``model_dump_json`` writes the same bytes for equal values.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy with some fields replaced.

        Cached properties are not carried over: they were worked out from the old fields.
        """
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy
