"""``python -m tools.sbom``: the package and all it needs, as a CycloneDX list (SBOM).

It is written from the lock alone, so that the same lock gives the same bytes on any computer, and
names no index: where an office gets its packages from is its own affair. No lock has licences.
"""

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

from reporting import __version__
from reporting.system.files import write_whole
from reporting.values import Value

ROOT = Path(__file__).parents[1]
NAME = "reporting"
_PIN = re.compile(r"^(?P<pin>[a-z0-9].*?) \\\n(?P<rest>(?:    .*\n?)+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_VIA = re.compile(r"^    # (?:via|  ) *([a-z0-9._-]+)", re.MULTILINE)


class Pin(Value):
    """A package as the lock has it.

    Attributes
    ----------
    marker : str
        Where it is installed only; empty where everywhere.
    hashes : tuple of str
        SHA-256 of each of its files.
    needed_by : tuple of str
        Names of the packages that ask for it.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...]


def read_lock(text: str) -> Iterator[Pin]:
    """Give the pins of a lock that uv wrote."""
    for found in _PIN.finditer(text):
        asked = Requirement(found["pin"])
        (exactly,) = asked.specifier
        yield Pin(
            name=asked.name,
            version=exactly.version,
            marker=str(asked.marker or ""),
            hashes=tuple(_HASH.findall(found["rest"])),
            needed_by=tuple(_VIA.findall(found["rest"])),
        )


def make_sbom(pins: Iterable[Pin], version: str = __version__) -> str:
    """Write the list as JSON, without a time or a number of its own."""
    pins = tuple(pins)
    package = Component(
        name=NAME, version=version, type=ComponentType.APPLICATION, bom_ref=f"{NAME}@{version}"
    )
    components = {pin.name: _component(pin) for pin in pins}
    bom = Bom(components=components.values())
    bom.metadata.component = package
    known = components | {NAME: package}
    for name, component in known.items():
        needed = [components[pin.name] for pin in pins if name in pin.needed_by]
        bom.register_dependency(component, needed)
    _leave_out_chance(bom)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _leave_out_chance(bom: Bom) -> None:
    """Take out the time and the random number, and say so as `cyclonedx-py` does."""
    bom.metadata.properties.add(Property(name="cdx:reproducible", value="true"))
    # The library has no other way; the schema asks for neither.
    bom.serial_number = None  # type: ignore[assignment]
    bom.metadata.timestamp = None  # type: ignore[assignment]


def _component(pin: Pin) -> Component:
    address = PackageURL("pypi", name=pin.name, version=pin.version)
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(str(address)),
        comment="the files of which the lock takes one",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=value) for value in pin.hashes],
    )
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{pin.name}@{pin.version}",
        purl=address,
        external_references=[files],
        properties=[Property(name=f"{NAME}:marker", value=pin.marker)] if pin.marker else [],
    )


def main(arguments: list[str] | None = None) -> None:
    """Write the list of the lock into a file."""
    parser = argparse.ArgumentParser(prog="python -m tools.sbom", description=__doc__)
    parser.add_argument("--lock", type=Path, default=ROOT / "requirements.lock")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "sbom.cdx.json")
    given = parser.parse_args(arguments)
    pins = tuple(read_lock(given.lock.read_text(encoding="utf-8")))
    write_whole(given.out, make_sbom(pins).encode())
    print(f"{given.out}: {NAME} {__version__}, {len(pins)} packages")


if __name__ == "__main__":
    main()
