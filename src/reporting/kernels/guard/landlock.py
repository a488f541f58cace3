"""The system's own lock on files (Linux 5.13 and later): what no audit event tells of.

Compiled libraries open files by themselves, and so do the programs that are started: neither
goes through Python. The lock is wider than `reporting.kernels.guard.watch`, which names what
was refused; it holds for this process and all that it starts.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable

from reporting.kernels.guard.places import Places

NO_LOCK = "系统不支持锁定文件，笔记本用编译的程序库直接读取的文件无法核对。"

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION, _PATH_BENEATH, _NO_NEW_PRIVILEGES = 1, 1, 38
_EXECUTE, _READ_FILE, _READ_FOLDER = 1 << 0, 1 << 2, 1 << 3
_READ = _EXECUTE | _READ_FILE | _READ_FOLDER
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
"""Kinds of access that each version of the lock knows; later ones add none to files."""
_OF_FILES = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14
_SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/proc", "/sys")
_DEVICES = "/dev"


def lock_version() -> int:
    """Give the version of the lock; 0 where there is none."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, int(ctypes.CDLL(None).syscall(_CREATE, None, 0, _VERSION)))


def lock_files(places: Places) -> bool:
    """Keep everything but a kernel's places out of reach; tells whether the system could.

    It holds for the thread that asks and those it starts, so there must be no others yet.
    """
    version = lock_version()
    if not version:
        return False
    libc = ctypes.CDLL(None)
    everything = _KNOWN[min(version, max(_KNOWN))]
    attributes = struct.pack("Q", everything)
    ruleset = int(libc.syscall(_CREATE, attributes, len(attributes), 0))
    if ruleset < 0:
        return False
    try:
        _allow(libc, ruleset, places.own, everything)
        _allow(libc, ruleset, [_DEVICES], everything)
        _allow(libc, ruleset, [*places.environment, *_SYSTEM], _READ)
        _allow(libc, ruleset, places.searched, _READ_FOLDER)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return int(libc.syscall(_RESTRICT, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, paths: Iterable[str], access: int) -> None:
    for path in paths:
        try:
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:  # not every system has every folder
            continue
        try:
            allowed = access if os.path.isdir(path) else access & _OF_FILES  # noqa: PTH112
            rule = struct.pack("=Qi", allowed, opened)
            libc.syscall(_ADD, ruleset, _PATH_BENEATH, rule, 0)
        finally:
            os.close(opened)
