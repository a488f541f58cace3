"""What a notebook's process may use: memory, disk, network, and how long it lives.

A process is asked by variables of its environment, so that a kernel that was forked and one
that was started anew obey alike.
"""

import contextlib
import ctypes
import os
import signal
import socket
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path

SCRATCH = "REPORTING_KERNEL_SCRATCH"
"""Folder that takes the place of the home folder and of all caches."""

MEMORY = "REPORTING_KERNEL_MEMORY"
"""Bytes of memory of its own that a kernel may have."""

OUTPUT = "REPORTING_KERNEL_OUTPUT"
"""Bytes that a kernel may print."""

OFFLINE = "REPORTING_KERNEL_OFFLINE"
"""Not empty: cut the network off, where the system can."""

CUT_OFF = "笔记本执行时网络已断开。"
UNBOUND = "系统不支持限定内存，笔记本占用的内存没有上限。"

_HOMES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "IPYTHONDIR",
    "MPLCONFIGDIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
)
_NOT_HERE = f"{sys.platform} 系统没有这项功能"
_FILE_BYTES = 1 << 30
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1


def settle(scratch: Path) -> None:
    """Point everything that libraries write unasked into a folder."""
    usual = font_lists()
    for name in ("home", "tmp"):
        (scratch / name).mkdir(mode=0o700, exist_ok=True)
    for variable in ("TMPDIR", "TEMP", "TMP"):
        os.environ[variable] = str(scratch / "tmp")
    for variable in _HOMES:
        os.environ[variable] = str(scratch / "home")
    # To look through the fonts of the system takes as long as a report, and finds the same ones.
    if "matplotlib.font_manager" not in sys.modules:
        _copy_font_lists(usual, scratch / "home")


@cache
def font_lists() -> Path | None:
    """Give the folder where matplotlib lists the fonts of the system for whoever is logged in."""
    try:
        home = Path.home()
    except RuntimeError:  # somebody without a home
        return None
    return home / (".cache/matplotlib" if _is_linux() else ".matplotlib")


def keep_font_lists(scratch: Path) -> None:
    """Leave the lists that were made in a folder where the next process finds them."""
    usual = font_lists()
    if usual is not None and not any(usual.glob("fontlist-*.json")):
        _copy_font_lists(scratch / "home", usual)


def _copy_font_lists(source: Path | None, target: Path) -> None:
    if source is None:
        return
    # Not above: this file is also run by itself, where there is nothing but Python.
    from reporting.system.files import write_whole

    # Without them, or where nothing may be written, they are made anew.
    with contextlib.suppress(OSError):
        for path in source.glob("fontlist-*.json"):
            write_whole(target / path.name, path.read_bytes())


def confine() -> None:
    """Make this process obey its environment; call it before it has threads."""
    if not (scratch := os.environ.get(SCRATCH)):
        return
    settle(Path(scratch))
    _limit()
    if os.environ.get(OFFLINE):
        cut_network()
    die_with_parent()


def _limit() -> None:
    if not bounds_memory():
        return
    import resource

    wanted = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: _FILE_BYTES}
    if memory := os.environ.get(MEMORY):
        # Not the address space, of which threads and libraries reserve far more than they use.
        wanted[resource.RLIMIT_DATA] = int(memory)
    for kind, most in wanted.items():
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (bound, bound))


def bounds_memory() -> bool:
    """Tell whether the system holds a process to an amount of memory when it is asked to."""
    try:
        import resource  # noqa: F401
    except ImportError:
        return False
    return True


def die_with_parent() -> None:
    """Have the system kill this process when the thread that started it ends (Linux)."""
    if _is_linux():
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def cut_network() -> str:
    """Move this process into a network of its own, with nobody else in it (Linux).

    Returns
    -------
    str
        Empty, or why the system did not allow it.
    """
    if not _is_linux():
        return _NOT_HERE
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET):
        if libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET):
            return os.strerror(ctypes.get_errno())
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    with contextlib.suppress(OSError):
        _raise_loopback()
    return ""


def _raise_loopback() -> None:
    # Libraries talk to themselves over 127.0.0.1, which a new network has switched off.
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sH14x", b"lo", 0)
        answer = fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request)
        (flags,) = struct.unpack_from("H", answer, 16)
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))


@cache
def network_state() -> str:
    """Say whether notebooks run without network on this computer, and if not, why."""
    reason = _try_to_cut() if _is_linux() else _NOT_HERE
    if reason:
        return f"系统不允许断开网络（{reason}），笔记本执行时能够访问网络。"
    return CUT_OFF


def _try_to_cut() -> str:
    # This file needs nothing but Python itself, which starts sooner without all the rest.
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", __file__],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout.strip() if done.returncode == 0 else "试验没有成功"


def _is_linux() -> bool:
    return sys.platform.startswith("linux")


if __name__ == "__main__":
    print(cut_network())
