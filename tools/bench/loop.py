"""The loop: papermill and our own renderers, called report by report, with ordinary kernels.

``python -m tools.bench.loop CASES OUT`` reads table and returns once, as a script would,
and prints the seconds that the reports took.
"""

import json
import os
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill

from reporting.assess.slices import slice_for
from reporting.assess.subjects.named import subject_by
from reporting.assess.values import Assessment
from reporting.documents.artifacts import render
from reporting.notebook import SLICE_VARIABLE
from reporting.pipeline import assess_period
from reporting.project.params import read_params
from reporting.project.reports import CITY, LEADER, UNIT
from tools.bench.cases import Case, Cases


def main(cases_file: Path, out: Path) -> None:
    """Make every report, one after the other."""
    cases = Cases.model_validate_json(cases_file.read_bytes())
    params = read_params(cases.root, cases.year)
    city = assess_period(cases.root, params, cases.quarter)
    start = time.perf_counter()
    for case in cases.cases:
        _make(case, city, cases.formats, params.fonts, out)
    print(time.perf_counter() - start)


def _make(
    case: Case, city: Assessment, formats: tuple[str, ...], fonts: Mapping[str, Any], out: Path
) -> None:
    named = [(k, str(v)) for k, v in case.parameters.items() if k in (UNIT, LEADER)]
    by, name = named[0] if named else (CITY, "")
    sliced = slice_for(city, subject_by(city, by, name))
    ready = out / f"{case.stem}.json"
    ready.write_text(sliced.model_dump_json(), encoding="utf-8")
    os.environ[SLICE_VARIABLE] = str(ready)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        executed = papermill.execute_notebook(
            str(case.notebook), str(out / f"{case.stem}.ipynb"), dict(case.parameters),
            kernel_name="python3", progress_bar=False, cwd=str(out),
        )  # fmt: skip
    notebook = json.loads(nbformat.writes(executed))  # type: ignore[no-untyped-call]
    for suffix, data in render(notebook, formats, renderer="typst", fonts=fonts).items():
        (out / f"{case.stem}.{suffix}").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
