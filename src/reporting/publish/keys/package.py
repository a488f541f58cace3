"""The files of the package that runs."""

from pathlib import Path

import reporting
from reporting.publish.keys.hashes import FileHashes, names_under
from reporting.system.digests import digest_of

PACKAGE = Path(reporting.__file__).parent
_FOR_NEW_PROJECTS = "notebooks/"


def own_files() -> list[Path]:
    """List the files of the package that runs.

    The notebooks that new projects get are none of them: a checkout has them beside the package,
    and a project's reports are made from its own.
    """
    return [PACKAGE / name for name in _own_names()]


def package_files(hashes: FileHashes) -> dict[str, str]:
    """Hash every file of the package, by its path in it."""
    return {name: hashes.of(PACKAGE / name) for name in _own_names()}


def package_hash(hashes: FileHashes) -> str:
    """Hash the package as a whole."""
    return digest_of(package_files(hashes))


def _own_names() -> list[str]:
    return [name for name in names_under(PACKAGE) if not name.startswith(_FOR_NEW_PROJECTS)]
