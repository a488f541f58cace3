"""Signatures by the tools that are found: OpenSSH, OpenSSL (SM2 with SM3 as well), GnuPG."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from reporting.errors import InputRefused
from reporting.system.digests import digest
from reporting.system.scratch import scratch_folder
from reporting.values import Value

NAMESPACE = "reporting-edition"
"""What a signature of OpenSSH is for, so that none made for mail or code passes for one."""

_SM2 = ("-sm3", "-sigopt", "distid:1234567812345678")
"""Digest of a signature by an SM2 key, with the name that GB/T 35276 gives to whoever signs."""

_USUAL = ("-sha256",)
_PEM_END = "-----END PUBLIC KEY-----"


class State(StrEnum):
    """What looking at a signature comes to."""

    GOOD = "good"
    UNKNOWN = "unknown"
    """Good, but by none of the signers that were named."""
    BAD = "bad"
    UNTESTED = "untested"
    """The tool, or the key, is not there."""


class Look(Value):
    """What a signature is: its state, the key, and whose that is; ``by`` as the signers have it."""

    state: State
    key: str = ""
    by: str = ""
    lacks: str = ""


def sign(data: bytes, key: str) -> bytes:
    """Sign some bytes with a key's file, or with a key that GnuPG knows by name.

    Raises
    ------
    InputRefused
        There is no such key or tool, or the tool refused; one sentence.
    """
    path = Path(key).expanduser()
    head = _head(path) if path.is_file() else ""
    if "OPENSSH PRIVATE" in head or head.startswith(("ssh-", "ecdsa-", "sk-")):
        how = ("ssh-keygen", "-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(path))
        return _made(how, data)
    if "PRIVATE KEY" in head:
        return _by_openssl(data, path)
    if path.is_file() or "/" in key:
        raise InputRefused(f"签名没有成功：{key} 不是能用的私钥文件。")
    return _made(("gpg", "--batch", "--armor", "--detach-sign", "-u", key), data)


def look(data: bytes, signature: bytes, signers: Path | None) -> Look:
    """Look at a signature.

    Parameters
    ----------
    signers : Path, optional
        Who may sign: ``allowed_signers`` of OpenSSH, or public keys of the others' kind.
        Without it OpenSSH says which key signed, GnuPG who of its own keyring.
    """
    kinds: dict[bytes, tuple[str, Callable[[Path, Path | None], Look]]] = {
        b"-----BEGIN SSH": ("ssh-keygen", _look_ssh),
        b"-----BEGIN PGP": ("gpg", _look_gpg),
    }
    found = (kind for head, kind in kinds.items() if signature.startswith(head))
    tool, own = next(found, ("openssl", _look_openssl))
    if shutil.which(tool) is None:
        return Look(state=State.UNTESTED, lacks=f"没有找到 {tool} 命令")
    with scratch_folder() as folder:
        (folder / "data").write_bytes(data)
        (folder / "sig").write_bytes(signature)
        return own(folder, signers)


def _look_ssh(folder: Path, signers: Path | None) -> Look:
    data, name = (folder / "data").read_bytes(), ("-n", NAMESPACE, "-s", str(folder / "sig"))
    done = _run(("ssh-keygen", "-Y", "check-novalidate", *name), data)
    if done.returncode:
        return Look(state=State.BAD)
    key = _words(done).rpartition(" ")[2]
    if signers is None:
        return Look(state=State.GOOD, key=key)
    allowed = ("-f", str(signers))
    who = _run(("ssh-keygen", "-Y", "find-principals", *name[2:], *allowed))
    by = who.stdout.decode(errors="replace").split("\n")[0].strip()
    known = (
        not who.returncode
        and not _run(("ssh-keygen", "-Y", "verify", "-I", by, *name, *allowed), data).returncode
    )
    return Look(state=State.GOOD if known else State.UNKNOWN, key=key, by=by if known else "")


def _look_openssl(folder: Path, signers: Path | None) -> Look:
    if signers is None:
        return Look(state=State.UNTESTED, lacks="没有给出签名人的公钥")
    blocks = signers.read_text(encoding="utf-8", errors="replace").split(_PEM_END)[:-1]
    for number, block in enumerate(blocks):
        public = folder / f"{number}.pem"
        public.write_text(block[block.find("-----BEGIN") :] + _PEM_END + "\n", encoding="utf-8")
        how = _digest_of(public, public=True)
        checked = ("openssl", "dgst", *how, "-verify", str(public), "-signature")
        if not _run((*checked, str(folder / "sig"), str(folder / "data"))).returncode:
            return Look(state=State.GOOD, key=_fingerprint(public), by=_fingerprint(public))
    # Without its key nobody can tell a signature of another from none at all.
    return Look(state=State.UNKNOWN)


def _look_gpg(folder: Path, signers: Path | None) -> Look:
    home: tuple[str, ...] = ()
    if signers is not None:
        ring = folder / "ring"
        ring.mkdir(mode=0o700)
        home = ("--homedir", str(ring), "--no-autostart")
        _run(("gpg", "--batch", *home, "--import", str(signers)))
    done = _run(
        ("gpg", "--batch", *home, "--status-fd", "1", "--verify", str(folder / "sig"),
         str(folder / "data")),
    )  # fmt: skip
    said = {
        parts[1]: " ".join(parts[2:])
        for line in done.stdout.decode(errors="replace").splitlines()
        if len(parts := line.split()) > 1
    }
    if "NO_PUBKEY" in said:
        return Look(state=State.UNKNOWN, key=said["NO_PUBKEY"])
    if done.returncode or "GOODSIG" not in said:
        return Look(state=State.BAD)
    key, _, by = said["GOODSIG"].partition(" ")
    return Look(state=State.GOOD, key=key, by=by)


def _by_openssl(data: bytes, key: Path) -> bytes:
    how = _digest_of(key, public=False)
    return _made(("openssl", "dgst", *how, "-sign", str(key)), data)


def _digest_of(key: Path, *, public: bool) -> Sequence[str]:
    """Tell what a key digests with: SM2 goes with SM3."""
    command = ("openssl", "pkey", "-in", str(key), "-noout", "-text_pub")
    told = _run((*command, "-pubin") if public else command)
    return _SM2 if b"SM2" in told.stdout else _USUAL


def _fingerprint(public: Path) -> str:
    plain = _run(("openssl", "pkey", "-pubin", "-in", str(public), "-outform", "DER"))
    return f"SHA256:{digest(plain.stdout)}"


def _head(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline(200)


def _made(command: Sequence[str], data: bytes) -> bytes:
    """Run what signs, and give what it wrote."""
    if shutil.which(command[0]) is None:
        raise InputRefused(f"签名没有成功：没有找到 {command[0]} 命令。")
    done = _run(command, data)
    if done.returncode or not done.stdout:
        raise InputRefused(f"签名没有成功：{_words(done) or command[0]}。")
    return done.stdout


def _run(command: Sequence[str], data: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(command, input=data, capture_output=True, check=False)


def _words(done: "subprocess.CompletedProcess[bytes]") -> str:
    """Give the last line that a tool said."""
    said = (done.stderr + done.stdout if done.returncode else done.stdout).decode(errors="replace")
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1] if lines else ""
