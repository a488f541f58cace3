"""The files of the package that runs."""

from pathlib import Path

import reporting
from reporting.publish.keys.hashes import FileHashes, files_under
from reporting.system.digests import digest_of

PACKAGE = Path(reporting.__file__).parent


def package_files(hashes: FileHashes) -> dict[str, str]:
    """Hash every file of the package, by its path in it."""
    return {p.relative_to(PACKAGE).as_posix(): hashes.of(p) for p in files_under(PACKAGE)}


def package_hash(hashes: FileHashes) -> str:
    """Hash the package as a whole."""
    return digest_of(package_files(hashes))
