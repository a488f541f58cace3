"""Draw changes, try them until time is up, and print those that no test noticed."""

import random
import time
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Annotated

import typer

from tools.mutants.mutate import Mutant, mutants_of, unchanged
from tools.mutants.rooms import HOME, ROOMS, Room
from tools.mutants.trial import Recording, is_noticed, record, steadied

_AROUND = 60
"""Letters shown on both sides of what differs."""


def sample(rooms: Sequence[Room], seed: int) -> Iterator[tuple[Room, Mutant]]:
    """Give every change of some rooms once, in an order that the seed decides."""
    found = [(room, mutant) for room in rooms for f in room.files for mutant in mutants_of(f)]
    random.Random(seed).shuffle(found)
    yield from found


def is_killed(mutant: Mutant, recording: Recording) -> bool:
    """Tell whether the tests of its room notice a change; what none reaches, none notices."""
    tests = recording.reaching(mutant)
    seconds = sum(recording.seconds[test] for test in tests)
    return bool(tests) and is_noticed(mutant, tests, seconds)


def describe(mutant: Mutant) -> str:
    """Name a change by its place and the two texts, with a little of what stands around it."""
    old, new = mutant.old, mutant.new
    start = max(_alike(old, new) - _AROUND, 0)
    end = max(_alike(old[::-1], new[::-1]) - _AROUND, 0)
    shown = (text[start : len(text) - end] for text in (old, new))
    place = f"{mutant.file.relative_to(HOME)}:{mutant.line}"
    return "\n    ".join([place, *shown])


def _alike(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def main(
    seconds: Annotated[float, typer.Option(help="For how long changes are tried.")] = 300,
    count: Annotated[int, typer.Option(help="How many at most; 0 for no limit.")] = 0,
    seed: Annotated[int, typer.Option(help="Which order of chances; 0 for a new one.")] = 0,
    room: Annotated[list[str] | None, typer.Option(help="Only this room.")] = None,
) -> None:
    """Try a sample of changes; the figure at the end is of those tried."""
    seed = seed or random.SystemRandom().randint(1, 999_999)
    rooms = [r for r in ROOMS if not room or r.name in room]
    print(f"seed {seed}; first the tests as they are", flush=True)
    recordings = {r.name: _recorded(r) for r in rooms}
    end, tried, survived = time.monotonic() + seconds, 0, 0
    for of, mutant in sample(rooms, seed):
        if time.monotonic() > end or (count and tried >= count):
            break
        tried += 1
        if not is_killed(mutant, recordings[of.name]):
            survived += 1
            print(describe(mutant), flush=True)
    print(f"seed {seed}: {tried - survived} of {tried} changes killed, {survived} survived")


def _recorded(room: Room) -> Recording:
    found = steadied(record(room), room.files[0])
    failing = f", left out as failing: {' '.join(found.failed)}" if found.failed else ""
    print(f"{room.name}: {len(found.lines)} tests{failing}", flush=True)
    if is_killed(unchanged(room.files[0]), found):
        raise SystemExit(f"{room.name}: tests fail in a process where nothing is changed")
    return found


if __name__ == "__main__":
    typer.run(main)
