"""What a notebook may use while it runs; an office changes it in its parameters."""

from typing import Annotated, Any

from pydantic import BeforeValidator

from reporting.values import Value

_GB = 1 << 30


def _between(least: float, most: float) -> BeforeValidator:
    def checked(value: Any) -> Any:
        # YAML reads yes as true, which would pass for 1.
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not least <= value <= most:
            raise ValueError(f"应为{least:g}至{most:g}之间的数字，实为“{value}”")
        return value

    return BeforeValidator(checked)


class Limits(Value):
    """Time for a whole notebook, and memory for its process.

    With less memory than the least allowed a kernel hardly starts.
    """

    minutes: Annotated[float, _between(1, 1440)] = 10
    memory_gb: Annotated[float, _between(1, 1024)] = 2

    @property
    def seconds(self) -> float:
        """The time as a kernel's bound."""
        return 60 * self.minutes

    @property
    def memory_bytes(self) -> int:
        """The memory as a kernel's bound."""
        return int(self.memory_gb * _GB)
