"""Every address in the description of an edition leads to its file, as archives read it."""

import json
from collections.abc import Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import requests
from rocrate.rocrate import ROCrate
from rocrate_validator.models import Severity
from rocrate_validator.services import ValidationSettings, validate
from rocrate_validator.utils.http import HttpRequester

from reporting.plan.values import AppliedCorrection, Subject
from reporting.publish.keys.hashes import FileRecord
from reporting.release.provenance import CRATE, write_crate
from reporting.release.record import file_record

CONTEXT = "https://w3id.org/ro/crate/1.2/context"
NAMES = (
    "assessment.json", "pack/manifest.json", "pack/data/tasks.csv", "pack/units/市甲局.html",
    "inputs/data/2023/task_table.txt", "inputs/data/2023/status/Q1/市甲局 更正.xlsx",
    "inputs/data/第1期#2.xlsx", "inputs/达到95%.xlsx", "inputs/a?b.xlsx",
    "inputs/[x]&'a'(1)+;=@!$,~.csv", "inputs/a:b.csv", 'inputs/x"<>^`{}|\\.csv',
    "inputs/全\u3000角.csv", "inputs/𠮷\ue000.csv", "inputs/templates/report/report.css",
)  # fmt: skip


def write_edition(folder: Path, names: Sequence[str] = NAMES) -> dict[str, Any]:
    """Write a folder of these files with its crate; returns the entities by their id."""
    records = []
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
        records.append(file_record(name, path.read_bytes()))
    correction = AppliedCorrection(
        task_id="2023-001", subject=Subject.TASK, subject_id="2023-001", field="leaders",
        label="责任领导", before="张三", after="李四", reason="人事调整", by="王 五",
        on=date(2023, 4, 20), source="data/2023/task_table.txt",
    )  # fmt: skip
    data = write_crate(
        name="通报", issuer="督查室", published=date(2023, 4, 25), number=1, version="0.1.0",
        commit="", files=records, corrections=(correction,),
    )  # fmt: skip
    (folder / CRATE).write_bytes(data)
    return {item["@id"]: item for item in json.loads(data)["@graph"]}


@pytest.mark.parametrize("name", ["市甲局 更正.xlsx", "第1期#2.xlsx", "达到95%.xlsx", "a?b.xlsx"])
def test_any_name_of_a_file_leads_to_it(name: str) -> None:
    """A space, #, % and ? are part of the name, not of an address."""
    path = f"inputs/data/2023/status/Q1/{name}"
    data = write_crate(
        name="通报", issuer="督查室", published=date(2023, 4, 25), number=1, version="0.1.0",
        commit="", files=[FileRecord(path=path, size=1, sha256="0" * 64)],
    )  # fmt: skip
    graph = json.loads(data)["@graph"]
    (file,) = [item for item in graph if item["@type"] == "File"]
    address = urlsplit(urljoin("https://archive.example/edition/", file["@id"]))
    assert (address.query, address.fragment) == ("", "")
    assert unquote(address.path) == f"/edition/{path}"
    linked = [item["hasPart"] for item in graph if "hasPart" in item]
    assert linked == [{"@id": file["@id"]}]


def test_chinese_stands_in_addresses_as_it_is_and_signs_are_encoded(tmp_path: Path) -> None:
    """Version 1.2 prefers letters of any language as they are; signs and spaces are no letters."""
    entities = write_edition(tmp_path)
    assert "inputs/data/2023/status/Q1/市甲局%20更正.xlsx" in entities
    assert "inputs/data/第1期%232.xlsx" in entities
    assert "inputs/达到95%25.xlsx" in entities
    assert "inputs/全%E3%80%80角.csv" in entities
    assert "inputs/𠮷%EE%80%80.csv" in entities


def test_own_template_is_told_from_other_inputs(tmp_path: Path) -> None:
    """It took the place of the program's, and what made the artifacts used it."""
    entities = write_edition(tmp_path)
    template = entities["inputs/templates/report/report.css"]
    assert (template["description"], template["encodingFormat"]) == (
        "生成本版所用的模板，代替软件自带的同名模板。", "text/css",
    )  # fmt: skip
    assert {"@id": template["@id"]} in entities["#publication"]["object"]


def test_archive_reads_every_file_of_the_edition(tmp_path: Path) -> None:
    """The library that archives read crates with finds each file under its address."""
    write_edition(tmp_path)
    found = {Path(str(entity.source)) for entity in ROCrate(tmp_path).data_entities}
    assert found == {tmp_path / name for name in NAMES}
    assert all(path.is_file() for path in found)


# The checker calls what its own libraries have since named otherwise.
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_edition_is_valid_by_the_checker_of_the_field(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No requirement of RO-Crate 1.2 is missed; the vocabulary comes from a package, no network."""
    write_edition(tmp_path / "edition")
    context = (resources.files("rocrate") / "data" / "ro-crate.jsonld").read_bytes()

    def get(self: HttpRequester, url: str, *args: object, **kwargs: object) -> requests.Response:
        assert url == CONTEXT
        response = requests.Response()
        response.status_code, response._content, response.url = 200, context, url
        response.headers["Content-Type"] = "application/ld+json"
        return response

    monkeypatch.setattr(HttpRequester, "get", get, raising=False)
    settings = ValidationSettings(
        rocrate_uri=str(tmp_path / "edition"), profile_identifier="ro-crate-1.2",
        requirement_severity=Severity.REQUIRED, offline=True, cache_path=tmp_path / "cache",
    )  # fmt: skip
    result = validate(settings)
    assert [issue.message for issue in result.get_issues()] == []
    assert len(result.executed_checks) > 50


def test_whole_edition_can_be_reached_from_its_root(tmp_path: Path) -> None:
    """Every entity is referred to from the root, over others if need be; none is named in vain."""
    entities = write_edition(tmp_path)
    reached, found = set[str](), {"./"}
    while found - reached:
        reached |= found
        found |= {name for one in found for name in referred(entities[one])}
    assert reached == entities.keys() - {CRATE}
    assert entities[CRATE]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert json.loads((tmp_path / CRATE).read_bytes())["@context"] == CONTEXT


def referred(entity: dict[str, Any]) -> set[str]:
    """Give the ids that an entity refers to."""
    values = [
        v for value in entity.values() for v in (value if isinstance(value, list) else [value])
    ]
    return {value["@id"] for value in values if isinstance(value, dict)}
