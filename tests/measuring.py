"""Memory of a piece of code, in a process of its own: what ran before it can not hide it."""

import subprocess
import sys
from pathlib import Path

import pytest

_GROWTH = """
import re
from pathlib import Path
def most():
    return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) << 10
{before}
start = most()
{work}
print(most() - start)
"""


def growth(before: str, work: str) -> int:
    """Give the bytes by which the most memory of a process grows while it does some work."""
    if not Path("/proc/self/status").is_file():
        pytest.skip("the system does not tell the most memory of a process")
    code = _GROWTH.format(before=before, work=work)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return int(done.stdout.splitlines()[-1])
