"""The program that runs: package, locked and installed versions, Python, fonts."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.package import package_hash
from reporting.system.own_fonts import font_files as own_fonts
from reporting.values import Value

LOCK = "requirements.lock"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


class FontFile(Value):
    """A font file that pages or charts are set in."""

    family: str
    file: str
    sha256: str


class Program(Value):
    """The state of the whole program; equal states make equal bytes.

    ``package`` is the hash of all its files, ``environment`` names the installed versions that
    are not the locked ones; it is the same on every computer that was set up from the lock.
    """

    package: str
    lock: str
    environment: str
    python: str
    fonts: tuple[FontFile, ...]


def read_program(root: Path, fonts: Mapping[str, Sequence[str]], hashes: FileHashes) -> Program:
    """Look at the package's files, the lock, what is installed, and the fonts."""
    lock = root / LOCK
    return Program(
        package=package_hash(hashes),
        lock=hashes.of(lock) if lock.is_file() else "",
        environment=environment(lock),
        python=python_version(),
        fonts=font_files(root, fonts, hashes),
    )


def python_version() -> str:
    """Name the Python that runs, as far as it tells in what is made."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def environment(lock: Path) -> str:
    """Name what is installed in another version than the lock says; empty when nothing is."""
    if not lock.is_file():
        return ""
    installed = _installed()
    pins = (_PIN.match(line) for line in lock.read_text(encoding="utf-8").splitlines())
    differing = sorted(
        f"{pin[1]} {version}"
        for pin in pins
        if pin and (version := installed.get(_normal(pin[1]))) not in (None, pin[2])
    )
    return "；".join(differing)


def _installed() -> dict[str, str]:
    """Map installed packages to versions by the names of their folders, which is quick."""
    found: dict[str, str] = {}
    for entry in sys.path:
        folder = Path(entry or ".")
        if folder.is_dir():
            for path in folder.glob("*.dist-info"):
                name, _, version = path.name.removesuffix(".dist-info").partition("-")
                found.setdefault(_normal(name), version)
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def font_files(
    root: Path, wanted: Mapping[str, Sequence[str]], hashes: FileHashes
) -> tuple[FontFile, ...]:
    """Hash the font files of pages and charts, with the family each is known by."""
    from reporting.system.fonts import bold_file, mono_file, sans_file, serif_file

    files = [serif_file(), sans_file(), bold_file(), mono_file()]
    if wanted:
        # Asking what is installed takes a while, and is needed only for faces of the office.
        from reporting.documents.fonts.chosen import choose_fonts

        files += [Path(file) for file in choose_fonts(wanted).files]
    files += own_fonts(root)
    return tuple(
        FontFile(family=path.stem, file=path.name, sha256=hashes.of(path))
        for path in dict.fromkeys(files)
    )
