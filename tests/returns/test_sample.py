"""The demonstration returns: marked, repeatable, plausible, and read without loss."""

import io
import itertools
import re
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.grades import USUAL_SCALE, Grade
from reporting.language.causes import Matter, matters
from reporting.language.comparators import Comparator
from reporting.language.numerals import figure
from reporting.plan.figures.series import series_keys
from reporting.plan.read import read_plan
from reporting.plan.values import Basis, Plan, Target
from reporting.project.decisions import read_decisions
from reporting.project.params import read_params
from reporting.project.receipts import read_receipts
from reporting.project.roots import find_root
from reporting.returns.layout import COLUMNS, SAMPLE_MARK, asked
from reporting.returns.promises.values import Outcome
from reporting.returns.reading.read import read_returns
from reporting.returns.series import last_values
from reporting.returns.values import ProgressRow, Return, Returns
from reporting.workbooks.book import open_book
from reporting.workbooks.cells import Sheet
from reporting.workbooks.columns import FIRST_ROW
from tools.sample.answers import Sampler, roll, sample_quarter
from tools.sample.books import write_samples
from tools.sample.texts import Told, phrases, progress_text

from .accounts import accounted_cells
from .toy import PARAMS, PLAN


def test_samples_are_the_same_bytes_on_every_run(tmp_path: Path) -> None:
    """Two runs in two folders give the same files."""
    one = write_samples(tmp_path / "a", PLAN, PARAMS)
    two = write_samples(tmp_path / "b", PLAN, PARAMS)
    names = [path.relative_to(tmp_path / "a") for path in one]
    assert names == [path.relative_to(tmp_path / "b") for path in two]
    assert len(names) == 6
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert read_receipts(tmp_path / "a", 2023) == read_receipts(tmp_path / "b", 2023)


def test_samples_say_that_they_are_samples(tmp_path: Path) -> None:
    """The mark stands on each visible sheet, in the properties, and in the reading."""
    path = write_samples(tmp_path, PLAN, PARAMS)[0]
    book = load_workbook(io.BytesIO(path.read_bytes()))
    for name in ("填报说明", "进展", "指标"):
        values = [str(cell.value) for row in book[name].iter_rows(max_row=3) for cell in row]
        assert any(SAMPLE_MARK in value for value in values)
    assert SAMPLE_MARK in book.properties.title
    assert book.properties.keywords == SAMPLE_MARK
    assert read_returns(tmp_path, PARAMS, PLAN, 1).is_sample


def test_phrases_are_the_plans_own_words() -> None:
    """A phrase is cut from the text, without numbering and without half a bracket."""
    text = "1.推动企业（含园区、镇街的）申报“灯塔工厂”；力争认定20家。"
    assert phrases(text) == ["推动企业（含园区、镇街的）申报“灯塔工厂”", "认定20家"]


def test_progress_opens_with_its_status() -> None:
    """Each grade has an opening that says it, and the plan's words follow."""
    for grade in USUAL_SCALE.claimed:
        told = Told(
            grade=grade, text="推动企业上市。", figures=("“上市”实际为2家",),
            partners=("市财政局",), year=2023, quarter=3,
        )  # fmt: skip
        text = progress_text(told, "a")
        assert "推动企业上市" in text
        assert "截至9月底，“上市”实际为2家。" in text
        assert text.endswith("。")


@pytest.fixture(scope="module")
def root() -> Path:
    return find_root(Path(__file__).parent)


@pytest.fixture(scope="module")
def plan(root: Path) -> Plan:
    return read_plan(root, read_params(root, 2023))


@pytest.fixture(scope="module")
def targets(plan: Plan) -> dict[str, Target]:
    return {target.target_id: target for target in plan.targets}


@pytest.fixture(scope="module")
def samples(root: Path, plan: Plan) -> list[Returns]:
    """Return the demonstration returns of the real plan, as they ship with the project."""
    params = read_params(root, 2023)
    found: list[Returns] = []
    for quarter in (1, 2, 3, 4):
        found.append(read_returns(root, params, plan, quarter, previous=tuple(found)))
    return found


def test_shipped_samples_hold_a_plausible_mixture(samples: list[Returns]) -> None:
    """Every grade occurs, most work is on schedule, more is done from quarter to quarter."""
    shares = []
    for returns in samples:
        assert returns.is_sample
        counts = Counter(row.self_rating for row in returns.rows if row.progress)
        assert set(counts) == set(USUAL_SCALE.claimed)
        assert 0.3 < counts[Grade.ON_SCHEDULE] / len(returns.rows) < 0.75
        shares.append(counts[Grade.DONE] / len(returns.rows))
        assert len(returns.missing) == 2
    assert shares[0] < shares[3]


