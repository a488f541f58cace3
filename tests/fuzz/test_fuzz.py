"""Damaged packages are answered within bounds; and a fault of the program would be noticed."""

import random
from pathlib import Path

import pytest

from reporting.returns.reading import read as reading
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import BookRefused
from tools.fuzz.__main__ import fuzz
from tools.fuzz.damage import DAMAGES, damaged, members
from tools.fuzz.trial import Office, make_office, try_one

pytestmark = pytest.mark.long

HOME = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Make the small project that files are sent to."""
    return make_office(tmp_path_factory.mktemp("fuzz") / "office", HOME, 3)


def test_damaged_packages_are_answered_within_bounds() -> None:
    """The first hundred of a row of chances: no traceback, 10 seconds, 300 MB, one finding."""
    account = fuzz(HOME, seconds=120, seed=11, count=100)
    assert account.broken == []
    assert account.tried == sum(account.became.values()) == 100
    assert account.became["read"] > 10
    assert len(account.became) > 3


def test_same_chance_makes_the_same_file(office: Office) -> None:
    """What broke can be made again by its number."""
    one, two = (damaged(office.sound[0], random.Random("11/5")) for _ in range(2))
    assert one == two


def test_every_damage_changes_something(office: Office) -> None:
    """A damage that never did anything would try nothing."""
    for damage in DAMAGES:
        tries = (damage(office.sound[1], random.Random(n)) for n in range(8))
        assert any(data != office.sound[1] for data in tries), damage.__name__


def test_sound_file_is_read(office: Office) -> None:
    """A return, and the copy of it that was sent back."""
    for data in office.sound:
        assert try_one(office, data).became == "read"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MemoryError(), "caught unforeseen: 读取中出错：MemoryError"),
        (KeyboardInterrupt(), "a traceback: KeyboardInterrupt in test_fuzz.py:break_down"),
    ],
)
def test_fault_of_the_reader_is_noticed(
    fault: BaseException, said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Caught or not, it is no answer that somebody foresaw."""

    def break_down(*_: object) -> None:
        raise fault

    monkeypatch.setattr(reading, "identify", break_down)
    assert try_one(office, office.sound[0]).faults == (said,)


def test_much_time_and_memory_are_noticed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one file took is measured in its own process."""
    monkeypatch.setattr("tools.fuzz.trial.MOST_SECONDS", 0)
    monkeypatch.setattr("tools.fuzz.trial.MOST_MEMORY", -1)
    (memory, seconds) = try_one(office, office.sound[0]).faults
    assert memory.startswith("took ")
    assert memory.endswith(" MB")
    assert seconds.endswith(" seconds")


def test_unknown_coding_is_damage(office: Office) -> None:
    """A coding that nobody knows is told like other damage."""
    from reporting.system.archives import make_zip

    parts = members(office.sound[0])
    name = "xl/worksheets/sheet2.xml"
    head = b'<?xml version="1.0" encoding="xxxx"?>'
    parts[name] = head + parts[name].partition(b"?>")[2]
    with pytest.raises(BookRefused) as refused:
        open_book(make_zip(parts))
    assert (refused.value.code, refused.value.found) == (
        "RET-FILE-DAMAGED", "内容损坏（LookupError）",
    )  # fmt: skip
