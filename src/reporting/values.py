"""The base of every value that travels between steps."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen, validated value; change is a copy (``model_copy(update=...)``).

    Values are equal when their fields are equal, hashable when their fields are, and
    ``model_dump_json`` writes the same bytes for equal values.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
