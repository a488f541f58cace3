"""Work that is shared out among the cores: in a process of its own, as a fork wants one thread."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from real import ROOT

from reporting.system.processes import can_fork, on_all_cores

pytestmark = pytest.mark.skipif(not can_fork(), reason="this system's processes are not forked")

HEAD = """
import os, sys, time
from pathlib import Path
from reporting.system import processes
from reporting.system.processes import on_all_cores
processes.cores = lambda: 3
own = os.getpid()
"""


def run(script: str, *arguments: object) -> str:
    """Run a script in a process of its own; gives what it says."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD + script, *map(str, arguments)],
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.strip()


def test_results_come_in_the_order_of_the_items() -> None:
    """Whoever is done first; the children know what the parent does, and none of it is pickled."""
    said = run("""
slow = {0, 5}
def work(n):
    if n in slow:
        sum(range(10**6))
    return n * n, os.getpid()
found = on_all_cores(work, range(40), least=2)
print([square for square, _ in found] == [n * n for n in range(40)])
print(own not in {pid for _, pid in found})
""")
    assert said.split() == ["True", "True"]


def test_few_are_done_here() -> None:
    """Below what is worth their start no process is started."""
    said = run("print(set(on_all_cores(lambda n: os.getpid() == own, range(5), least=6)))")
    assert said == "{True}"


def test_beside_a_thread_all_is_done_here() -> None:
    """A lock that the thread holds would never be opened in a child."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert set(on_all_cores(lambda _: os.getpid(), range(50), least=2)) == {os.getpid()}
    finally:
        end.set()
        thread.join()


def test_what_a_lost_child_was_to_do_is_done_here() -> None:
    """A child that is killed, as for want of memory, costs time and nothing else."""
    said = run("""
def work(n):
    if n == 7 and os.getpid() != own:
        os.kill(os.getpid(), 9)
    return n
print(on_all_cores(work, range(20), least=2) == list(range(20)))
""")
    assert said == "True"


def test_fault_of_one_item_is_raised_here() -> None:
    """The caller sees the fault that the function raised."""
    said = run("""
try:
    on_all_cores(lambda n: 1 // (n - 9), range(20), least=2)
except ZeroDivisionError as error:
    print(error)
""")
    assert said == "integer division or modulo by zero"


def test_children_end_with_their_parent(tmp_path: Path) -> None:
    """However it ends: a killed parent leaves nobody behind."""
    said = run(
        """
import signal, subprocess
def work(n):
    Path(sys.argv[1], str(os.getpid())).touch()
    if n == 0:
        os.kill(os.getppid(), signal.SIGKILL)
    time.sleep(60)
child = os.fork()
if child == 0:
    on_all_cores(work, range(6), least=2)
os.waitpid(child, 0)
end = time.monotonic() + 30
left = [int(path.name) for path in Path(sys.argv[1]).iterdir()]
while left and time.monotonic() < end:
    left = [pid for pid in left if Path(f"/proc/{pid}/stat").exists()
            and Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"]
print(left)
""",
        tmp_path,
    )
    assert said == "[]"


def test_returns_read_on_all_cores_are_those_read_on_one() -> None:
    """Every value, in the same order, findings included; and remembered the same."""
    said = run(
        """
from reporting.plan.read import read_plan
from reporting.project.params import read_params
from reporting.returns.reading.read import read_returns
from reporting.returns.reading.remembered import FileMemory
root = Path(sys.argv[1])
params = read_params(root, 2023)
plan = read_plan(root, params)
found = []
for count in (1, 3):
    processes.cores = lambda: count
    memory = FileMemory()
    found.append((read_returns(root, params, plan, 1, memory=memory), memory.results))
print(found[0] == found[1], len(found[0][1].by_key) > 50)
""",
        ROOT,
    )
    assert said.split() == ["True", "True"]
