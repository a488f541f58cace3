"""File names of subjects: readable, harmless, and never two alike."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.system.names import MAX_BYTES, safe_name


@pytest.mark.parametrize("name", ["市商务局", "大湾区大学（筹）", "市委军民融合办（市海防办）"])
def test_plain_name_stays_as_it_is(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("../../etc/passwd", "_.._etc_passwd-"),
        ("a:b|c", "a_b_c-"),
        ("局\u202eexe", "局_exe-"),
        (".隐藏", "隐藏-"),
        ("con", "_con-"),
        ("lpt1.局", "_lpt1.局-"),
        ("com¹", "_com¹-"),
        ("nul .局", "_nul .局-"),
        ("conin$", "_conin$-"),
        ("", "_-"),
        ("TCL集团", "TCL集团-"),
    ],
)
def test_harmful_name_is_changed_and_marked(name: str, start: str) -> None:
    """What a file system cannot take is replaced; a hash of the original keeps names apart."""
    found = safe_name(name)
    assert found.startswith(start)
    assert len(found) == len(start) + 8


def test_long_names_with_one_start_stay_apart() -> None:
    one, other = safe_name("局" * 60 + "甲"), safe_name("局" * 60 + "乙")
    assert one != other
    assert max(len(one.encode()), len(other.encode())) <= MAX_BYTES


@given(st.text(max_size=60))
def test_any_text_gives_a_harmless_name(name: str) -> None:
    """No separator, nothing hidden, no way up, short, settled under NFC."""
    found = safe_name(name)
    assert not set(found) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in found)
    assert found
    assert not found.startswith(".")
    assert found[-1] not in " ."
    assert len(found.encode()) <= MAX_BYTES
    assert unicodedata.normalize("NFC", found) == found
