"""One damaged file against the program, in a process of its own with bounds on what it may take."""

import contextlib
import json
import multiprocessing
import random
import re
import resource
import signal
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from reporting.findings import HELD
from reporting.periods import Period
from reporting.plan.values import Plan
from reporting.project.params import Params, read_params
from reporting.returns.reading.read import read_returns
from reporting.returns.sheets.sendback import annotate, write_copies
from reporting.returns.values import Returns
from reporting.workbooks.book import open_book
from tools.soak.project import YEAR, random_answers, random_duties, write_project
from tools.soak.texts import HOSTILE

QUARTER = 1
MOST_SECONDS = 10
MOST_MEMORY = 300 * 2**20
_PATIENCE = 60
"""Seconds after which a process is ended that neither answers nor takes up its time."""
_ENDED = 20
"""Seconds of work after which the system ends a process."""
_UNIT = "市科技局"


@dataclass(frozen=True)
class Office:
    """A small project that a damaged file is sent to, and the sound files that it is made from."""

    root: Path
    params: Params
    plan: Plan
    sound: tuple[bytes, ...]

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.root / self.params.status / f"Q{QUARTER}" / f"{_UNIT}.xlsx"


def make_office(root: Path, home: Path, seed: int) -> Office:
    """Write the project; the sound files are a return, and the copy of it that was sent back."""
    rng = random.Random(seed)
    answers = random_answers(rng, {name: text[:300] for name, text in HOSTILE.items()})
    duties = random_duties(rng, [_UNIT])
    plan = write_project(root, home, duties, answers, quarter=QUARTER)
    params = read_params(root, YEAR)
    first = (root / params.status / f"Q{QUARTER}" / f"{_UNIT}.xlsx").read_bytes()
    returns = read_returns(root, params, plan, QUARTER)
    findings = returns.all_findings
    copy = annotate(first, findings, Period(year=YEAR, quarter=QUARTER))
    return Office(root, params, plan, (first, copy))


@dataclass(frozen=True)
class Answer:
    """What became of a damaged file, in a word, and what went against the promises."""

    became: str
    faults: tuple[str, ...]


def try_one(office: Office, data: bytes) -> Answer:
    """Check a quarter that holds one damaged file."""
    office.path.write_bytes(data)
    ours, theirs = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_check, args=(office, theirs))
    process.start()
    theirs.close()
    answered = ours.poll(_PATIENCE)
    answer = _received(ours) if answered else None
    if not answered and process.pid is not None:
        process.kill()
    process.join()
    if answer is not None:
        return answer
    if process.exitcode == -signal.SIGXCPU or not answered:
        return Answer("gone", (f"no answer within {MOST_SECONDS} seconds",))
    return Answer("gone", (f"ended by itself with {process.exitcode}",))


def _received(ours: Connection) -> Answer | None:
    with contextlib.suppress(EOFError):
        became, faults = json.loads(ours.recv_bytes())
        return Answer(became, tuple(faults))
    return None


def _check(office: Office, answer: Connection) -> None:
    """Read, answer with copies, and report; all in the child."""
    resource.setrlimit(resource.RLIMIT_CPU, (_ENDED, _ENDED + 1))
    _forget_the_most()
    start, begun = _most(), time.process_time()
    became = "gone"
    try:
        became, found = _outcome(office)
    except BaseException as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        found = [f"a traceback: {type(error).__name__} in {Path(where.filename).name}:{where.name}"]
    if (grown := _most() - start) > MOST_MEMORY:
        found.append(f"took {grown // 2**20} MB")
    if (taken := time.process_time() - begun) > MOST_SECONDS:
        found.append(f"took {taken:.1f} seconds")
    answer.send_bytes(json.dumps([became, found]).encode())
    answer.close()


def _outcome(office: Office) -> tuple[str, list[str]]:
    """Read the quarter and write what is sent back."""
    returns = read_returns(office.root, office.params, office.plan, QUARTER)
    sent = write_copies(office.root, returns, office.root / "out")
    found = _of_findings(returns)
    if not returns.returns:
        codes = {f.code for f in returns.all_findings if f.file}
        return f"refused: {'、'.join(sorted(codes))}", found
    copies = [open_book(copy.path.read_bytes()) for copy in sent]
    alone = any(len(copy.sheets) == 1 for copy in copies)
    return ("read, answered by the summary alone" if alone else "read"), found


def _of_findings(returns: Returns) -> list[str]:
    """See that a file is read, or refused with one finding that somebody foresaw."""
    own = [f for f in returns.all_findings if f.file]
    found = [f"caught unforeseen: {f.found}" for f in own if f.found.startswith("读取中出错")]
    told = [f.code for f in own if f.severity in HELD]
    if not returns.returns and len(own) != 1:
        found.append(f"refused with {len(own)} findings: {sorted(set(told))[:4]}")
    return found


def _most() -> int:
    """Return the most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10
    match = re.search(r"VmHWM:\s*(\d+)", status.read_text(encoding="ascii"))
    return int(match[1]) << 10 if match else 0


def _forget_the_most() -> None:
    """Let the most count from now: what the parent took is no matter of the file's."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
