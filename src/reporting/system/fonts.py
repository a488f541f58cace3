"""The open Chinese fonts that come with the installed packages, and what font files can draw.

Rare letters are those that computers often have no font for: Han of the planes 2 and 3 (Ext. B
and after), and what Unicode added to the plane before them later than 2003.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from reporting.language.visible import COMMON, code_label, is_hidden

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
"""How the files are called that Typst and matplotlib take fonts from."""

_POSTSCRIPT_NAME = 6
_COLLECTIONS = frozenset({".ttc", ".otc"})
RARE = "[\u4db6-\u4dbf\u9fa6-\u9fff\U00020000-\U0002fffd\U00030000-\U0003fffd]"
"""Pattern of one rare letter."""

_RARE = re.compile(RARE)


@cache
def package_folder(name: str) -> Path:
    """Find an installed package's folder without importing it."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{name} 未安装，请运行 make setup")
    return Path(next(iter(spec.submodule_search_locations)))


def sans_file() -> Path:
    """Noto Sans CJK SC, regular: where bold is not wanted."""
    return package_folder("mplfonts") / "fonts" / "NotoSansCJKsc-Regular.otf"


def mono_file() -> Path:
    """Noto Sans Mono CJK SC, regular: charts."""
    return package_folder("mplfonts") / "fonts" / "NotoSansMonoCJKsc-Regular.otf"


def serif_file() -> Path:
    """Noto Serif CJK SC, regular: body and titles."""
    return package_folder("mplfonts") / "fonts" / "NotoSerifCJKsc-Regular.otf"


def bold_file() -> Path:
    """Noto Sans CJK, variable, which Typst sets in bold: headings of level 1."""
    return package_folder("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"


def common_files() -> tuple[Path, Path, Path]:
    """Return the files in which a letter of a page is looked for, in this order."""
    return serif_file(), sans_file(), bold_file()


def characters_of(path: Path) -> frozenset[int]:
    """Code points that a font file has a glyph for."""
    return _characters(path, path.stat().st_mtime_ns)


@cache
def _characters(path: Path, _: int) -> frozenset[int]:
    with opened(path) as fonts:
        return frozenset().union(*(_points(font) for font in fonts))


def _points(font: Any) -> frozenset[int]:
    # Reading the names of the glyphs, which nobody asks for, takes longer than the rest.
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    return frozenset(font.getBestCmap() or ())


@contextmanager
def opened(path: Path) -> Iterator[list[Any]]:
    """Open the faces of a font file, of which a collection has several."""
    # Most texts hold common letters only, and no font is opened.
    from fontTools.ttLib import TTCollection, TTFont

    collection = path.suffix.lower() in _COLLECTIONS
    with path.open("rb") as file:
        if collection:
            yield TTCollection(file, lazy=True).fonts
        else:
            yield [TTFont(file, lazy=True)]


def families_of(path: Path) -> tuple[str, ...]:
    """Names of the families in a font file, as it calls them in English."""
    with opened(path) as fonts:
        names = [font["name"].getBestFamilyName() for font in fonts]
    return tuple(dict.fromkeys(filter(None, names)))


def family_of(path: Path) -> str:
    """Name the family of a font file; of a collection for several regions the mainland's."""
    names = families_of(path)
    return next((name for name in names if name.endswith(" SC")), names[0])


def is_font(path: Path) -> bool:
    """Tell whether a file is a font that a page can be set in."""
    try:
        with opened(path) as fonts:
            # Typst takes no face without a name of this kind.
            named = all(font["name"].getDebugName(_POSTSCRIPT_NAME) for font in fonts)
        return bool(named and families_of(path) and characters_of(path))
    except Exception:  # fontTools raises whatever the damage leads it to
        return False


def rare_letters(text: str) -> tuple[str, ...]:
    """List the rare letters of a text, each once, in the order of their code points.

    Examples
    --------
    >>> rare_letters("陈\U0002ae29任组长，陈\U0002ae29")
    ('\U0002ae29',)
    """
    return () if text.isascii() else tuple(sorted(set(_RARE.findall(text))))


def coded(text: str) -> str:
    """Replace every rare letter by its code point, so that texts compare in whatever form."""
    return text if text.isascii() else _RARE.sub(lambda match: code_label(match[0]), text)


def unprintable_letters(text: str, own: Sequence[Path] = ()) -> tuple[str, ...]:
    """List the letters of a text that neither the packages' fonts nor some of one's own have.

    Signs and pictures are none, nor is what is hidden: those are told of elsewhere.
    """
    letters = "".join(filter(_is_letter, dict.fromkeys(COMMON.sub("", text))))
    if not letters:
        return ()
    missing = missing_glyphs(letters, (*common_files(), *own))
    return tuple(letter for letter in letters if letter in missing)


def _is_letter(sign: str) -> bool:
    if is_hidden(sign):
        return False
    return unicodedata.category(sign).startswith("L") or _RARE.match(sign) is not None


def missing_glyphs(text: str, files: Iterable[Path]) -> frozenset[str]:
    """Find the characters of a text that none of the font files can draw."""
    rest = {character for character in set(text) if character not in "\n\t"}
    for path in files:
        if not rest:
            break
        known = characters_of(path)
        rest = {character for character in rest if ord(character) not in known}
    return frozenset(rest)


def drawable(text: str, files: Iterable[Path]) -> str:
    """Replace what no font can draw by its code point, so that no empty box is printed."""
    missing = missing_glyphs(text, files)
    return "".join(code_label(c) if c in missing else c for c in text) if missing else text