_INTENDED: dict[int, dict[str, int]] = {
    1: {"RET-CAUSE": 9, "RET-RATING-FIGURES": 3},
    2: {
        "RET-CAUSE": 6, "RET-RATING-FIGURES": 3, "RET-DECIDED": 1, "RET-PROMISE-PUT-OFF": 5,
        "RET-TEXT-STALE": 1, "RET-TEXT-FIGURES": 1,
    },
    3: {
        "RET-CAUSE": 2, "RET-RATING-FIGURES": 2, "RET-ACTUAL-UNIT": 1, "RET-PROMISE-PUT-OFF": 8,
        "RET-TEXT-STALE": 2, "RET-EMPTY": 2,
    },
    4: {
        "RET-CAUSE": 2, "RET-RATING-FIGURES": 1, "RET-ACTUAL-UNIT": 1, "RET-PROMISE-PUT-OFF": 10,
        "RET-TEXT-FIGURES": 1,
    },
}  # fmt: skip
"""What the demonstration shows of faults beside returns that are late or missing.

Causes left out, grades that figures contradict, 元 for 亿元 (once the office has decided), steps
to be put off, texts that stayed the same or changed in their digits alone, and a unit that filled
in only the first half of its rows.
"""


def test_shipped_samples_have_the_findings_that_are_intended(samples: list[Returns]) -> None:
    """Each quarter has so many of each kind, and nothing else is found."""
    for returns in samples:
        codes = Counter(f.code for f in returns.all_findings)
        assert codes.pop("RET-LATE-RECEIVED") in (2, 3)
        assert codes.pop("RET-MISSING") == 2
        # Two units report on one task together, and differ.
        assert codes.pop("RET-LEAD-DIFFERS") == 2
        assert codes == _INTENDED[returns.quarter], returns.quarter


def test_progress_of_the_shipped_samples_is_told_in_sentences(samples: list[Returns]) -> None:
    """A row says three things at least, and few rows of a quarter say the same in any of them."""
    for returns in samples:
        texts = [row.progress for row in returns.rows if row.progress]
        assert all(text.count("。") >= 3 and text.endswith("。") for text in texts)
        # The plan's words, the figures and the parts of the work are a row's own.
        told = Counter(sentence for text in texts for sentence in text.split("。")[1:-2])
        assert max(told.values()) < len(texts) / 20, told.most_common(3)


def test_causes_of_the_shipped_samples_are_of_every_matter(samples: list[Returns]) -> None:
    """Each matter that the lexicon knows stands in the way of something in the year."""
    causes = {row.cause for returns in samples for row in returns.rows if row.cause}
    assert {matter for cause in causes for matter in matters(cause)} == set(Matter)


def test_promised_steps_of_the_samples_are_answered(samples: list[Returns]) -> None:
    """Most were taken in time; some were not, some are to be put off, few are dropped."""
    for returns in samples[1:]:
        said = Counter(answer.outcome for item in returns.returns for answer in item.answers)
        assert set(said) == set(Outcome), returns.quarter
        assert said[Outcome.DONE] > sum(said.values()) / 2
        assert all(answer.note for item in returns.returns for answer in item.answers)


def test_receipts_and_decisions_of_the_samples_are_of_the_returns_that_ship(
    samples: list[Returns], root: Path
) -> None:
    """Each return is registered once by what it holds; the one decision is marked and applied."""
    receipts = [(r.quarter, r.file, r.digest, r.received_on) for r in read_receipts(root, 2023)]
    items = [item for returns in samples for item in returns.returns]
    assert receipts == sorted((i.quarter, i.file, i.sha256, i.reported_on) for i in items)
    (decision,) = read_decisions(root, read_params(root, 2023))
    assert decision.reason.startswith(SAMPLE_MARK)
    found = [(r.quarter, f) for r in samples for f in r.all_findings if f.code == "RET-DECIDED"]
    assert [(q, f.unit) for q, f in found] == [(decision.quarter, decision.unit)]


def test_one_return_comes_again_with_one_figure_set_right(
    root: Path, plan: Plan, tmp_path: Path
) -> None:
    """It names the return that it corrects, changes one row, and is not late by its later day."""
    params = read_params(root, 2023)
    shutil.copytree(root / "data/2023", tmp_path / "data/2023")
    (again,) = (root / "data/2023/更正示例/Q3").iterdir()
    before = _return_of(read_returns(tmp_path, params, plan, 3), again.stem)
    shutil.copy(again, tmp_path / "data/2023/status/Q3" / again.name)
    after = _return_of(read_returns(tmp_path, params, plan, 3), again.stem)
    assert (after.corrects, after.round) == (before.sha256, 2)
    pairs = [pair for pair in zip(before.rows, after.rows, strict=True) if _said(*pair)]
    assert [(old.self_rating, new.self_rating) for old, new in pairs] == [
        (Grade.BEHIND, Grade.ON_SCHEDULE)
    ]
    ((old, new),) = pairs
    assert len(old.actuals) == 1
    assert old.actuals[0].value != new.actuals[0].value
    assert (
        max(row.reported_on for row in after.rows if row.reported_on) > params.calendar[3].publish
    )
    assert not [f for f in after.findings if f.code.startswith("RET-LATE")]


