"""Which faces a PDF is set in: the official ones where installed, open ones otherwise."""

import ctypes
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import typst

from reporting.documents.assets import TEMPLATES
from reporting.system.fonts import (
    bold_file,
    package_folder,
    sans_file,
    serif_file,
)
from reporting.values import Value

SANS = "Noto Sans CJK SC"
_RARE = "Noto Sans CJK TC"
"""A family of the variable font alone, which has letters that its namesakes in SC lack."""
_SERIF = "Noto Serif CJK SC"


def is_variable(file: str | Path) -> bool:
    """Tell whether a font file holds one variable font, which older Typst cannot set in bold."""
    return "-VF." in Path(file).name


class Face(Value):
    """A family and how heavy it is set; ``stroke`` (pt) thickens an open regular face.

    Official families hold few rare characters; the open ones stand in for those.
    """

    family: str
    weight: str = "regular"
    stroke: float = 0

    @property
    def families(self) -> list[str]:
        """Families in the order in which a character is looked for."""
        return list(dict.fromkeys([self.family, _SERIF, SANS]))


class FontChoice(Value):
    """The faces of the parts of a page, and the font files they come from.

    ``files`` are absolute paths; they decide which characters can be printed. ``own`` are those
    of the project's own fonts, which stand in for what all others lack. ``bundled`` is how many of
    ``files``, from the first, are the open ones that stand in for every face.
    """

    title: Face
    body: Face
    heading1: Face
    heading2: Face
    heading3: Face
    files: tuple[str, ...]
    own: tuple[str, ...] = ()
    bundled: int = 3

    @property
    def static(self) -> "FontChoice":
        """The choice of a Typst that sets no variable font and does not know the project's own."""
        files = tuple(file for file in self.files if not is_variable(file))
        kept = sum(file in files for file in self.files[: self.bundled])
        return self.model_copy(update={"files": files, "own": (), "bundled": kept})

    @property
    def printing(self) -> tuple[Path, ...]:
        """The files that stand in for every face: what none of them has cannot be printed."""
        return tuple(map(Path, (*self.files[: self.bundled], *self.own)))

    @property
    def last(self) -> tuple[str, ...]:
        """Families in which a letter is looked for that those of the faces lack."""
        known = _families_in(_folders(self.own))
        rare = (_RARE,) if any(map(is_variable, self.files)) else ()
        return (*rare, *dict.fromkeys(name for file in self.own for name in known[file]))

    @property
    def families(self) -> tuple[str, ...]:
        """Names of the families used, for the manifest."""
        faces = (self.title, self.body, self.heading1, self.heading2, self.heading3)
        return tuple(dict.fromkeys([*(face.family for face in faces), SANS]))


_OPEN: dict[str, Face] = {
    "title": Face(family=_SERIF, stroke=0.5),
    "body": Face(family=_SERIF),
    "heading1": Face(family=SANS, weight="bold"),
    "heading2": Face(family=_SERIF, stroke=0.45),
    "heading3": Face(family=_SERIF),
}


ROLES = tuple(_OPEN)
"""The parts of a page that have a face of their own: the keys of ``params.fonts``."""


@cache
def _installed() -> dict[str, str]:
    """Map the families installed on this computer to a file each."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    return {font.family: font.path for font in reversed(fonts.fonts()) if font.path}


@cache
def _families_in(folders: tuple[str, ...]) -> dict[str, list[str]]:
    """Name the families in the font files of folders, as Typst calls them, by file."""
    if not folders:
        return {}
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )
    families: dict[str, list[str]] = {}
    for font in found.fonts():
        families.setdefault(str(font.path), []).append(font.family)
    return families


def _folders(files: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(Path(file).parent) for file in files))


def choose_fonts(
    wanted: Mapping[str, Sequence[str]] | None = None, own: Sequence[Path] = ()
) -> FontChoice:
    """Choose the faces: the first wanted family that is installed, else the open one.

    Parameters
    ----------
    wanted : mapping of str to sequence of str, optional
        ``params.fonts``: family names in order of preference under ``title`` (小标宋),
        ``body`` (仿宋), ``heading1`` (黑体), ``heading2`` (楷体), ``heading3``.
    own : sequence of Path, optional
        Font files of the project, in a folder of their own.
    """
    faces = dict(_OPEN)
    files = [str(path) for path in (serif_file(), sans_file(), bold_file())]
    for role in faces.keys() & (wanted or {}).keys():
        # An office's computer without the official face still prints, in the open one.
        found = next((name for name in (wanted or {})[role] if name in _installed()), None)
        if found is not None:
            faces[role] = Face(family=found)
            files.append(_installed()[found])
    known = _families_in(_folders([str(path) for path in own]))
    usable = tuple(str(path) for path in own if str(path) in known)
    return FontChoice.model_validate({**faces, "files": tuple(dict.fromkeys(files)), "own": usable})


def font_folders(choice: FontChoice) -> tuple[str, ...]:
    """Folders that a compiler needs for the choice."""
    packaged = (package_folder("mplfonts") / "fonts", package_folder("manimgx_fonts_cjk"))
    folders = [str(folder) for folder in packaged]
    return tuple(dict.fromkeys([*folders, *_folders((*choice.files, *choice.own))]))


@cache
def shared_compiler(folders: tuple[str, ...]) -> typst.Compiler:
    """Keep one compiler a process: it reads the fonts once."""
    return typst.Compiler(root=str(TEMPLATES), font_paths=shared_fonts(folders))


@cache
def shared_fonts(folders: tuple[str, ...]) -> typst.Fonts:
    """Keep the fonts that a process has read."""
    return typst.Fonts(include_system_fonts=False, font_paths=list(folders))


def release_memory() -> None:
    """Give free memory back to the system, which glibc does not do by itself."""
    if sys.platform.startswith("linux"):
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
