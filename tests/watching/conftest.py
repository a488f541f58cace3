"""The small city's project, as the publishing step has it."""

from publish.conftest import project

__all__ = ["project"]