def _return_of(returns: Returns, unit: str) -> Return:
    return next(item for item in returns.returns if item.unit == unit)


def _said(old: ProgressRow, new: ProgressRow) -> bool:
    """Tell whether a row says anything else, its day aside."""
    aside = {"reported_on": None}
    return old.model_copy(update=aside) != new.model_copy(update=aside)


def test_figures_of_the_shipped_samples_can_be(
    samples: list[Returns], targets: dict[str, Target]
) -> None:
    """Figures stay near the plan, under its limits, whole where things are counted."""
    for returns in samples:
        for row in returns.rows:
            keeps = row.self_rating in (Grade.DONE, Grade.ON_SCHEDULE)
            for actual in row.actuals:
                target, value = targets[actual.target_id], actual.value
                if value is None:
                    continue
                assert 0 <= value <= (target.value_high or target.value) * Decimal("1.3"), actual
                assert target.unit != "%" or value <= 100
                assert target.unit not in "家个场条项宗期名座栋支片" or value % 1 == 0
                if target.comparator is Comparator.AT_MOST and (keeps or target.unit != "%"):
                    assert target.is_met(value), actual
                if row.self_rating == Grade.DONE and target.quarter == returns.quarter:
                    assert target.is_met(value), actual


def test_texts_of_the_shipped_samples_fit_their_figures(samples: list[Returns]) -> None:
    """What a progress text says of a figure is the figure given."""
    told = re.compile(r"”(?:实际为|为|达)(-?[\d.]+)")
    for returns in samples:
        wrong = {f.cell for f in returns.all_findings if f.code == "RET-ACTUAL-UNIT"}
        for row in returns.rows:
            values = {figure(a.value) for a in row.actuals if a.value is not None}
            if not wrong & {a.cell for a in row.actuals}:
                assert set(told.findall(row.progress)) <= values, row.milestone_id
            assert not re.search(r"已.{0,20}(?:不少于|力争)", row.progress), row.progress


def test_no_filled_cell_of_the_shipped_samples_is_lost(samples: list[Returns], root: Path) -> None:
    """Every cell of every return stands in a row or in a finding."""
    for returns in samples:
        for item in returns.returns:
            book = open_book((root / item.file).read_bytes())
            filled = {
                (sheet.name, *place)
                for sheet in book.sheets
                for place in sheet.cells
                if sheet.name in COLUMNS and _is_filled(sheet, *place)
            }
            assert filled
            assert filled - accounted_cells(item) == set()


def _is_filled(sheet: Sheet, row: int, column: int) -> bool:
    """Tell by the column's head whether the unit fills it; one without a head is its own."""
    head = sheet.cells.get((FIRST_ROW - 1, column))
    label = head.value.removesuffix(" *") if head else ""
    locked = {spec.label for spec in COLUMNS[sheet.name] if not spec.fill}
    return row >= FIRST_ROW and label not in locked


def test_figures_of_a_series_never_fall(samples: list[Returns], plan: Plan) -> None:
    """Cumulative figures of the samples go on from quarter to quarter."""
    keys = series_keys(plan)
    bases = {target.target_id: target.basis for target in plan.targets}
    for before, after in itertools.pairwise(samples):
        for unit in plan.lead_units:
            last = last_values(keys, (r for r in before.rows if r.unit == unit))
            for row in (r for r in after.rows if r.unit == unit):
                for actual in row.actuals:
                    earlier = last.get(keys[actual.target_id])
                    if earlier and actual.value and bases[actual.target_id] is Basis.CUMULATIVE:
                        assert actual.value >= earlier[1], actual.target_id


def test_small_unit_is_missing_and_none_is_both() -> None:
    """Units are late or missing, never both, and only where there are enough of them."""
    for quarter in (1, 2, 3, 4):
        chosen = roll(PLAN, quarter)
        assert not chosen.late & chosen.missing
        assert not chosen.missing
    sampler = Sampler(PLAN, PARAMS)
    sent = list(sample_quarter(sampler, PLAN, 3))
    assert [unit for unit, _, sends in sent if sends] == list(PLAN.lead_units)
    assert len(sent[0][1].rows) == len(asked(PLAN, PLAN.lead_units[0], 3).rows)
