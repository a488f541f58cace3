"""Rounds in which every way takes its turn, and what they come to."""

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from reporting.values import Value
from tools.bench.cases import Cases, copy_project, find_cases, sample
from tools.bench.measure import Cost
from tools.bench.project import make_units
from tools.bench.watched import watched
from tools.bench.ways import Ours, Workspace, chain, floor, loop, yardstick

COLD, CORRECTED, UNCHANGED, FLOOR = "ours, cold", "ours, one sheet", "ours, unchanged", "floor"
LOOP, CHAIN, CHECK, YARDSTICK = "loop", "chain", "check", "yardstick"
CHECK_COLD, CHECK_AGAIN = "check, cold", "check, unchanged"
PLAN_COLD, PLAN_AGAIN = "plan, cold", "plan, unchanged"
FIRST, PAGE, TOUCHED = "watch, first page", "watch, unit page", "watch, all"
PROJECT_QUARTER = 1


class Sizes(Value):
    """How much is measured.

    Attributes
    ----------
    rounds : int
        How often each way has its turn.
    chain, loop : int
        Reports that the two slow ways make, for all; 0 leaves a way out.
    units : tuple of int
        Numbers of units of the generated projects; empty for none.
    formats : tuple of str
        What is rendered; empty for what the parameters say.
    yardstick : str
        The commit whose floor is measured besides; empty for none.
    """

    rounds: int = 3
    chain: int = 3
    loop: int = 8
    units: tuple[int, ...] = (55, 550)
    formats: tuple[str, ...] = ("html", "pdf")
    yardstick: str = ""


FULL = Sizes()
QUICK = Sizes(rounds=1, chain=1, loop=3, units=(6, 60))


class Result(Value):
    """What was measured: costs by way, a round each, and by number of units.

    ``made`` tells how many reports a way really made; its costs are those of all.
    """

    reports: int
    sizes: Sizes
    costs: dict[str, tuple[Cost, ...]]
    made: dict[str, int]
    growth: dict[int, Cost]

    def median(self, way: str, of: Callable[[Cost], float]) -> float:
        """Give the median of the rounds."""
        return statistics.median(map(of, self.costs[way]))

    def seconds(self, way: str) -> float:
        """Give the median time by the clock."""
        return self.median(way, lambda cost: cost.seconds)

    def peak_bytes(self, way: str) -> int:
        """Give the highest memory of all rounds."""
        return max(cost.peak_bytes for cost in self.costs[way])


def bench(
    home: Path, sizes: Sizes, *, year: int, quarter: int, tell: Callable[[str], None]
) -> Result:
    """Measure a project, in a folder for temporary files only.

    Parameters
    ----------
    tell : callable
        Is told what is being measured.
    """
    with _folder() as folder:
        workspace = Workspace(folder / "workspace")
        tell("reading table and returns")
        root = copy_project(home, folder / "office")
        cases = find_cases(root, folder / "cases", year=year, quarter=quarter,
                           formats=sizes.formats)  # fmt: skip
        workspace.warm()
        costs: dict[str, list[Cost]] = {}
        for number in range(1, sizes.rounds + 1):
            for way, cost in _round(workspace, cases, sizes, number):
                tell(f"round {number}: {way} {cost.seconds:.1f} s")
                costs.setdefault(way, []).append(cost)
        growth = dict(_grow(home, workspace, sizes, year, tell))
        reports = len(cases.cases)
        made = dict.fromkeys(costs, reports)
        made |= {CHAIN: min(sizes.chain, reports), LOOP: min(sizes.loop, reports)}
        return Result(
            reports=reports,
            sizes=sizes,
            costs={way: tuple(found) for way, found in costs.items()},
            made=made,
            growth=growth,
        )


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _round(
    workspace: Workspace, cases: Cases, sizes: Sizes, number: int
) -> Iterator[tuple[str, Cost]]:
    """Let every way have its turn."""
    reports = len(cases.cases)
    ours = Ours(workspace, cases)
    yield COLD, ours.cold()
    yield UNCHANGED, ours.unchanged()
    yield CORRECTED, ours.corrected()
    yield CHECK, ours.check()
    yield CHECK_COLD, ours.check_cold()
    yield CHECK_AGAIN, ours.check_unchanged()
    yield PLAN_COLD, ours.plan_cold()
    yield PLAN_AGAIN, ours.plan_unchanged()
    seen = watched(workspace, cases, number)
    yield FIRST, seen["first"]
    yield PAGE, seen["page"]
    yield TOUCHED, seen["all"]
    if sizes.chain:
        few = sample(cases, sizes.chain)
        yield CHAIN, scaled(chain(workspace, few), None, reports / len(few.cases))
    if sizes.loop:
        few = sample(cases, sizes.loop)
        cost, growing = loop(workspace, few)
        yield LOOP, scaled(cost, growing, reports / len(few.cases))
    yield FLOOR, floor(workspace, cases)
    if sizes.yardstick:
        yield YARDSTICK, yardstick(workspace, cases, sizes.yardstick)


def scaled(cost: Cost, growing: float | None, times: float) -> Cost:
    """Reckon up from a few reports to all; only the growing seconds grow, or all of them."""
    grown = cost.seconds if growing is None else growing
    seconds = cost.seconds - grown + grown * times
    factor = seconds / cost.seconds if cost.seconds else times
    return Cost(seconds=seconds, cpu_seconds=cost.cpu_seconds * factor, peak_bytes=cost.peak_bytes)


def _grow(
    home: Path, workspace: Workspace, sizes: Sizes, year: int, tell: Callable[[str], None]
) -> Iterable[tuple[int, Cost]]:
    """Make generated projects of several sizes, pages only."""
    for count in sizes.units:
        root = workspace.folder / f"project-{count}"
        make_units(root, home, count)
        folder = workspace.folder / f"cases-{count}"
        cases = find_cases(root, folder, year=year, quarter=PROJECT_QUARTER, formats=("html",))
        cost = Ours(workspace, cases).cold()
        tell(f"{count} units: {cost.seconds:.1f} s")
        yield count, cost
        shutil.rmtree(root)
