"""The packs of a year that stand whole, from which its tables are joined."""

from collections.abc import Iterator
from pathlib import Path

from reporting.project.roots import pack_folder
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.manifest import MANIFEST, Manifest, Pack
from reporting.tables.fields import EXTRA, TABLES
from reporting.values import Value

DATA = "data/"
DESCRIPTOR = "datapackage.json"
NEEDED = (*(f"{name}.csv" for name in TABLES), DESCRIPTOR)
"""What of a pack's data goes into those of the year, or tells of them."""
OPTIONAL = f"{EXTRA}.csv"
"""What goes into those of the year where a pack has it."""


class YearPack(Value):
    """A quarter's pack: which edition it is, and the hashes of its data by name."""

    quarter: int
    edition: int
    is_sample: bool
    files: dict[str, str]


class Gathered(Value):
    """The packs that stand whole, in order of time, and a sentence on each that does not."""

    packs: tuple[YearPack, ...]
    remarks: tuple[str, ...]


def parquet_name(year: int) -> str:
    """Name the file of all rows of a year; those of several years can lie in one folder."""
    return f"{year}.parquet"


def gather(root: Path, year: int, hashes: FileHashes) -> Gathered:
    """Find the packs of a year whose tables are what their manifests say.

    A pack of which only some reports have been made has no tables yet, and is not told of.
    """
    found: list[YearPack] = []
    remarks: list[str] = []
    for quarter in range(1, 5):
        for one in _standing(root, year, quarter, hashes):
            if isinstance(one, YearPack):
                found.append(one)
            else:
                remarks.append(left_out(quarter, one))
    return Gathered(packs=tuple(found), remarks=tuple(remarks))


def left_out(quarter: int, reason: str) -> str:
    """Say that a quarter is not in the tables of the year, why, and what brings it in."""
    return f"第{quarter}季度没有列入全年数据：{reason}，请重新运行 make report Q={quarter}。"


def _standing(root: Path, year: int, quarter: int, hashes: FileHashes) -> Iterator[YearPack | str]:
    """Give a quarter's pack, or what is wrong with it; nothing where there is none."""
    folder = pack_folder(root, year, quarter)
    if not ((folder / MANIFEST).is_file() or (folder / DATA).is_dir()):
        return
    manifest = Manifest.read(folder / MANIFEST)
    if manifest is None:
        yield f"成果目录的清单 {MANIFEST} 缺失或损坏"
        return
    if (manifest.year, manifest.quarter) != (year, quarter):
        yield f"成果目录里是{manifest.year}年第{manifest.quarter}季度的材料"
        return
    pack = Pack(folder, hashes)
    listed = {name for name in NEEDED if DATA + name in pack.listed}
    names = (*NEEDED, OPTIONAL) if DATA + OPTIONAL in pack.listed else NEEDED
    if listed and (wrong := [name for name in names if not pack.stands(DATA + name)]):
        yield f"{DATA}{wrong[0]} 与清单不符（被改动或者缺失）"
    elif listed:
        yield YearPack(
            quarter=quarter, edition=manifest.edition, is_sample=manifest.is_sample,
            files={name: pack.listed[DATA + name][1] for name in names},
        )  # fmt: skip
