"""Every address in the description of an edition leads to its file."""

import json
from datetime import date
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from reporting.publish.keys.hashes import FileRecord
from reporting.release.provenance import write_crate


@pytest.mark.parametrize("name", ["市甲局 更正.xlsx", "第1期#2.xlsx", "达到95%.xlsx", "a?b.xlsx"])
def test_any_name_of_a_file_leads_to_it(name: str) -> None:
    """A space, #, % and ? are part of the name, not of an address."""
    path = f"inputs/data/2023/status/Q1/{name}"
    data = write_crate(
        name="通报", issuer="督查室", published=date(2023, 4, 25), number=1, version="0.1.0",
        files=[FileRecord(path=path, size=1, sha256="0" * 64)],
    )  # fmt: skip
    graph = json.loads(data)["@graph"]
    (file,) = [item for item in graph if item["@type"] == "File"]
    address = urlsplit(urljoin("https://archive.example/edition/", file["@id"]))
    assert (address.query, address.fragment) == ("", "")
    assert unquote(address.path) == f"/edition/{path}"
    linked = [item["hasPart"] for item in graph if "hasPart" in item]
    assert linked == [[{"@id": file["@id"]}]]
