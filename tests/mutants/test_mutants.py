"""Small changes of a source, the tests they are held to, and whether a change is noticed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.mutants.__main__ import describe, sample
from tools.mutants.mutate import Mutant, mutants_of, unchanged
from tools.mutants.rooms import HOME, ROOMS
from tools.mutants.trial import Recording, is_noticed

GAPS = HOME / "src/reporting/plan/figures/gaps.py"


def changes(tmp_path: Path, source: str) -> set[str]:
    """Give the texts that the changed expressions of a source become."""
    file = tmp_path / "rule.py"
    file.write_text(source, encoding="utf-8")
    found = list(mutants_of(file))
    for mutant in found:
        compile(mutant.source, "rule.py", "exec")
        assert mutant.source.count("\n") == source.count("\n")
    return {mutant.new for mutant in found}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = a > b", {"a >= b", "a <= b"}),
        ("x = a < b <= c", {"a <= b <= c", "a >= b <= c", "a < b < c", "a < b > c"}),
        ("x = a == b", {"a != b"}),
        ("x = a and b", {"a", "b"}),
        ("x = a or b or c", {"b or c", "a or c", "a or b"}),
        ("x = not a", {"a"}),
        ("x = a in b", {"a not in b"}),
        ("x = a + b", {"a - b"}),
        ("x = a * 3", {"a / 3", "4"}),
        ("x = True", {"False"}),
        ("x = a if b else c", {"c if b else a"}),
        ("x = [a for a in b if c if d]", {"[a for a in b if c]", "[a for a in b if d]"}),
        ("x = escape(a)", {"a"}),
        ("x = html.escape(a)", {"a"}),
        ("x = a.strip()", {"a"}),
        ("x = any(a)", {"all(a)"}),
        ("x = max(a)", {"min(a)"}),
        ("x = {'a': b, 'c': d}", {"{'a': b}", "{'c': d}"}),
        ("x = (A.b, A.c)", {"(A.b,)", "(A.c,)"}),
        ("x = Decimal('0.9')", {"Decimal('0.9') * 2"}),
    ],
)
def test_every_kind_of_change(source: str, expected: set[str], tmp_path: Path) -> None:
    """One thing at a time, and the lines below keep their numbers."""
    assert changes(tmp_path, f"{source}\n") == expected


@pytest.mark.parametrize(
    "source",
    [
        "x: A | B", "def f(a: A | B) -> C[D, E]: ...", "x = f'{a > b}'", "assert a > b",
        "raise E(a + b)", "x = 'a' + b", "x = len(a)", "a, b = c", "X = A | B", "x = Value(a)",
    ],
)  # fmt: skip
def test_what_decides_nothing_is_left_alone(source: str, tmp_path: Path) -> None:
    """Types, messages and assertions, and calls whose argument is no answer."""
    assert changes(tmp_path, f"{source}\n") == set()


def test_change_over_several_lines_stands_where_it_was(tmp_path: Path) -> None:
    """Letters of several bytes before it, too."""
    file = tmp_path / "rule.py"
    file.write_text('def f():\n    return "甲乙", (a\n        > b)\n\nc = 1\n', encoding="utf-8")
    first = next(mutant for mutant in mutants_of(file) if mutant.new == "a >= b")
    assert (first.line, first.last_line, first.in_function) == (2, 3, True)
    assert first.source.splitlines()[1].startswith('    return "甲乙", ((a >= b')
    assert first.source.splitlines()[4] == "c = 1"
    assert [m.in_function for m in mutants_of(file) if m.new == "2"] == [False]


def test_sample_is_drawn_by_its_seed() -> None:
    """The same seed, the same order; every change once."""
    room = [ROOMS[0]]
    one, two = (list(sample(room, seed)) for seed in (1, 2))
    assert one == list(sample(room, 1))
    assert one != two
    assert sorted(one, key=repr) == sorted(two, key=repr)


def test_rooms_have_their_modules_and_tests() -> None:
    """What was moved would otherwise be changed by nobody, or noticed by nobody."""
    for room in ROOMS:
        assert room.files
        assert [path for path in room.test_paths if not (HOME / path).exists()] == []


def test_tests_that_reach_a_change_are_its_judges() -> None:
    """The quick ones first, within 20 seconds, none that fails anyway; an import is behind all."""
    other = HOME / "src/reporting/assess/assess.py"
    lines = {
        "long": {(str(GAPS), 10)}, "slow": {(str(GAPS), 10)}, "broken": {(str(GAPS), 10)},
        "quick": {(str(GAPS), 10), (str(GAPS), 11)}, "beside": {(str(GAPS), 12)},
        "elsewhere": {(str(other), 10)},
    }  # fmt: skip
    seconds = {"long": 11.0, "slow": 9.0, "quick": 1.0, "beside": 2.0, "elsewhere": 1.0}
    recording = Recording(lines, seconds, ("broken",))
    inside = Mutant(GAPS, 10, 10, "", "", "", in_function=True)
    assert recording.reaching(inside) == ("quick", "slow")
    assert recording.reaching(unchanged(GAPS)) == ("quick", "beside", "slow")


HARNESS = """
from tools.mutants.mutate import Mutant
from tools.mutants.rooms import HOME
from tools.mutants.trial import is_noticed
file = HOME / "src/reporting/plan/figures/gaps.py"
source = file.read_text(encoding="utf-8")
for old, new, tests, seconds in {tries!r}:
    assert source.count(old) == 1
    mutant = Mutant(file, 1, 1, old, new, source.replace(old, new), True)
    try:
        print(is_noticed(mutant, tests, seconds=seconds))
    except RuntimeError as fault:
        print(str(fault).splitlines()[-1])
