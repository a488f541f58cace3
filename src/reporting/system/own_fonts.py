"""The fonts that a project brings itself: the files in its folder ``fonts``."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from reporting.system.fonts import (
    SUFFIXES,
    common_files,
    families_of,
    is_font,
    unprintable_letters,
)

FOLDER = "fonts"
"""Where they lie, at the project's root."""

_HAN, _AFTER_HAN = 0x3400, 0xA000
_EXTENSION_B, _EXTENSION_G = 0x20000, 0x30000


def font_files(root: Path) -> tuple[Path, ...]:
    """List the files that are called fonts, in the order of their names."""
    folder = root / FOLDER
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if _is_called_font(path)))


def _is_called_font(path: Path) -> bool:
    # What systems and office programs leave beside a file begins otherwise.
    is_left = path.name.startswith((".", "~"))
    return path.suffix.lower() in SUFFIXES and path.is_file() and not is_left


def unprintable(text: str, files: Sequence[Path]) -> tuple[str, ...]:
    """List the letters of a text that no font of the project has, each once.

    Parameters
    ----------
    files : sequence of Path
        The project's own fonts, as they lie there; the packages' are looked through first.
    """
    letters = unprintable_letters(text)
    return unprintable_letters("".join(letters), usable(files)) if letters and files else letters


def letters_named(letters: Sequence[str]) -> str:
    """Name letters by themselves and by their code points.

    Examples
    --------
    >>> letters_named("㐀")
    '“㐀”（U+3400）'
    """
    return "、".join(f"“{letter}”（U+{ord(letter):04X}）" for letter in letters)


def fonts_having(letters: Sequence[str]) -> str:
    """Name fonts that have such letters, by what each of them is known to reach to."""
    return "、".join(dict.fromkeys(name for letter in letters for name in _known(ord(letter))))


def _known(point: int) -> tuple[str, ...]:
    if point >= _EXTENSION_G:
        return ("遍黑体",)
    if point >= _EXTENSION_B:
        return ("花园明朝", "全字库", "遍黑体")
    return ("遍黑体",) if _HAN <= point < _AFTER_HAN else ("Noto Sans 中该文字的一种",)


def usable(files: Sequence[Path]) -> tuple[Path, ...]:
    """Leave out the files that nothing is set in (see `unusable`)."""
    refused = dict(unusable(files))
    return tuple(path for path in files if path not in refused)


def unusable(files: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Give the files that are no fonts, or bear the name of another one, each with the reason."""
    if not files:
        return
    taken = {name: "软件自带的字体" for path in common_files() for name in families_of(path)}
    for path in files:
        if not is_font(path):
            yield path, "不是完好的字体文件"
            continue
        names = families_of(path)
        same = next((name for name in names if name in taken), None)
        if same is not None:
            yield path, f"字体名“{same}”与{taken[same]}相同"
        else:
            taken |= dict.fromkeys(names, path.name)
