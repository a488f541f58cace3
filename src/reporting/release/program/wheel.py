"""The running package as a wheel, whose bytes depend on the package alone."""

import base64
import csv
import io
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from reporting import __version__
from reporting.errors import ReportingError
from reporting.publish.keys.package import PACKAGE, own_files
from reporting.system.archives import make_zip

_NAME = "reporting"
_DIST_INFO = f"{_NAME}-{__version__}.dist-info"
WHEEL = f"{_NAME}-{__version__}-py3-none-any.whl"
"""The wheel's name, from which an installer reads what it is."""


def write_wheel() -> bytes:
    """Pack the files of the package that runs, wherever it was installed from.

    No build backend has a part in it: backends need the source's folder with its
    ``pyproject.toml``, which an installed package has not, and pack otherwise from one release to
    the next. Nothing is compressed, so that no compressor changes a byte.

    Raises
    ------
    ReportingError
        The package is not installed, so that what it needs is not known.
    """
    members = {
        f"{_NAME}/{path.relative_to(PACKAGE).as_posix()}": path.read_bytes() for path in own_files()
    }
    told = {
        "METADATA": "\n".join(_metadata(_installed())),
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: {_NAME}\nRoot-Is-Purelib: true\n"
        "Tag: py3-none-any\n",
        "entry_points.txt": "\n".join(_entry_points(_installed())),
    }
    members |= {
        f"{_DIST_INFO}/{name}": f"{text.rstrip()}\n".encode() for name, text in told.items()
    }
    members[f"{_DIST_INFO}/RECORD"] = _record(members)
    return make_zip(members, compressed=False)


def _installed() -> Distribution:
    try:
        return distribution(_NAME)
    except PackageNotFoundError:
        raise ReportingError("本软件没有安装好（缺少安装信息），请先运行 make setup。") from None


def _metadata(installed: Distribution) -> Iterator[str]:
    """Say what the package needs, in one order whatever backend wrote it down first."""
    yield from ("Metadata-Version: 2.1", f"Name: {_NAME}", f"Version: {__version__}")
    for field in ("Requires-Python", "Provides-Extra", "Requires-Dist"):
        yield from (f"{field}: {value}" for value in sorted(installed.metadata.get_all(field, [])))


def _entry_points(installed: Distribution) -> Iterator[str]:
    """Name the command and what Jupyter finds the kernel by."""
    points = installed.entry_points
    for group in sorted(points.groups):
        yield f"[{group}]"
        yield from sorted(f"{point.name} = {point.value}" for point in points.select(group=group))
        yield ""


def _record(members: Mapping[str, bytes]) -> bytes:
    """List every file with its hash, as an installer checks it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    for name, data in sorted(members.items()):
        hashed = base64.urlsafe_b64encode(sha256(data).digest()).rstrip(b"=").decode()
        writer.writerow([name, f"sha256={hashed}", len(data)])
    writer.writerow([f"{_DIST_INFO}/RECORD", "", ""])
    return target.getvalue().encode()
