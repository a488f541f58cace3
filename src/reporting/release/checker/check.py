"""Check an edition without the program that made it: ``python3 check.py [FOLDER or ZIP]``.

Reads the edition's record (edition.json) and says which files are not what was frozen, which are
missing and which were added. Needs nothing but Python 3.9 or later, and changes nothing.
"""

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

RECORD = "edition.json"
OWN_LOG = "__pycache__"


def main(arguments: list[str]) -> int:
    """Check the edition named, else the one this file lies in; 0 when it is whole."""
    path = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    try:
        files = read_zip(path) if path.is_file() else read_folder(path)
    except (OSError, zipfile.BadZipFile) as error:
        return refuse(f"{path} 不能读取：{error}")
    if RECORD not in files:
        return refuse(f"{path} 里没有版本记录 {RECORD}，应选一个版本的文件夹或者压缩包。")
    try:
        record = json.loads(files[RECORD].decode("utf-8"))
        known = {item["path"]: item["sha256"] for item in record["files"]}
        year, quarter = record["period"]["year"], record["period"]["quarter"]
        number = record["number"]
    except (ValueError, KeyError, TypeError):
        return refuse(f"{path} 里的版本记录 {RECORD} 已损坏，无法核对。")
    faults = list(compare(files, known))
    print(f"{year}年第{quarter}季度第{number}版")
    for fault in faults:
        print(fault)
    if faults:
        print(f"不一致：{len(faults)}处。")
        return 1
    print(f"一致：{len(known)}个文件与版本记录逐字节相同。")
    print(f"版本记录的校验码（SHA-256）：{digest(files[RECORD])}")
    print("请与另行保存的校验码（如 SHA256SUMS）核对：记录和文件一起被改的，只有它能发现。")
    return 0


def compare(files: dict[str, bytes], known: dict[str, str]) -> Iterator[str]:
    """Name each file that differs from the record."""
    for path in sorted(known):
        if path not in files:
            yield f"缺少：{path}"
        elif digest(files[path]) != known[path]:
            yield f"被改动：{path}"
    for path in sorted(set(files) - set(known) - {RECORD}):
        yield f"多出：{path}"


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def read_folder(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder, by its path in it."""
    if not folder.is_dir():
        raise OSError("没有这个文件夹或者压缩包")
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return {name: data for name, data in found.items() if OWN_LOG not in name.split("/")}


def read_zip(path: Path) -> dict[str, bytes]:
    """Read every file of a zip, without the one folder that holds them all."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        broken = archive.testzip()
        if broken:
            raise zipfile.BadZipFile(f"{broken} 已损坏")
        head = names[0].partition("/")[0] + "/" if names else ""
        cut = len(head) if all(name.startswith(head) for name in names) else 0
        return {name[cut:]: archive.read(name) for name in names}


def refuse(sentence: str) -> int:
    """Say why nothing can be checked."""
    print(sentence)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
