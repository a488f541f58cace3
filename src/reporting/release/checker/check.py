"""Check an edition without the program that made it: ``python3 check.py [FOLDER or ZIP]``.

Reads the edition's record (edition.json) and says which files are not what was frozen, which are
missing and which were added; reckons the seal that paper bears, and follows it to the editions
before. Needs nothing but Python 3.9 or later, and changes nothing.
"""

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RECORD = "edition.json"
FORMAT = 2
SEAL = "pack/data/seal.json"
EARLIER = "inputs/editions/{}/Q{}/{}/" + SEAL
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
        if record["format"] > FORMAT:
            return refuse(f"{path} 由更新版本的软件写出，请用该版自带的 check.py 核对。")
        known = {item["path"]: item["sha256"] for item in record["files"]}
        year, quarter = record["period"]["year"], record["period"]["quarter"]
        number = record["number"]
    except (ValueError, KeyError, TypeError):
        return refuse(f"{path} 里的版本记录 {RECORD} 已损坏，无法核对。")
    faults = [*compare(files, known), *check_seal(files, record)]
    print(f"{year}年第{quarter}季度第{number}版")
    for fault in faults:
        print(fault)
    if faults:
        print(f"不一致：{len(faults)}处。")
        return 1
    print(f"一致：{len(known)}个文件与版本记录逐字节相同。")
    if SEAL in files:
        print(f"封签：{printed(seal_of(files[SEAL]))}（应与纸质材料封面、页脚所印的相同）")
    for before, expected, _ in earlier(files):
        print(f"前一版 {before} 的封签：{printed(expected)}")
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


def check_seal(files: dict[str, bytes], record: dict[str, Any]) -> Iterator[str]:
    """Reckon the seal from the tables, and hold the seals before to what follows them."""
    data = files.get(SEAL)
    if not record.get("seal") or data is None:
        return
    if seal_of(data) != record["seal"]:
        yield f"封签不一致：版本记录为 {printed(record['seal'])}，实为 {printed(seal_of(data))}"
    for name, expected in json.loads(data)["tables"].items():
        if digest(files.get(f"pack/data/{name}", b"")) != expected:
            yield f"封签不一致：{name} 不是封签所记的"
    for before, expected, found in earlier(files):
        if not found:
            yield f"缺少前一版（{before}）的封签，衔接不上"
        elif seal_of(found) != expected:
            is_now = printed(seal_of(found))
            yield f"前一版（{before}）的封签不一致：应为 {printed(expected)}，实为 {is_now}"


def earlier(files: dict[str, bytes]) -> Iterator[tuple[str, str, bytes]]:
    """Follow the seals back: name of each edition before, its seal as told, its file of seal."""
    data, seen = files.get(SEAL, b""), set()
    while data and digest(data) not in seen:
        seen.add(digest(data))
        told = json.loads(data)
        before, expected = told["before"], told["before_seal"]
        if not expected:
            return
        year, _, rest = before.partition("Q")
        data = files.get(EARLIER.format(year, *rest.split("-v")), b"")
        yield before, expected, data


def seal_of(data: bytes) -> str:
    """Return the seal that a file of seal gives."""
    return digest(data)[:16]


def printed(seal: str) -> str:
    """Write a seal as paper bears it."""
    return "-".join(seal[at : at + 4] for at in range(0, len(seal), 4))


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
