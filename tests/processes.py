"""The end of processes that are not ours to wait for: told by the system, not by polling."""

import os
import select

_PATIENCE_SECONDS = 30


def has_ended(pid: int) -> bool:
    """Tell whether a process ends soon; one that is gone has."""
    try:
        return is_over(os.pidfd_open(pid))
    except ProcessLookupError:
        return True


def is_over(descriptor: int) -> bool:
    """Tell whether the process of a descriptor, which is closed, ends soon."""
    ended, _, _ = select.select([descriptor], [], [], _PATIENCE_SECONDS)
    os.close(descriptor)
    return bool(ended)
