"""Let releases be raced many times; exit 1 when an edition contradicts itself."""

import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from reporting.project.editions import edition_folder, frozen_numbers, quarter_folder
from reporting.project.roots import find_root
from reporting.release.integrity import check_edition
from reporting.release.prove import Verdict, prove
from reporting.release.record import RECORD
from reporting.release.remake import remaker
from reporting.system.digests import digest
from tools.race.office import PERIOD, Office, finish

PROVED = 5
"""Of the editions of a race, how many are made again at its end; each was before it was sealed."""


@dataclass
class Account:
    """What came of each try, and what broke."""

    ended: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    longest: float = 5


def race(office: Office, rng: random.Random, number: int, account: Account) -> None:
    """Publish, then release while the return changes and another report starts.

    Either may come at any moment of the release; the return may change twice.
    """
    office.send(f"{number}")
    code, said = finish(office.report())
    expect(code == 0, f"try {number}: a report that nothing raced: {said[-600:]}", account)
    before = frozen_numbers(office.root, PERIOD)
    start = time.monotonic()
    release = office.release()
    # More of them early, while it collects what it freezes.
    moments = sorted(rng.random() ** 2 * account.longest for _ in range(rng.randint(1, 3)))
    rivals = []
    for turn, moment in enumerate(moments):
        time.sleep(max(0, start + moment - time.monotonic()))
        if rng.random() < 0.7:
            office.send(f"{number}乙{turn}")
        if rng.random() < 0.7:
            rivals.append(office.report())
    code, said = finish(release)
    account.longest = max(2, min(60, time.monotonic() - start))
    told = [(code, said), *map(finish, rivals)]
    for one, words in told:
        plain = one in (0, 1, 2, 3) and "Traceback" not in words
        expect(plain, f"try {number}: exit code {one}: {words[-600:]}", account)
    made = frozen_numbers(office.root, PERIOD)[len(before) :]
    expect(len(made) == (code == 0), f"try {number}: {made} of exit code {code}", account)
    account.ended["released" if made else _why(said)] += 1
    for fault in contradictions(office.root, made):
        expect(False, f"try {number}: {fault}", account)


def _why(said: str) -> str:
    """Give the words by which a release was refused, without what they name."""
    lines = [line for line in said.splitlines() if line]
    return lines[-1].partition("：")[2] if lines else "nothing said"


def contradictions(root: Path, numbers: tuple[int, ...]) -> list[str]:
    """Name what in an edition is at odds with the rest of it, and what was left behind."""
    left = [f"left behind: {path.name}" for path in quarter_folder(root, PERIOD).glob(".*")]
    for number in numbers:
        folder = edition_folder(root, PERIOD, number)
        left += [f"{number}: {f.file} {f.message}" for f in check_edition(root, PERIOD, number)]
        manifest = json.loads((folder / RECORD).read_bytes())["manifest"]
        for place, listed in (("pack", "artifacts"), ("inputs", "inputs")):
            for item in manifest[listed]:
                path = folder / place / item["path"]
                if not path.is_file() or digest(path.read_bytes()) != item["sha256"]:
                    left.append(f"{number}: {place}/{item['path']} is not the manifest's")
    return left


def expect(holds: bool, fault: str, account: Account) -> None:
    """Note what does not hold."""
    if not holds:
        account.broken.append(fault)
        print(f"BROKEN {fault}", flush=True)


def prove_some(office: Office, rng: random.Random, account: Account) -> None:
    """Make some editions again from their own inputs."""
    numbers = frozen_numbers(office.root, PERIOD)
    for number in sorted(rng.sample(numbers, min(PROVED, len(numbers)))):
        proof = prove(office.root, PERIOD, number, remaker(1))
        account.ended[f"proved: {proof.verdict}"] += 1
        identical = proof.verdict is Verdict.IDENTICAL
        told = [finding.message for finding in proof.findings]
        expect(identical, f"edition {number} is not proved: {told}", account)


def main(
    tries: Annotated[int, typer.Option(help="How many releases.")] = 100,
    seed: Annotated[int, typer.Option(help="Which row of chances.")] = 1,
) -> None:
    """Race releases, then say what came of them and what broke."""
    account, rng = Account(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="race-", ignore_cleanup_errors=True) as name:
        office = Office(Path(name).resolve() / "office")
        office.build(find_root(Path(__file__)))
        for number in range(1, tries + 1):
            race(office, rng, number, account)
            print(f"{number:4} {dict(account.ended)}", flush=True)
        prove_some(office, rng, account)
    print(f"\nseed {seed}: {tries} tries")
    for words, count in account.ended.most_common():
        print(f"{count:5} {words}")
    print(f"{len(account.broken)} broken")
    sys.exit(1 if account.broken else 0)


if __name__ == "__main__":
    typer.run(main)
