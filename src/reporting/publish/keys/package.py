"""The files of the package that runs."""

from pathlib import Path

import reporting
from reporting.publish.keys.hashes import FileHashes, files_under
from reporting.system.digests import digest_of

PACKAGE = Path(reporting.__file__).parent
_FOR_NEW_PROJECTS = "notebooks/"


def own_files() -> list[Path]:
    """List the files of the package that runs.

    The notebooks that new projects get are none of them: a checkout has them beside the package,
    and a project's reports are made from its own.
    """
    return [path for path in files_under(PACKAGE) if not _name(path).startswith(_FOR_NEW_PROJECTS)]


def package_files(hashes: FileHashes) -> dict[str, str]:
    """Hash every file of the package, by its path in it."""
    return {_name(path): hashes.of(path) for path in own_files()}


def package_hash(hashes: FileHashes) -> str:
    """Hash the package as a whole."""
    return digest_of(package_files(hashes))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()
