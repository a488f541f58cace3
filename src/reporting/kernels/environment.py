"""The environment of a kernel that publishes: nothing of the caller's shows in what it makes."""

import os

_INHERITED = (
    "PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV",
    # Without these Windows loads no libraries and starts no programs.
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT",
)  # fmt: skip
FIXED = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    # China's time, in the form that needs no time zone database.
    "TZ": "CST-8",
    "COLUMNS": "80",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONNOUSERSITE": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "SOURCE_DATE_EPOCH": "0",
    # One core a notebook: others run beside it, and sums do not depend on their number.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""What is the same for every notebook that publishes, and may be known to it."""


def kernel_environment() -> dict[str, str]:
    """Give the environment of a kernel: the same whoever asks, in any place, at any time."""
    env = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    return {**env, **FIXED}
