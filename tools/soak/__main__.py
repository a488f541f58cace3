"""Try random faults on random small projects for a time; exit 1 when something broke."""

import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from reporting.project.roots import find_root
from tools.soak.faults import FAULTS, Fault
from tools.soak.trial import Trial

FAULTS_A_PROJECT = 5


@dataclass
class Account:
    """What was tried, how often, and what broke."""

    tried: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def soak(home: Path, *, seconds: float, seed: int, account: Account) -> None:
    """Build one project after another and let several faults befall each, until time is up."""
    end = time.monotonic() + seconds
    order = random.Random(seed)
    bag: list[Fault] = []
    number = 0
    while time.monotonic() < end:
        number += 1
        with tempfile.TemporaryDirectory(prefix="soak-", ignore_cleanup_errors=True) as name:
            trial = Trial(Path(name).resolve() / "trial", random.Random(f"{seed}/{number}"))
            trial.build(home)
            if not _first(trial, account, f"project {number}"):
                continue
            for _ in range(FAULTS_A_PROJECT):
                if time.monotonic() > end:
                    return
                # Every fault once before any comes again.
                bag = bag or order.sample(FAULTS, len(FAULTS))
                befall(trial, bag.pop(), account, f"project {number}")


def _first(trial: Trial, account: Account, place: str) -> bool:
    code, said = trial.run()
    trial.reference = trial.artifacts()
    account.tried["a project is published"] += 1
    _note(account, place, "a project is published", _complaints(code, said, frozenset({0}), trial))
    return code == 0


def befall(trial: Trial, fault: Fault, account: Account, place: str) -> None:
    """Let one fault happen, check what must hold, mend it, and check that all is as before."""
    code, said = fault.run(trial)
    found = _complaints(code, said, fault.codes, trial)
    if fault.whole:
        found += trial.mixed()
    if fault.same:
        found += _differences(trial)
    if fault.between:
        found += trial.torn()
    trial.mend()
    code, said = trial.run()
    found += [f"after mending: {fault}" for fault in _complaints(code, said, frozenset({0}), trial)]
    found += [f"after mending: {fault}" for fault in _differences(trial)]
    found += [f"after mending: {fault}" for fault in trial.unswept()]
    account.tried[fault.name] += 1
    _note(account, place, fault.name, found)
    if found:
        shutil.rmtree(trial.office / ".reporting", ignore_errors=True)
        trial.run()


def _complaints(code: int, said: str, codes: frozenset[int], trial: Trial) -> list[str]:
    found = [f"exit code {code}: {said[-600:]}"] if code not in codes else []
    if "Traceback" in said:
        found.append(f"a traceback: {said[-600:]}")
    return found + trial.faults()


def _differences(trial: Trial) -> list[str]:
    now, then = trial.artifacts(), trial.reference
    names = sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))
    return [f"not the bytes of the first run: {names[:4]}"] if names else []


def _note(account: Account, place: str, what: str, found: list[str]) -> None:
    account.broken += [f"{place}, {what}: {fault}" for fault in found]
    print(f"{'BROKEN' if found else 'held  '} {place}: {what}", flush=True)


def main(
    seconds: Annotated[float, typer.Option(help="For how long.")] = 60,
    seed: Annotated[int, typer.Option(help="Which row of chances.")] = 1,
) -> None:
    """Try faults for a time, then say what was tried and what broke."""
    account = Account()
    soak(find_root(Path(__file__)), seconds=seconds, seed=seed, account=account)
    print(f"\nseed {seed}: {sum(account.tried.values())} trials")
    for name, count in sorted(account.tried.items()):
        print(f"{count:5} {name}")
    for fault in account.broken:
        print(f"broken: {fault}")
    print(f"{len(account.broken)} broken")
    sys.exit(1 if account.broken else 0)


if __name__ == "__main__":
    typer.run(main)
