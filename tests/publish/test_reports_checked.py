"""A finished report is checked: whole, without errors, and of its own unit and quarter."""

import json
from typing import Any

import pytest
from documents.sample import sample_notebook

from reporting.documents.artifacts import check_artifact, check_document, render
from reporting.errors import PublishError


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    content = json.loads(json.dumps(sample_notebook()))
    assert isinstance(content, dict)
    return content


@pytest.mark.parametrize(
    ("name", "period_label", "sentence"),
    [
        ("市水务局", "2023年第三季度", "应写明单位或责任领导“市水务局”，未找到"),
        ("市商务局", "2023年第二季度", "应写明季度“2023年第二季度”，未找到"),
    ],
)
def test_report_of_another_is_refused(
    notebook: dict[str, Any], name: str, period_label: str, sentence: str
) -> None:
    check_document(notebook, name="市商务局", period_label="2023年第三季度")
    with pytest.raises(PublishError, match=sentence):
        check_document(notebook, name=name, period_label=period_label)


def test_report_with_an_error_is_refused(notebook: dict[str, Any]) -> None:
    """An error that a cell was allowed to raise is still no report."""
    error = {"output_type": "error", "ename": "ValueError", "evalue": "x", "traceback": []}
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": [error]}
    broken = {**notebook, "cells": [*notebook["cells"], cell]}
    with pytest.raises(PublishError, match="ValueError"):
        check_document(broken, name="市商务局", period_label="2023年第三季度")


@pytest.mark.parametrize(
    ("suffix", "data"),
    [("pdf", b""), ("pdf", b"%PDF-1.7"), ("html", b"x" * 5000), ("docx", b"%PDF-" + b"0" * 5000)],
)
def test_broken_file_is_refused(suffix: str, data: bytes) -> None:
    with pytest.raises(PublishError, match=f"生成的 {suffix} 文件不完整"):
        check_artifact(suffix, data, name="市商务局", period_label="2023年第三季度")


def test_page_of_another_is_refused(notebook: dict[str, Any]) -> None:
    page = render(notebook, ("html",), renderer="typst", fonts={})["html"]
    check_artifact("html", page, name="市商务局", period_label="2023年第三季度")
    with pytest.raises(PublishError, match="网页中应写明“市水务局”"):
        check_artifact("html", page, name="市水务局", period_label="2023年第三季度")
