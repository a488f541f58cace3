"""A small city of two units and three tasks; the real table with its demonstration returns."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import nbformat
import papermill
import pytest
from assess.rating_samples import OTHER, UNIT, milestone, plan, rated, returns, row, target, task
from documents.browsing import browser, watched  # noqa: F401 - fixtures

from exhibits.cells import shown_by
from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.documents.blocks import BLOCKS
from reporting.documents.exhibit import EXHIBIT_MEDIA
from reporting.documents.html.page import render_html
from reporting.documents.remembered import figures_of
from reporting.documents.slides.values import DECK_MEDIA, Deck
from reporting.documents.typst.pdf import render_pdf
from reporting.grades import Grade
from reporting.notebook import SLICE_VARIABLE
from reporting.plan.values import SupportingUnit
from reporting.returns.values import Returns

ROOT = Path(__file__).parents[2]
SECRET = "密级文字甲乙丙推进缓慢。"


@pytest.fixture(scope="session")
def city() -> Assessment:
    tasks = [
        task(1),
        task(2, units=(UNIT, OTHER)),
        task(3, units=(OTHER,), leaders=(), supporting_units=(SupportingUnit(unit=UNIT),)),
    ]
    milestones = [milestone(n, q, (q,)) for n in (1, 2, 3) for q in (1, 2, 3, 4)]
    targets = [
        target(
            str(100 * q),
            target_id=f"2023-001-T{q:02d}",
            milestone_id=f"2023-001-{q:02d}",
            quarter=q,
        )
        for q in (1, 2, 3, 4)
    ]
    return rated(plan(tasks, milestones, targets), *(_quarter(q) for q in (1, 2, 3)))


def _quarter(quarter: int) -> Returns:
    rows = [
        row(
            quarter=quarter,
            milestone_id=f"2023-001-{quarter:02d}",
            actuals={f"2023-001-T{quarter:02d}": str(90 * quarter)},
            problem="用地不足。",
            cause="指标紧。",
            next_step="加快报批。",
            due_date=date(2023, 11, 30),
        ),
        row(
            Grade.DONE, "已完成。=1+1", quarter=quarter, task_id="2023-002",
            milestone_id=f"2023-002-{quarter:02d}",
        ),
    ]  # fmt: skip
    if quarter == 2:
        return returns(rows, quarter=quarter, missing=[OTHER])
    slow = row(
        Grade.BEHIND, SECRET, unit=OTHER, quarter=quarter, task_id="2023-002",
        milestone_id=f"2023-002-{quarter:02d}", coordination="请求协调用地。",
    )  # fmt: skip
    return returns([*rows, slow], quarter=quarter)


@pytest.fixture(scope="session")
def unit_slice(city: Assessment) -> Assessment:
    return slice_for(city, Subject(kind=SubjectKind.UNIT, name=UNIT))


@pytest.fixture(scope="session")
def leader_slice(city: Assessment) -> Assessment:
    return slice_for(city, Subject(kind=SubjectKind.LEADER, name="张三"))


class Run(Protocol):
    """Run a notebook by name on a slice, with parameters; gives the executed notebook."""

    def __call__(
        self, name: str, assessment: Assessment, given: dict[str, Any]
    ) -> dict[str, Any]: ...


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run notebooks by plain papermill, from a folder that is not the project's."""
    folder = tmp_path_factory.mktemp("run")

    def run_one(name: str, assessment: Assessment, given: dict[str, Any]) -> dict[str, Any]:
        ready = folder / "slice.json"
        ready.write_text(assessment.model_dump_json(), encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(SLICE_VARIABLE, str(ready))
            done = papermill.execute_notebook(
                ROOT / "notebooks" / f"{name}.ipynb",
                folder / f"{Path(name).name}.ipynb",
                parameters={"year": 2023, "quarter": 3, **given},
                progress_bar=False,
                cwd=str(folder),
            )
        executed = json.loads(nbformat.writes(done))  # type: ignore[no-untyped-call]
        assert isinstance(executed, dict)
        return executed

    return run_one


@pytest.fixture(scope="session")
def run_here(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the cells of a notebook in this process, which takes no kernel's time to start."""
    ready = tmp_path_factory.mktemp("here") / "slice.json"

    drawn: dict[str, Any] = {}

    def run_one(name: str, assessment: Assessment, given: dict[str, Any]) -> dict[str, Any]:
        ready.write_text(assessment.model_dump_json(), encoding="utf-8")
        book = json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
        space: dict[str, Any] = {}
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(SLICE_VARIABLE, str(ready))
            # As in publishing, a chart of the same values is drawn once, whoever's reports have it.
            patch.setattr("reporting.documents.remembered._earlier", lambda _: drawn)
            for cell in book["cells"]:
                if cell["cell_type"] == "code":
                    cell["outputs"] = _outputs("".join(cell["source"]), space)
                if "parameters" in cell["metadata"].get("tags", ()):
                    space.update({"quarter": assessment.quarter, **given})
        assert isinstance(book, dict)
        drawn.update(figures_of(book))
        return book

    return run_one


def _outputs(source: str, space: dict[str, Any]) -> list[dict[str, Any]]:
    shown = shown_by(source, space)
    if shown is None:
        return []
    if isinstance(shown, Deck):
        data = {DECK_MEDIA: shown.model_dump(mode="json")}
        return [{"output_type": "execute_result", "metadata": {}, "data": data}]
    # The other faces of an exhibit are made from the same blocks.
    data = {EXHIBIT_MEDIA: {"blocks": BLOCKS.dump_python(shown.blocks, mode="json")}}
    return [{"output_type": "execute_result", "metadata": {}, "data": data}]


class RealBook(Protocol):
    """Give an executed report of the real table: the city's, a leader's or a unit's."""

    def __call__(self, subject: Subject, quarter: int = 3) -> dict[str, Any]: ...


@pytest.fixture(scope="session")
def real_book(run_here: Run, real_years: dict[int, Assessment]) -> RealBook:
    """Run each report of the real table once for all tests, which only read it."""
    kept: dict[tuple[Subject, int], dict[str, Any]] = {}

    def book(subject: Subject, quarter: int = 3) -> dict[str, Any]:
        if (subject, quarter) not in kept:
            city, kind = real_years[quarter], subject.kind.value
            kept[subject, quarter] = (
                run_here("briefing_pack", city, {})
                if subject.kind.is_whole
                else run_here(f"{kind}_report", slice_for(city, subject), {kind: subject.name})
            )
        return kept[subject, quarter]

    return book


@pytest.fixture(scope="session")
def real_pack(real_book: RealBook, real_city: Assessment) -> dict[str, Any]:
    """Run the city pack of the third quarter."""
    return real_book(real_city.subject)


@pytest.fixture(scope="session")
def real_html(real_pack: dict[str, Any]) -> bytes:
    """Render the city pack as a page."""
    return render_html(real_pack)


@pytest.fixture(scope="session")
def real_pdf(real_pack: dict[str, Any]) -> bytes:
    """Render the city pack on paper."""
    return render_pdf(real_pack)
