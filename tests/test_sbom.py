"""The list of what the package needs: the lock's packages, the same bytes always, no address."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from reporting import __version__
from tools import sbom

LOCK = """alpha==1.2 ; sys_platform == 'win32' \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via beta
beta==3.0.1 \\
    --hash=sha256:{c}
    # via
    #   alpha
    #   reporting (pyproject.toml)
""".format(a="a" * 64, b="b" * 64, c="c" * 64)


def listed(text: str) -> dict[str, Any]:
    content = json.loads(text)
    assert isinstance(content, dict)
    return content


def test_packages_of_a_lock_are_listed() -> None:
    """Each with its files' digests, where it is installed only, and what it is needed by."""
    content = listed(sbom.make_sbom(sbom.read_lock(LOCK), "9.9"))
    alpha, beta = content["components"]
    assert (alpha["purl"], beta["purl"]) == ("pkg:pypi/alpha@1.2", "pkg:pypi/beta@3.0.1")
    (files,) = alpha["externalReferences"]
    assert [one["content"] for one in files["hashes"]] == ["a" * 64, "b" * 64]
    assert {one["alg"] for one in files["hashes"]} == {"SHA-256"}
    (marker,) = alpha["properties"]
    assert marker == {"name": "reporting:marker", "value": 'sys_platform == "win32"'}
    assert "properties" not in beta
    assert {one["ref"]: one.get("dependsOn", []) for one in content["dependencies"]} == {
        "reporting@9.9": ["beta@3.0.1"], "alpha@1.2": ["beta@3.0.1"], "beta@3.0.1": ["alpha@1.2"],
    }  # fmt: skip


def test_list_of_the_lock_is_whole_and_always_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All pins, no time, no number of chance, no index and no folder of this computer."""
    for name in ("one", "two"):
        sbom.main(["--out", str(tmp_path / name)])
    text = (tmp_path / "one").read_text(encoding="utf-8")
    assert text == (tmp_path / "two").read_text(encoding="utf-8")
    content = listed(text)
    lock = (sbom.ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==(\S+)", lock, re.MULTILINE)
    found = [(one["name"], one["version"]) for one in content["components"]]
    assert sorted(found) == sorted(pins)
    hashes = [
        h for c in content["components"] for r in c["externalReferences"] for h in r["hashes"]
    ]
    assert len(hashes) == lock.count("--hash=sha256:")
    assert {"serialNumber", "timestamp"} & {*content, *content["metadata"]} == set()
    assert content["metadata"]["component"]["version"] == __version__
    addresses = {
        one for one in re.findall(r"https?://[^\"]*", text) if "cyclonedx" not in one.lower()
    }
    assert addresses == set()
    assert "file:" not in text
    assert str(sbom.ROOT) not in text
    assert capsys.readouterr().out.endswith(f"two: reporting {__version__}, {len(pins)} packages\n")


def test_every_package_is_needed_by_one() -> None:
    """The graph of the lock is whole: from the package each of the others is reached."""
    lock = (sbom.ROOT / "requirements.lock").read_text(encoding="utf-8")
    content = listed(sbom.make_sbom(sbom.read_lock(lock)))
    needs = {one["ref"]: one.get("dependsOn", []) for one in content["dependencies"]}
    reached, rest = set[str](), [f"reporting@{__version__}"]
    while rest:
        one = rest.pop()
        if one not in reached:
            reached.add(one)
            rest += needs[one]
    assert reached == {one["bom-ref"] for one in content["components"]} | {
        f"reporting@{__version__}"
    }


def test_list_is_what_the_field_asks_for() -> None:
    """The schema of CycloneDX 1.6 finds nothing, and would find something; one file a package."""
    lock = (sbom.ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = (pin.model_copy(update={"hashes": pin.hashes[:1]}) for pin in sbom.read_lock(lock))
    text = sbom.make_sbom(pins)
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(text) is None
    assert validator.validate_str(text.replace('"library"', '"book"', 1)) is not None
