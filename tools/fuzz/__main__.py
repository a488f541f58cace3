"""Damage packages for a time and check that each is answered within bounds; exit 1 when not."""

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from reporting.project.roots import find_root
from reporting.system.scratch import scratch_folder
from tools.fuzz.damage import damaged
from tools.fuzz.trial import make_office, try_one


@dataclass
class Account:
    """How many files were tried, what became of them, and what broke, each with its number."""

    tried: int = 0
    became: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def fuzz(home: Path, *, seconds: float, seed: int, first: int = 0, count: int = 10**9) -> Account:
    """Try one damaged file after another; the number of a file and the seed make it again."""
    account = Account()
    end = time.monotonic() + seconds
    with scratch_folder() as folder:
        office = make_office(folder / "office", home, seed)
        for number in range(first, first + count):
            if time.monotonic() > end:
                break
            rng = random.Random(f"{seed}/{number}")
            name, data = damaged(rng.choice(office.sound), rng)
            answer = try_one(office, data)
            account.tried += 1
            account.became[answer.became] += 1
            account.broken += [f"file {number}, {name}: {fault}" for fault in answer.faults]
    return account


def main(
    minutes: Annotated[float, typer.Option(help="For how long.")] = 10,
    seed: Annotated[int, typer.Option(help="Which row of chances.")] = 1,
    first: Annotated[int, typer.Option(help="The number of the first file.")] = 0,
    count: Annotated[int, typer.Option(help="How many files at most.")] = 10**9,
) -> None:
    """Damage packages for a time, then say what became of them and what broke."""
    home = find_root(Path(__file__))
    account = fuzz(home, seconds=60 * minutes, seed=seed, first=first, count=count)
    print(f"seed {seed}: {account.tried} damaged files")
    for became, tried in account.became.most_common():
        print(f"{tried:6} {became}")
    for fault in account.broken:
        print(f"broken: {fault}")
    print(f"{len(account.broken)} broken")
    sys.exit(1 if account.broken else 0)


if __name__ == "__main__":
    typer.run(main)
