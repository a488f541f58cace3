"""The tables that a bench prints."""

from collections.abc import Callable, Iterator

from rich.table import Table

from reporting.values import Value
from tools.bench.bench import (
    CHAIN,
    CHECK,
    CHECK_AGAIN,
    CHECK_COLD,
    COLD,
    CORRECTED,
    FIRST,
    FLOOR,
    LOOP,
    PAGE,
    PLAN_AGAIN,
    PLAN_COLD,
    TOUCHED,
    UNCHANGED,
    YARDSTICK,
    Result,
)
from tools.bench.ways import pdf_tool

MEGABYTE = 1 << 20
_AGAIN = {CHECK_AGAIN: CHECK_COLD, PLAN_AGAIN: PLAN_COLD}
"""Ways with nothing to do, and the same with nothing kept."""
_NOT_ALL = (CORRECTED, UNCHANGED, CHECK, FIRST, PAGE, TOUCHED, *_AGAIN, *_AGAIN.values())
_WORDS = {
    CHAIN: "chain: papermill, nbconvert, {pdf}, typed per report",
    LOOP: "loop: the same libraries, ordinary kernels",
    COLD: "ours, cold (nothing kept)",
    CORRECTED: "ours, one sheet corrected",
    UNCHANGED: "ours, unchanged",
    FIRST: "watch, nothing kept: the first report ready",
    PAGE: "watch, one sheet saved: its unit's page ready",
    TOUCHED: "watch, one sheet saved: all that it touches ready",
    CHECK: "returns of all quarters read and checked",
    CHECK_COLD: "reporting check, nothing kept",
    CHECK_AGAIN: "reporting check, unchanged",
    PLAN_COLD: "reporting plan, nothing kept",
    PLAN_AGAIN: "reporting plan, unchanged",
    FLOOR: "floor: the cells in one warm process, rendering",
    YARDSTICK: "the floor as it was, the same content",
}


class Promise(Value):
    """What is to hold, what was found, and whether it holds."""

    words: str
    found: str
    holds: bool


def ways_table(result: Result) -> Table:
    """Show what each way takes for all reports; medians of the rounds."""
    title = f"{result.reports} reports, {', '.join(result.sizes.formats)}; medians of rounds: "
    table = Table(title=f"{title}{result.sizes.rounds}", title_justify="left")
    table.add_column("way")
    for name in ("made", "seconds", "processor s", "x cold", "peak MB"):
        table.add_column(name, justify="right")
    cold = result.seconds(COLD)
    for way in (name for name in _WORDS if name in result.costs):
        made = result.made[way]
        mark = "" if made == result.reports else " (scaled)"
        table.add_row(
            _WORDS[way].format(pdf=pdf_tool()),
            "" if way in _NOT_ALL else f"{made}{mark}",
            f"{result.seconds(way):.1f}",
            f"{result.median(way, lambda cost: cost.cpu_seconds):.1f}",
            f"{result.seconds(way) / cold:.3g}",
            f"{result.peak_bytes(way) / MEGABYTE:.0f}",
        )
    return table


def growth_table(result: Result) -> Table:
    """Show what a run takes by number of units."""
    table = Table(title="generated projects, html only, cold, one run each", title_justify="left")
    for name in ("units", "seconds", "processor s", "peak MB"):
        table.add_column(name, justify="right")
    for units, cost in result.growth.items():
        table.add_row(
            str(units),
            f"{cost.seconds:.1f}",
            f"{cost.cpu_seconds:.1f}",
            f"{cost.peak_bytes / MEGABYTE:.0f}",
        )
    return table


def promises(result: Result) -> Iterator[Promise]:
    """Hold what was measured against what is promised."""
    cold = result.seconds(COLD)

    def against(way: str, words: str, found: float, holds: Callable[[float], bool]) -> Promise:
        return Promise(words=words, found=f"{found:.3g}", holds=holds(found))

    if CHAIN in result.costs:
        yield against(CHAIN, "chain / cold at least 32", result.seconds(CHAIN) / cold,
                      lambda x: x >= 32)  # fmt: skip
    if LOOP in result.costs:
        yield against(LOOP, "loop / cold at least 9", result.seconds(LOOP) / cold,
                      lambda x: x >= 9)  # fmt: skip
    yield against(FLOOR, "cold / floor at most 2", cold / result.seconds(FLOOR), lambda x: x <= 2)
    if YARDSTICK in result.costs:
        yield against(YARDSTICK, "cold / the floor as it was at most 0.8",
                      cold / result.seconds(YARDSTICK), lambda x: x <= 0.8)  # fmt: skip
    share = result.seconds(CORRECTED) / cold
    yield against(CORRECTED, "one sheet / cold at most 0.12", share, lambda x: x <= 0.12)
    for way, words, most in ((PAGE, "its page", 0.03), (TOUCHED, "all it touches", 0.08)):
        if way in result.costs:
            share = result.seconds(way) / cold
            said = f"watch, one sheet: {words} / cold at most {most}"
            yield Promise(words=said, found=f"{share:.3g}", holds=share <= most)
    yield against(UNCHANGED, "unchanged under 1.5 s", result.seconds(UNCHANGED), lambda x: x < 1.5)
    if CHECK in result.costs:
        megabytes = result.peak_bytes(CHECK) / MEGABYTE
        yield against(CHECK, "returns checked under 5 s", result.seconds(CHECK), lambda x: x < 5)
        yield against(CHECK, "returns checked under 300 MB", megabytes, lambda x: x < 300)
    yield from _promises_of_again(result)
    yield from _promises_of_growth(result)


_MOST = {CHECK_AGAIN: 0.1, PLAN_AGAIN: 0.4}
"""The share of the same with nothing kept; of a plan, starting Python is the most of it."""


def _promises_of_again(result: Result) -> Iterator[Promise]:
    """Hold what has nothing to do against the same with nothing kept, of the same run."""
    for way, cold in _AGAIN.items():
        if way in result.costs:
            seconds = result.seconds(way)
            share = seconds / result.seconds(cold)
            words = f"{way} / {cold} at most {_MOST[way]}"
            yield Promise(
                words=words, found=f"{share:.3g} ({seconds:.2f} s)", holds=share <= _MOST[way]
            )


def _promises_of_growth(result: Result) -> Iterator[Promise]:
    peaks = [result.peak_bytes(COLD), *(cost.peak_bytes for cost in result.growth.values())]
    most = max(peaks) / MEGABYTE
    yield Promise(words="peak memory under 1536 MB", found=f"{most:.0f}", holds=most < 1536)
    if len(result.growth) < 2:
        return
    few, many = min(result.growth), max(result.growth)
    times = result.growth[many].seconds / result.growth[few].seconds
    most_times = 1.1 * many / few
    yield Promise(
        words=f"{many} units / {few} units at most {most_times:.3g}",
        found=f"{times:.3g}",
        holds=times <= most_times,
    )


def promises_table(result: Result) -> Table:
    """Show which promises hold."""
    table = Table(title="promises", title_justify="left")
    for name in ("promise", "found", "holds"):
        table.add_column(name)
    for promise in promises(result):
        table.add_row(promise.words, promise.found, "yes" if promise.holds else "NO")
    return table
