"""Chinese words are spelt in one room: what is held against every module."""

from pathlib import Path

from tools.spelling import spelt_outside


def test_no_pattern_spells_words_outside_the_room() -> None:
    """The package keeps its own rule."""
    assert spelt_outside() == []


def test_pattern_elsewhere_is_found(tmp_path: Path) -> None:
    """A call of re with a word in any part of its pattern is named; other texts are not."""
    (tmp_path / "language").mkdir()
    (tmp_path / "language" / "words.py").write_text('import re\nA = re.compile("季度")\n')
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "due.py").write_text(
        'import re\nB = re.compile(r"\\d+")\nC = "季度"\nD = re.search(f"{B}月底", C)\n'
    )
    assert [(f.path.name, f.line, f.pattern) for f in spelt_outside(tmp_path)] == [
        ("due.py", 4, "月底")
    ]
