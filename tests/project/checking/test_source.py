"""Parameter files as texts: what YAML takes in silence, or would read as something else."""

import pytest

from reporting.project.checking.faults import Fault
from reporting.project.checking.source import Source, nodes_in, read_source, written_twice


def source_of(text: str) -> Source:
    found = read_source(text)
    assert isinstance(found, Source)
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", [(3, "又写了一次 a，每个字段只能写一次（第1行已写）")]),
        ("a:\n  - {k: 1,\n     k: 2}\n", [(3, "又写了一次 k，每个字段只能写一次（第2行已写）")]),
        ("a: {k: 1, k: 2, k: 3}\n", [(1, "又写了一次 k，每个字段只能写一次（第1行已写）")] * 2),
        ("a: {k: 1}\nb: {k: 2}\n", []),
    ],
)
def test_keys_that_stand_twice_are_found(text: str, said: list[tuple[int, str]]) -> None:
    """Wherever they are, each time; YAML would take the last in silence."""
    found = [(fault.line, fault.said) for fault in written_twice(source_of(text).node)]
    assert found == said


def test_layout_that_holds_itself_is_gone_through_once() -> None:
    """An anchor may stand within what it names."""
    assert len([*nodes_in(source_of("a: &x [1, *x]\n").node)]) == 3


@pytest.mark.parametrize(
    ("text", "value"),
    [("a: 2024-04-31\n", "2024-04-31"), ("a: 2024-13-01\n", "2024-13-01"), ("a: 0b_\n", "0b_")],
)
def test_what_only_looks_like_a_day_or_a_number_is_text(text: str, value: str) -> None:
    """So that it is told in its place, and not as a fault of the whole file."""
    assert source_of(text).content == {"a": value}


def test_name_of_a_field_is_a_text() -> None:
    """``on`` of a correction is its day, where YAML reads yes; numbers of quarters stay."""
    source = source_of("on: yes\nb: {off: 1, 3: 2}\n")
    assert source.content == {"on": True, "b": {"off": 1, 3: 2}}


@pytest.mark.parametrize(
    "text", ["a: [1\n", "a: 'x\n", "- a: b: c\n", "a: %x\n", "\ta: 1\n", "? [a]: b\n"]
)
def test_no_english_is_told(text: str) -> None:
    """The library's words are for developers."""
    fault = read_source(text)
    assert isinstance(fault, Fault)
    told = fault.said.partition("，实为“")[0]
    assert not any(sign.isascii() and sign.isalpha() for sign in told.replace("Tab", ""))
