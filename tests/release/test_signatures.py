"""A signed edition: by the tools that are there, known by whom, and caught where it was changed."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from documents.browsing import CHROMIUM, Watched, browser, watched

from reporting.cli import main
from reporting.errors import InputRefused
from reporting.project.editions import edition_folder, edition_zip, frozen_numbers
from reporting.release.checker import check
from reporting.release.freeze import freeze
from reporting.release.integrity import check_edition
from reporting.release.prove import prove
from reporting.release.record import RECORD, SIGNATURE
from reporting.release.signatures.editions import SIGNERS, look_at, words_of
from reporting.release.signatures.programs import State, look, sign

from .conftest import LATER, PERIOD, Office
from .test_check_page import Checked, change_table_and_record
from .test_checker import run
from .test_editions import never

__all__ = ["browser", "watched"]


def needs(tool: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(tool) is None, reason=f"{tool} is not installed")


def call(*command: object, data: bytes = b"") -> bytes:
    return subprocess.run(
        list(map(str, command)), input=data, capture_output=True, check=True
    ).stdout


def ssh_key(folder: Path, name: str = "key") -> tuple[str, str]:
    """Make a key; give its file and its line of ``allowed_signers``."""
    key = folder / name
    call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", key)
    kind, public, _ = key.with_suffix(".pub").read_text(encoding="utf-8").split()
    return str(key), f"bangongshi@{name} {kind} {public}\n"


def openssl_key(folder: Path, *, curve: str) -> tuple[str, str]:
    key = folder / f"{curve}.pem"
    call("openssl", "ecparam", "-name", curve, "-genkey", "-noout", "-out", key)
    return str(key), call("openssl", "pkey", "-in", key, "-pubout").decode()


KINDS: list[Any] = [
    pytest.param(ssh_key, marks=needs("ssh-keygen"), id="OpenSSH"),
    pytest.param(
        lambda folder: openssl_key(folder, curve="prime256v1"), marks=needs("openssl"), id="OpenSSL"
    ),
    pytest.param(lambda folder: openssl_key(folder, curve="SM2"), marks=needs("openssl"), id="SM2"),
]


@pytest.mark.parametrize("make", KINDS)
def test_signature_is_known_by_whom(
    tmp_path: Path, make: Callable[[Path], tuple[str, str]]
) -> None:
    """Good by a signer who was named; not of other bytes; not by somebody else."""
    (tmp_path / "other").mkdir()
    key, line = make(tmp_path)
    _, other = make(tmp_path / "other")
    signers, strangers = tmp_path / "signers", tmp_path / "strangers"
    signers.write_text(other + line, encoding="utf-8")
    strangers.write_text(other, encoding="utf-8")
    signature = sign(b"record", key)
    good = look(b"record", signature, signers)
    assert good.state is State.GOOD
    assert good.key.startswith("SHA256:")
    stranger = look(b"record", signature, strangers)
    assert (stranger.state, stranger.by) == (State.UNKNOWN, "")
    # The file that editions carry says the same, with the tool's own words.
    files = {RECORD: b"record", SIGNATURE: signature}
    alone = tmp_path / "alone"
    alone.write_text(line, encoding="utf-8")
    holds, said = check.look_at_signature(files, str(alone))
    assert (holds, said[:5]) == (True, "签名有效：")
    wrong = "签名无效，或者签名人不在名单之中"
    assert check.look_at_signature(files, str(strangers)) == (False, wrong)
    assert check.look_at_signature(files | {RECORD: b"Record"}, str(alone)) == (False, wrong)
    assert look(b"Record", signature, signers).state in (State.BAD, State.UNKNOWN)


@needs("openssl")
def test_sm2_signs_with_sm3_as_the_standard_says(tmp_path: Path) -> None:
    """So that other programs that know GB/T 32918 and 35276 can look at it."""
    key, public = openssl_key(tmp_path, curve="SM2")
    (tmp_path / "public").write_text(public, encoding="utf-8")
    (tmp_path / "record").write_bytes(b"record")
    (tmp_path / "sig").write_bytes(sign(b"record", key))
    told = call(
        "openssl", "dgst", "-sm3", "-sigopt", "distid:1234567812345678", "-verify",
        tmp_path / "public", "-signature", tmp_path / "sig", tmp_path / "record",
    )  # fmt: skip
    assert told == b"Verified OK\n"


@needs("gpg")
def test_signature_of_gnupg_is_known_by_whom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The signer's public key is enough; whoever has none of it is told so."""
    # A socket's path may not be long.
    home = Path(tempfile.mkdtemp(prefix="g"))
    monkeypatch.setenv("GNUPGHOME", str(home))
    try:
        call(
            "gpg", "--batch", "--passphrase", "", "--quick-gen-key", "办公室 <a@b.cn>", "ed25519",
            "sign",
        )  # fmt: skip
        signers = tmp_path / "signers.asc"
        signers.write_bytes(call("gpg", "--armor", "--export", "a@b.cn"))
        signature = sign(b"record", "a@b.cn")
        good = look(b"record", signature, signers)
        assert (good.state, good.by) == (State.GOOD, "办公室 <a@b.cn>")
        assert look(b"Record", signature, signers).state is State.BAD
        strangers = tmp_path / "none.asc"
        strangers.write_text("", encoding="utf-8")
        assert look(b"record", signature, strangers).state is State.UNKNOWN
        with pytest.raises(InputRefused, match="签名没有成功："):
            sign(b"record", "nobody@b.cn")
    finally:
        subprocess.run(["gpgconf", "--kill", "all"], check=False)
        shutil.rmtree(home)


