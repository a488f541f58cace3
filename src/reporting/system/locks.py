"""A lock on an open file, which the system lets go of when the process ends, however it ends."""

import errno
from typing import Any

_HELD = frozenset({errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})


def try_lock(descriptor: int) -> bool | None:
    """Lock a file without waiting.

    Returns
    -------
    bool or None
        Whether it is ours now; None where the system, or the disk, has no such locks.
    """
    try:
        _lock(descriptor)
    except ImportError:
        return None
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        windows: Any = msvcrt  # as the types of another system have it, it is empty
        windows.locking(descriptor, windows.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