assert file.read_text(encoding="utf-8") == source
"""
RULE = "tests/assess/test_rule.py"
LIMIT = f"{RULE}::test_limit_is_gone_beyond"
TOLERANCE = f"{RULE}::test_tolerance_belongs_to_on_schedule"
MIRROR = "actual - plan if target", "actual + plan if target"
BROKEN = "def gap(", "def gap(:"
ENDLESS = "def gap(", "while True:\n    pass\n\n\ndef gap("
TRIES = {
    "a test fails": ((*MIRROR, [LIMIT], 60), "True"),
    "no test meets it": ((*MIRROR, [TOLERANCE], 60), "False"),
    "no module is left": ((*BROKEN, [LIMIT], 60), "True"),
    "it never ends": ((*ENDLESS, [LIMIT], -1), "True"),
    "no test is there": (
        ("def gap(", "def gap(", [f"{RULE}::test_gone"], 60),
        f"RuntimeError: none of the tests was found: ['{RULE}::test_gone']",
    ),
}


@pytest.mark.long
def test_change_is_noticed_by_what_it_breaks() -> None:
    """A failing test, a module that is none, one that never ends; not what no test asked meets.

    A harness that runs no test at all must not be taken for one that noticed.
    """
    code = HARNESS.format(tries=[arguments for arguments, _ in TRIES.values()])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    answers = dict(zip(TRIES, done.stdout.splitlines(), strict=True))
    assert answers == {name: expected for name, (_, expected) in TRIES.items()}


def test_module_that_is_loaded_already_cannot_be_changed() -> None:
    """It would pass every test as it stands."""
    from reporting.plan.figures import gaps

    with pytest.raises(RuntimeError, match=r"reporting\.plan\.figures\.gaps is loaded already"):
        is_noticed(unchanged(Path(gaps.__file__)), [LIMIT], seconds=1)


def test_change_is_named_by_its_place() -> None:
    """With a little of what stands around it, and no more."""
    many = "x" * 200
    mutant = Mutant(GAPS, 7, 7, f"{many} > {many}", f"{many} >= {many}", "", in_function=True)
    place, old, new = describe(mutant).split("\n    ")
    assert place == "src/reporting/plan/figures/gaps.py:7"
    assert old.strip("x") == " > "
    assert new.strip("x") == " >= "
    assert 100 < len(old) < len(new) < 130