def test_key_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    """A file of something else, one that is not there."""
    (tmp_path / "key").write_text("钥匙", encoding="utf-8")
    for key in (tmp_path / "key", tmp_path / "gone/key"):
        with pytest.raises(InputRefused, match=r"^签名没有成功：.*不是能用的私钥文件。$"):
            sign(b"record", str(key))


def test_tool_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be looked at is neither good nor bad."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for signature in (b"-----BEGIN SSH SIGNATURE-----", b"-----BEGIN PGP SIGNATURE-----", b"0"):
        found = look(b"record", signature, None)
        assert found.state is State.UNTESTED
        assert words_of(found).startswith("有签名，未能核对：没有找到 ")
    key = tmp_path / "key"
    key.write_text("-----BEGIN OPENSSH PRIVATE KEY-----\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="签名没有成功：没有找到 ssh-keygen 命令。"):
        sign(b"record", str(key))


@pytest.fixture
def office(corrected: Office, tmp_path: Path) -> Office:
    """Give an office that names its signer, with a third pack that is yet to be frozen."""
    _, line = ssh_key(tmp_path)
    (corrected.root / SIGNERS).write_text(line, encoding="utf-8")
    return corrected


def freeze_signed(office: Office, key: str) -> None:
    freeze(office.root, office.params, 1, office.pack, accept="演示数据", key=key)


@needs("ssh-keygen")
def test_release_is_signed_by_one_of_those_who_may(office: Office, tmp_path: Path) -> None:
    """A stranger's key freezes nothing; the office's own does, and verify names the signer."""
    stranger, _ = ssh_key(tmp_path, "stranger")
    with pytest.raises(InputRefused, match="所用的密钥不在 editions/signers 所列的签名人之中"):
        freeze_signed(office, stranger)
    assert frozen_numbers(office.root, PERIOD) == (1, 2)
    assert not list((office.root / "editions/2023/Q1").glob(".*"))
    freeze_signed(office, str(tmp_path / "key"))
    assert check_edition(office.root, PERIOD, 3) == ()
    assert words_of(look_at(office.root, PERIOD, 3)).startswith(
        "签名有效，签名人：bangongshi@key（SHA256:"
    )
    # What was frozen before the office signed for the first time bears none, which is no fault.
    assert check_edition(office.root, PERIOD, 2) == ()
    (other,) = check_edition(office.root, PERIOD, 2, office.root / SIGNERS)
    assert other.message == "该版没有签名，无法证明由谁发布。"


def opened(folder: Path) -> Path:
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    return folder


@needs("ssh-keygen")
def test_change_of_file_and_record_is_caught(office: Office, tmp_path: Path) -> None:
    """By verify and by check.py: what nobody signed is not what was frozen, whoever vouches."""
    freeze_signed(office, str(tmp_path / "key"))
    folder = opened(edition_folder(office.root, PERIOD, 3))
    signers = office.root / SIGNERS
    code, lines = run(folder, "--signers", signers, script=folder / "check.py")
    assert code == 0
    assert any(line.startswith("签名有效：Good ") and "bangongshi@key" in line for line in lines)
    change_table_and_record(folder, with_seal=True)
    # The sums are made over as well.
    (folder.parent / "SHA256SUMS").unlink()
    assert "REL-SIGNATURE" in {f.code for f in check_edition(office.root, PERIOD, 3)}
    for given in ((), ("--signers", signers)):
        code, lines = run(folder, *given, script=folder / "check.py")
        assert (code, lines[-2]) == (1, "签名无效，或者签名人不在名单之中")
    # Without a signature there is no proof either, where there has to be one.
    (folder / SIGNATURE).unlink()
    code, lines = run(folder, "--signers", signers, script=folder / "check.py")
    assert (code, lines[-2]) == (1, "没有签名，无法证明由谁发布")


@needs("ssh-keygen")
def test_edition_signed_by_a_stranger_is_named(office: Office, tmp_path: Path) -> None:
    """The signature is good, but of somebody whom nobody named."""
    freeze_signed(office, str(tmp_path / "key"))
    folder = opened(edition_folder(office.root, PERIOD, 3))
    stranger, _ = ssh_key(tmp_path, "stranger")
    (folder / SIGNATURE).write_bytes(sign((folder / RECORD).read_bytes(), stranger))
    found = {f.code: f.message for f in check_edition(office.root, PERIOD, 3)}
    assert found["REL-SIGNER"].startswith("签名人不在名单之中（SHA256:")
    assert not prove(office.root, PERIOD, 3, never).holds
    code, lines = run(folder, "--signers", office.root / SIGNERS, script=folder / "check.py")
    assert (code, lines[-2]) == (1, "签名无效，或者签名人不在名单之中")


@needs("ssh-keygen")
def test_unsigned_edition_after_a_signed_one_is_named(office: Office, tmp_path: Path) -> None:
    """Taking the signature off is no way out."""
    freeze_signed(office, str(tmp_path / "key"))
    office.correct("再次更正。")
    office.report(day=LATER)
    office.freeze()
    assert [f.code for f in check_edition(office.root, PERIOD, 4)] == ["REL-UNSIGNED"]


@needs("ssh-keygen")
def test_commands_say_who_signed(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """At release and at verify; without the office's list the key's fingerprint is told."""
    monkeypatch.chdir(office.root)
    monkeypatch.setattr("reporting.release.remake.remaker", lambda jobs: None)
    key = str(tmp_path / "key")
    signed = ["release", "--quarter", "1", "--accept", "演示数据", "--sign", key, "--zip"]
    verify = ["verify", "--quarter", "1", "--integrity"]
    said = []
    for words in (signed, verify):
        monkeypatch.setattr(sys, "argv", ["reporting", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert not ended.value.code
        said.append(capsys.readouterr().out)
    assert "签名：签名有效，签名人：bangongshi@key（SHA256:" in said[0]
    archive = edition_zip(office.root, PERIOD, 3)
    assert said[0].endswith(f"压缩包：{archive}\n")
    assert archive.is_file()
    assert said[1].startswith("2023年第一季度第3版：签名有效，签名人：bangongshi@key（SHA256:")
    (office.root / SIGNERS).unlink()
    with pytest.raises(SystemExit):
        main()
    assert "签名有效，公钥指纹：SHA256:" in capsys.readouterr().out


@needs("ssh-keygen")
@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_page_checks_the_signature(office: Office, tmp_path: Path, watched: Watched) -> None:
    """Whose key it is, another than the published one, and a record that nobody signed."""
    freeze_signed(office, str(tmp_path / "key"))
    folder = opened(edition_folder(office.root, PERIOD, 3))
    found = look_at(office.root, PERIOD, 3)
    assert found is not None
    checked = Checked(watched, folder)
    checked.choose(folder)
    assert checked.lines("faults") == []
    assert f"签名有效，公钥指纹：{found.key}（请与公布的指纹比对）。" in checked.lines("facts")
    for typed, faults in (
        (found.key, []),
        ("SHA256:x", [f"签名人不是公布的：公布的指纹为 SHA256:x，实为 {found.key}"]),
    ):
        checked.page.locator("#key").fill(typed)
        checked.page.keyboard.press("Tab")
        checked.wait()
        assert checked.lines("faults") == faults
    checked.page.locator("#key").fill("")
    change_table_and_record(folder, with_seal=True)
    checked.choose(folder)
    assert checked.lines("faults") == ["签名与版本记录不符：版本记录或者签名被改动"]
    (folder / SIGNATURE).unlink()
    checked.choose(folder)
    assert checked.lines("faults") == []
    assert "没有签名。" in checked.lines("facts")
    assert json.loads((folder / RECORD).read_bytes())["number"] == 3
