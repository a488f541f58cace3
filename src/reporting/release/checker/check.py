"""Check an edition without its program: ``python3 check.py [FOLDER or ZIP] [--signers FILE]``.

Names what is not as recorded; ``--digest`` is what was published of the record. Changes nothing.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from textwrap import wrap
from typing import Any

RECORD, SIGNATURE, SEAL, FORMAT = "edition.json", "edition.json.sig", "pack/data/seal.json", 2
SSH, PGP, OTHER = b"-----BEGIN SSH", b"-----BEGIN PGP", b""
OPENSSL = "openssl dgst {} -verify {{signers}} -signature {{sig}} {{record}}"
SM2 = "-sm3 -sigopt distid:1234567812345678"
TOOLS = {
    (SSH, True): ["ssh-keygen -Y verify -n reporting-edition -s {sig} -f {signers} -I {who}"],
    (SSH, False): ["ssh-keygen -Y check-novalidate -n reporting-edition -s {sig}"],
    (PGP, False): ["gpg --batch --verify {sig} {record}"],
    (OTHER, True): [OPENSSL.format("-sha256"), OPENSSL.format(SM2)],
}


def main(arguments: list[str]) -> int:
    """Check the edition named, else the one this file lies in; 0 when it is whole."""
    parser = argparse.ArgumentParser()
    parser.add_argument("edition", nargs="?", default=Path(__file__).resolve().parent, type=Path)
    parser.add_argument("--signers", default="")
    parser.add_argument("--digest", default="", type=str.lower)
    given = parser.parse_args(arguments)
    try:
        files = read(given.edition)
        record = read_record(files)
        marks = [*look_at_seals(files, record), look_at_signature(files, given.signers)]
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        print(f"{given.edition} 不能核对：{error}")
        return 2
    own, wanted, period = digest(files[RECORD]), given.digest, record["period"]
    same = not wanted or (len(wanted) >= 16 and own.startswith(wanted))
    marks.append((same, f"版本记录的校验码：{own}（应与公布的相同，封签应与纸上的相同）"))
    faults = [*compare(files, record), *(words for good, words in marks if not good)]
    print(f"{period['year']}年第{period['quarter']}季度第{record['number']}版")
    print("\n".join(faults or [f"一致：{len(record['files'])}个文件与版本记录逐字节相同。"]))
    print("\n".join([f"不一致：{len(faults)}处。"] if faults else [words for _, words in marks]))
    return 1 if faults else 0


def compare(files: dict[str, bytes], record: dict[str, Any]) -> Iterator[str]:
    """Name each file that differs from the record, or from the manifest in the record."""
    known = {item["path"]: item["sha256"] for item in record["files"]}
    told, places = record["manifest"], (("pack", "artifacts"), ("inputs", "inputs"))
    listed = {f"{p}/{i['path']}": i["sha256"] for p, name in places for i in told[name]}
    for path in sorted({**listed, **known}):
        if path not in files:
            yield f"缺少：{path}"
        elif {known.get(path), listed.get(path, known.get(path))} != {digest(files[path])}:
            yield f"被改动：{path}"
    yield from (f"多出：{p}" for p in sorted({*files} - {*known, *listed, RECORD, SIGNATURE}))


def look_at_seals(files: dict[str, bytes], record: dict[str, Any]) -> Iterator[tuple[bool, str]]:
    """Reckon the seal from the tables, and each one before: whether it holds, and a sentence."""
    data, expected, name = files.get(SEAL, b""), record.get("seal"), "本版"
    try:
        while expected:
            wanted, found = ("-".join(wrap(s, 4)) for s in (expected, digest(data)[:16]))
            if found != wanted:
                yield False, f"{name}的封签不一致：应为 {wanted}，实为 {found}"
                return
            yield True, f"{name}的封签：{wanted}"
            told = json.loads(data)
            for table, known in told["tables"].items():
                if name == "本版" and digest(files.get(f"pack/data/{table}", b"")) != known:
                    yield False, f"封签不一致：{table} 不是封签所记的"
            name, expected = told["before"], told["before_seal"]
            place = f"{name.replace('-v', '/').replace('Q', '/Q')}/{SEAL}"
            data = files.get(f"inputs/editions/{place}", b"")
    except (ValueError, LookupError, TypeError, AttributeError):
        yield False, f"封签文件 {SEAL} 已损坏"


def look_at_signature(files: dict[str, bytes], signers: str) -> tuple[bool, str]:
    """Tell whether the signature is no fault, and what is to be said of it."""
    if SIGNATURE not in files:
        return not signers, "没有签名" + ("，无法证明由谁发布" if signers else "。")
    kind = files[SIGNATURE][:14] if files[SIGNATURE].startswith((SSH, PGP)) else OTHER
    asked = bool(signers) and kind != PGP
    with tempfile.TemporaryDirectory() as folder:
        given = {"sig": f"{folder}/sig", "record": f"{folder}/record", "signers": signers}
        Path(given["sig"]).write_bytes(files[SIGNATURE])
        Path(given["record"]).write_bytes(files[RECORD])
        try:
            if kind == SSH and signers:
                who = "ssh-keygen -Y find-principals -s {sig} -f {signers}"
                given["who"] = run(who, given, b"")[1] or "nobody"
            done = [run(tool, given, files[RECORD]) for tool in TOOLS[kind, asked]]
        except (FileNotFoundError, KeyError):
            return True, "有签名，未能核对：缺少签名工具，或者没有用 --signers 给出公钥。"
    said = [words for code, words in done if code == 0]
    return bool(said), f"签名有效：{said[0]}" if said else "签名无效，或者签名人不在名单之中"


def run(tool: str, at: dict[str, str], data: bytes) -> tuple[int, str]:
    """Run a tool; give its exit code and what it said."""
    done = subprocess.run([w.format(**at) for w in tool.split()], input=data, capture_output=True)
    return done.returncode, (done.stdout or done.stderr).decode("utf-8", "replace").strip()


def read(path: Path) -> dict[str, bytes]:
    """Read every file of a folder, or of a zip without the one folder that holds them all."""
    if path.is_dir():
        found = {p.relative_to(path).as_posix(): p for p in path.rglob("*") if p.is_file()}
        return {n: p.read_bytes() for n, p in found.items() if "__pycache__" not in n}
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        if len(set(names)) < len(names) or archive.testzip():
            raise zipfile.BadZipFile("里面有文件重名或者已损坏")
        head = names[0].partition("/")[0] + "/" if names else ""
        cut = len(head) if all(name.startswith(head) for name in names) else 0
        return {name[cut:]: archive.read(name) for name in names}


def read_record(files: dict[str, bytes]) -> dict[str, Any]:
    """Read the record; an error says why it is none."""
    try:
        record: dict[str, Any] = json.loads(files[RECORD].decode("utf-8"))
        told = record["files"] + record["manifest"]["artifacts"] + record["manifest"]["inputs"]
        _ = [item["path"] + item["sha256"] for item in told], record["number"]
        if record["format"] <= FORMAT and record["period"]["quarter"] < record["period"]["year"]:
            return record
    except (ValueError, KeyError, TypeError):
        found = "已损坏。" if RECORD in files else "没有，应选一个版本的文件夹或者压缩包。"
        raise ValueError(f"版本记录 {RECORD} {found}") from None
    raise ValueError("该版由更新版本的软件写出，请用该版自带的 check.py 核对。")


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return sha256(data).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
