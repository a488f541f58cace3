"""What a report depends on besides its own data: package, locked versions, fonts, Python."""

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import reporting
from reporting.publish.keys.hashes import FileHashes, files_under
from reporting.system.digests import digest_of
from reporting.values import Value

PACKAGE = Path(reporting.__file__).parent
LOCK = "requirements.lock"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")


class FontFile(Value):
    """A font file that pages or charts are set in."""

    family: str
    file: str
    sha256: str


class Surroundings(Value):
    """The state of the program a report is made with; equal states make equal bytes.

    ``environment`` names the installed versions that are not the locked ones; it is the same
    on every computer that was set up from the lock.
    """

    package: str
    template: str
    lock: str
    environment: str
    python: str
    fonts: tuple[FontFile, ...]


def read_surroundings(
    root: Path, fonts: Mapping[str, Sequence[str]], hashes: FileHashes
) -> Surroundings:
    """Look at the package's files, the lock, what is installed, and the fonts."""
    package, template = package_hashes(hashes)
    lock = root / LOCK
    return Surroundings(
        package=package,
        template=template,
        lock=hashes.of(lock) if lock.is_file() else "",
        environment=environment(lock),
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        fonts=font_files(fonts, hashes),
    )


def package_hashes(hashes: FileHashes) -> tuple[str, str]:
    """Hash the package's code, and apart from it its templates."""
    code: dict[str, str] = {}
    templates: dict[str, str] = {}
    for path in files_under(PACKAGE):
        name = path.relative_to(PACKAGE).as_posix()
        side = templates if name.startswith("documents/templates/") else code
        side[name] = hashes.of(path)
    return digest_of(code), digest_of(templates)


def environment(lock: Path) -> str:
    """Name what is installed in another version than the lock says; empty when nothing is."""
    if not lock.is_file():
        return ""
    installed = _installed()
    pins = (_PIN.match(line) for line in lock.read_text(encoding="utf-8").splitlines())
    differing = sorted(
        f"{pin[1]} {version}"
        for pin in pins
        if pin and (version := installed.get(_plain(pin[1]))) not in (None, pin[2])
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
                found.setdefault(_plain(name), version)
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def font_files(wanted: Mapping[str, Sequence[str]], hashes: FileHashes) -> tuple[FontFile, ...]:
    """Hash the font files of pages and charts, with the family each is known by."""
    from reporting.documents.fonts.bundled import bold_file, mono_file, sans_file, serif_file

    files = [serif_file(), sans_file(), bold_file(), mono_file()]
    if wanted:
        # Asking what is installed takes a while, and is needed only for faces of the office.
        from reporting.documents.fonts.chosen import choose_fonts

        files += [Path(file) for file in choose_fonts(wanted).files]
    return tuple(
        FontFile(family=path.stem, file=path.name, sha256=hashes.of(path))
        for path in dict.fromkeys(files)
    )
