"""The open Chinese fonts that come with the installed packages, and what they can draw."""

from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

from reporting.language.visible import code_label


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


@cache
def characters_of(path: Path) -> frozenset[int]:
    """Code points that a font file has a glyph for."""
    if path.suffix.lower() in {".ttc", ".otc"}:
        collection = TTCollection(path, lazy=True)
        return frozenset().union(*(font.getBestCmap() for font in collection.fonts))
    with TTFont(path, lazy=True) as font:
        # Reading the names of the glyphs, which nobody asks for, takes longer than the rest.
        font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
        return frozenset(font.getBestCmap())


def missing_glyphs(text: str, files: Iterable[Path]) -> frozenset[str]:
    """Find the characters of a text that none of the font files can draw."""
    rest = {character for character in set(text) if character not in "\n\t"}
    for path in files:
        known = characters_of(path)
        rest = {character for character in rest if ord(character) not in known}
    return frozenset(rest)


def drawable(text: str, files: Iterable[Path]) -> str:
    """Replace what no font can draw by its code point, so that no empty box is printed."""
    missing = missing_glyphs(text, files)
    return "".join(code_label(c) if c in missing else c for c in text) if missing else text
