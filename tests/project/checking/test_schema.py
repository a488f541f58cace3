"""The schema that editors use: that of the model, and what it lets pass."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from commanding import run_command

from reporting.documents.fonts.chosen import ROLES
from reporting.project.checking.rules import FONT_ROLES
from reporting.project.checking.schema import schema, schema_text

ROOT = Path(__file__).parents[3]
FIRST = "# yaml-language-server: $schema=schema.json\n"


def faults(text: str) -> list[str]:
    """Hold a text against the schema as editors do: days are texts, names of fields as well."""
    content = json.loads(json.dumps(yaml.safe_load(text), default=str))
    found = jsonschema.Draft7Validator(schema()).iter_errors(content)
    return [".".join(map(str, one.path)) for one in found]


def own() -> str:
    return (ROOT / "params/2023.yml").read_text(encoding="utf-8")


def test_schema_in_git_is_that_of_the_model() -> None:
    """Written by ``reporting params --schema > params/schema.json``."""
    assert (ROOT / "params/schema.json").read_text(encoding="utf-8") == schema_text()
    assert run_command(ROOT, "params", "--schema").stdout == schema_text()
    jsonschema.Draft7Validator.check_schema(schema())


def test_parameters_name_their_schema_and_follow_it() -> None:
    """In their first line, beside them."""
    assert own().startswith(FIRST)
    assert faults(own()) == []


@pytest.mark.parametrize(
    "added",
    [
        "reports: [{notebook: a.ipynb, each: 专项行动, quarters: 4, formats: [pdf]}]\n",
        "reports: [{notebook: a.ipynb, each: [甲, 乙], quarters: [1, 2]}]\n",
        "changes: [{kind: cancel, from: 2023-08-15, task: x, decision: 纪要, reason: 因}]\n",
        "changes: [{kind: target, from: 2, task: x, target: 甲, was: 1.5, value: 2, "
        "decision: 纪要, reason: 因}]\n",
        "fonts: {body: [仿宋]}\n",
        "rating: {bands: [{name: 良, up_to: 5, counts_as: 达到序时进度}, "
        "{name: 差, counts_as: 严重滞后}], grades: {已完成: {name: 完成}}}\n",
        "inputs: {unit_report: [a.csv]}\n",
    ],
)
def test_what_may_be_written_is_not_marked(added: str) -> None:
    """An editor that marks what is right teaches to look away."""
    assert faults(own() + added) == []


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("renderer: typst", "renderer: latex", "renderer"),
        ("renderer: typst", "rendrer: typst", ""),
        ("formats: [html,", "formats: [htm,", "formats.0"),
        ("place: 市 ", "place: 城 ", "masthead.place"),
        ("  3: {due", "  5: {due", "calendar"),
        ("tolerance: 0", "tolerance: -1", "rating.tolerance"),
        ("year: 2023\n", "", ""),
        ("corrections: []", "corrections: [{task_id: x}]", "corrections.0"),
    ],
)
def test_what_is_wrong_is_marked(old: str, new: str, place: str) -> None:
    """Where it stands."""
    assert old in own()
    assert place in faults(own().replace(old, new, 1))


def test_every_field_is_described_in_chinese() -> None:
    """And nothing else is: the docstrings are for developers."""

    def told(part: Any) -> Iterator[str]:
        if isinstance(part, dict):
            for name, inner in part.items():
                if name == "properties":
                    yield from (field["description"] for field in inner.values())
                    assert all("title" not in field for field in inner.values())
                yield from told(inner)
        elif isinstance(part, list):
            for inner in part:
                yield from told(inner)

    words = list(told(schema()))
    assert len(words) > 60
    assert all(any("一" <= sign <= "龥" for sign in text) for text in words)


def test_faces_are_of_the_parts_that_pages_have() -> None:
    """What the parameters name is what the documents know."""
    assert FONT_ROLES == ROLES
