"""Every figure of the city pack is one that the CSV files give, counted by other means."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import pypdfium2  # type: ignore[import-untyped]
import pytest
from bs4 import BeautifulSoup, Tag

from reporting.assess.slices import slice_for
from reporting.assess.values import Assessment, Subject, SubjectKind
from reporting.publish.pack.tables import write_tables

Record = dict[str, str]

GRADES = (
    "已完成", "达到序时进度", "未达序时进度", "严重滞后",
    "未启动", "暂缓或调整", "未报送", "无法判定",
)  # fmt: skip
GOOD = {"已完成", "达到序时进度"}
WORST = (
    "严重滞后", "未启动", "未达序时进度", "未报送",
    "无法判定", "暂缓或调整", "达到序时进度", "已完成",
)  # fmt: skip
APART = "本季度无到期事项"
SHORT = {
    "达到序时": "达到序时进度", "未达序时": "未达序时进度", "暂缓调整": "暂缓或调整",
    "无到期项": APART,
}  # fmt: skip
FIGURES = re.compile(
    r"计划(?:超过|不多于)?(?P<plan>[\d.]+)(?:%?—(?P<high>[\d.]+))?(?P<unit>[^\d，。；“”（）]*?)，"
    r"实际(?P<actual>[\d.]+)(?P=unit)"
    r"(?:，完成率(?P<rate>[\d.]+)%)?(?:，差(?P<gap>[\d.]+)个百分点)?"
)


def records(assessment: Assessment, name: str) -> list[Record]:
    return list(csv.DictReader(io.StringIO(write_tables(assessment)[f"{name}.csv"].decode())))


def counted(record: Record) -> str:
    """Tell under which word a task is counted."""
    return APART if record["nothing_due"] else record["grade"]


@pytest.fixture(scope="module")
def tasks(real_city: Assessment) -> list[Record]:
    return records(real_city, "tasks")


@pytest.fixture(scope="module")
def labels(tasks: list[Record]) -> dict[str, str]:
    return {r["task_id"]: r["label"] for r in tasks}


@pytest.fixture(scope="module")
def targets(real_city: Assessment) -> list[Record]:
    """Take the targets that were due and rated."""
    return [r for r in records(real_city, "targets") if r["grade"]]


@pytest.fixture(scope="module")
def page(real_html: bytes) -> BeautifulSoup:
    return BeautifulSoup(real_html.decode(), "lxml")


@pytest.fixture(scope="module")
def paper(real_pdf: bytes) -> str:
    """Take the words of the PDF, without white space."""
    with pypdfium2.PdfDocument(real_pdf) as pdf:
        texts = [pdf[n].get_textpage().get_text_range() for n in range(len(pdf))]
    return re.sub(r"\s", "", "".join(texts))


@pytest.fixture(scope="module", params=["html", "pdf"])
def said(request: pytest.FixtureRequest, page: BeautifulSoup) -> str:
    """Take the words of each face, without white space."""
    if request.param == "pdf":
        return str(request.getfixturevalue("paper"))
    main = page.find("main")
    assert isinstance(main, Tag)
    return re.sub(r"\s", "", main.get_text())


def table(page: BeautifulSoup, caption: str) -> tuple[list[str], list[list[str]]]:
    """Read labels and cells of a table; a line break in a cell becomes a space."""
    for found in page.find_all("table"):
        if found.caption and found.caption.get_text(strip=True).startswith(caption):
            head, *rows = (
                [c.get_text(" ", strip=True) for c in r.find_all(["td", "th"])]
                for r in found.find_all("tr")
            )
            return head, rows
    raise AssertionError(f"no table {caption}")


def word(cell: str) -> str:
    """Take the word of the first grade in a cell, without its shape."""
    return min((g for g in GRADES if g in cell), key=cell.index)


def half_up(value: Decimal, places: int = 1) -> str:
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def share(part: int, whole: int) -> str:
    return f"{half_up(Decimal(100 * part) / whole)}%"


def gap_words(value: str) -> str:
    """Write a gap to one place, or to two where one would hide what is left of it."""
    exact = Decimal(value)
    short = half_up(exact)
    return half_up(exact, 2) if short.endswith(".0") and Decimal(short) != exact else short


def test_counts_and_shares(tasks: list[Record], page: BeautifulSoup, said: str) -> None:
    """Counts, shares and changes, in the table and in the sentences."""
    now, before = Counter(map(counted, tasks)), Counter(r["previous"] for r in tasks)
    due = 188 - now[APART]
    _, rows = table(page, "任务核定结果")
    for row, grade in zip(rows, [g for g in GRADES if now[g] or before[g]], strict=False):
        change = now[grade] - before[grade]
        assert word(row[0]) == grade
        assert row[1:] == [
            str(now[grade]), share(now[grade], due), str(before[grade]),
            f"{change:+d}" if change else "0",
        ]  # fmt: skip
    apart = str(now[APART])
    assert rows[-3:] == [
        ["小计", str(due), "100.0%", "188", f"-{apart}"],
        [APART, apart, "—", "0", f"+{apart}"],
        ["合计", "188", "—", "188", "0"],
    ]
    assert f"其中属“{APART}”的{apart}项" in said
    for grade in GRADES:
        if now[grade]:
            assert f"“{grade}”{now[grade]}项" in said
    good, earlier = (sum(c[g] for g in GOOD) for c in (now, before))
    assert f"达序{good}项（" in said
    assert f"），占{share(good, due)}；未达序{due - good}项（" in said
    words = f"较上季度{'增加' if good > earlier else '减少'}{abs(good - earlier)}项。"
    assert (words if good != earlier else "与上季度持平。") in said


def test_movements_and_disagreements(tasks: list[Record], said: str) -> None:
    """How many ratings went up or down, and how many are not the units' own."""
    unknown = {"未报送", "无法判定"}
    moves = [
        WORST.index(r["grade"]) - WORST.index(r["previous"])
        for r in tasks
        if r["previous"] and not {r["grade"], r["previous"]} & unknown
    ]
    up, down = sum(m > 0 for m in moves), sum(m < 0 for m in moves)
    assert f"与上季度相比，核定结果有所好转的{up}项，有所下滑的{down}项。" in said
    differing = [
        r
        for r in tasks
        if r["self_rating"] not in ("", r["grade"]) and r["rule"] not in ("R11", "R12")
    ]
    lower = sum(WORST.index(r["grade"]) < WORST.index(r["self_rating"]) for r in differing)
    assert f"核定结果与单位自评不一致的{len(differing)}项，其中低于自评的{lower}项。" in said


def test_open_points(tasks: list[Record], page: BeautifulSoup, said: str) -> None:
    """Every task off schedule last quarter is followed up, once, and counted by its outcome."""
    open_before = [r for r in tasks if r["previous"] not in GOOD]
    settled = [r for r in open_before if r["grade"] in GOOD]
    assert f"列为跟踪的任务{len(open_before)}项，本季度已解决{len(settled)}项" in said
    for caption, wanted in (
        ("尚未解决的上季度跟踪事项", [r for r in open_before if r not in settled]),
        ("已解决的上季度跟踪事项", settled),
    ):
        _, rows = table(page, caption)
        assert {r["label"] for r in wanted} == {row[0] for row in rows}
        assert len(rows) == len(wanted)
        by_number = {r["label"]: r for r in wanted}
        for row in rows:
            cell = next(c for c in row[2:] if any(g in c for g in GRADES))
            found = by_number[row[0]]
            assert re.sub(r"[^\u4e00-\u9fff]", "", cell) == found["previous"] + found["grade"]
    _, rows = table(page, "尚未解决的上季度跟踪事项")
    for outcome, count in Counter(row[-1].partition("连续")[0].strip() for row in rows).items():
        assert f"{outcome}{count}项" in said


@pytest.mark.parametrize(
    ("caption", "field"),
    [("分责任领导任务核定结果", "leaders"), ("分专项行动任务核定结果", "action")],
)
def test_groups(tasks: list[Record], page: BeautifulSoup, caption: str, field: str) -> None:
    """Counts and shares by leader and by action, grade by grade."""
    pairs = [
        (name, counted(r)) for r in tasks for name in (r[field] or "未明确责任领导").split(";")
    ]
    check_groups(*table(page, caption), pairs, list(map(counted, tasks)))


def test_units(real_city: Assessment, tasks: list[Record], page: BeautifulSoup) -> None:
    """Counts by unit are those of the unit's own tables; the total counts every task once."""
    pairs = []
    for unit in real_city.plan.lead_units:
        own = slice_for(real_city, Subject(kind=SubjectKind.UNIT, name=unit))
        pairs += [(unit, counted(record)) for record in records(own, "tasks")]
    check_groups(*table(page, "分牵头单位任务核定结果"), pairs, list(map(counted, tasks)))


def check_groups(
    head: list[str], rows: list[list[str]], pairs: Iterable[tuple[str, str]], whole: list[str]
) -> None:
    grouped: dict[str, Counter[str]] = {}
    for name, grade in pairs:
        grouped.setdefault(name, Counter())[grade] += 1
    shown = [SHORT.get(label, label) for label in head[2:-1]]
    wanted = {name: line(counts, shown) for name, counts in grouped.items()}
    *body, last = rows
    assert {row[0]: row[1:] for row in body} == wanted
    assert last == ["合计", *line(Counter(whole), shown)]


def line(counts: Counter[str], shown: list[str]) -> list[str]:
    total = sum(counts.values())
    good, due = sum(counts[g] for g in GOOD), total - counts[APART]
    silent = due == counts["未报送"] > 0
    rate = "— 未报送" if silent else share(good, due)
    return [str(total), *(str(counts[grade]) for grade in shown), rate]


def test_lagging_tasks_stand_once(tasks: list[Record], page: BeautifulSoup) -> None:
    """Each lagging or paused task has one card under its grade."""
    shown = sorted(int(str(tag["id"])[4:]) for tag in page.find_all(id=re.compile(r"^lag-\d+$")))
    lagging = {"严重滞后", "未启动", "未达序时进度", "暂缓或调整"}
    assert shown == sorted(int(r["number"]) for r in tasks if r["grade"] in lagging)


def test_targets(targets: list[Record], labels: dict[str, str], page: BeautifulSoup) -> None:
    """Every target rated this quarter stands once, with plan, actual, rate, gap and grade."""
    _, rows = table(page, "本季度到期的量化指标")
    found = sorted((r[0], r[2], *r[3:5], r[5].split(" ")[0], r[6], word(r[7])) for r in rows)
    assert found == sorted(
        (
            labels[r["task_id"]], r["unit"], number(r["plan"]), number(r["actual"]),
            rate(r), gap_words(r["gap"]) if r["gap"] else "—", r["grade"],
        )
        for r in targets
    )  # fmt: skip
    for row in rows:
        named = [r for r in targets if labels[r["task_id"]] == row[0]]
        assert any(f"{r['measure']} （{r['measure_unit']}）" in row[1] for r in named)


def number(text: str) -> str:
    return f"{Decimal(half_up(Decimal(text), 2)).normalize():f}" if text else "—"


def rate(record: Record) -> str:
    if not record["actual"] or record["measure_unit"] == "%":
        return "—"
    return f"{half_up(100 * Decimal(record['actual']) / Decimal(record['plan']))}%"


def test_figures_in_sentences(targets: list[Record], said: str) -> None:
    """Plan, actual, rate and gap agree wherever a sentence gives them, and with the CSV."""
    known = {(Decimal(r["plan"]), Decimal(r["actual"])) for r in targets if r["actual"]}
    found = list(FIGURES.finditer(said))
    assert len(found) >= 40
    for match in found:
        plan, actual = Decimal(match["plan"]), Decimal(match["actual"])
        assert (plan, actual) in known, match.group()
        if match["rate"]:
            assert match["rate"] == half_up(100 * actual / plan), match.group()
        if match["gap"]:
            short = plan - actual if match["unit"] == "%" else 100 - 100 * actual / plan
            assert abs(Decimal(match["gap"]) - short) <= Decimal("0.06"), match.group()


COUNTED = re.compile("（[家个项宗场人件台条所处批次户套]）$")


def test_outlook(
    targets: list[Record], labels: dict[str, str], page: BeautifulSoup, said: str
) -> None:
    """The year-end value is the plan's own path, its gap what it falls short."""
    _, rows = table(page, "累计指标年底预计")
    known = {
        (labels[r["task_id"]], r["unit"], number(r["plan"]), number(r["actual"]))
        for r in targets
        if r["basis"] == "cumulative" and r["actual"]
    }
    for row in rows:
        assert (row[0], row[2], row[3], row[4]) in known
        plan, actual, annual = map(Decimal, row[3:6])
        year_end = annual * actual / plan
        # There is no 1.7宗: whole things are forecast as about so many.
        if COUNTED.search(row[1]) and year_end % 1:
            assert row[6] == f"约{year_end.quantize(Decimal(1), ROUND_HALF_UP)}"
        else:
            assert row[6] == number(half_up(year_end))
        assert abs(Decimal(row[7]) - max(100 - 100 * year_end / annual, Decimal(0))) < Decimal(
            "0.1"
        )
    short = sum(Decimal(row[7]) > 0 for row in rows)
    assert f"累计指标{len(rows)}项，其中预计能达到全年目标的{len(rows) - short}项，" in said
    assert f"预计不能达到的{short}项。" in said


def test_doubtful_figures(targets: list[Record], page: BeautifulSoup, said: str) -> None:
    """Three times the plan is held up to question, and no figure to boast of or project from."""
    doubtful = [
        r
        for r in targets
        if r["actual"] and r["measure_unit"] != "%" and r["comparator"].lstrip("'") != "<="
        and Decimal(r["actual"]) >= 3 * Decimal(r["plan_high"] or r["plan"]) > 0
    ]  # fmt: skip
    if doubtful:
        _, rows = table(page, "待核实的指标实际值")
        assert sorted(row[3] for row in rows) == sorted(number(r["plan"]) for r in doubtful)
    start = said.rindex("三、工作亮点")
    praise = said[start : said.index("四、未达序的任务", start)]
    assert all(Decimal(r) < 300 for r in re.findall(r"完成率([\d.]+)%", praise))
    _, rows = table(page, "累计指标年底预计")
    assert all(Decimal(row[4]) < 3 * Decimal(row[3]) for row in rows)


def test_returns(real_city: Assessment, page: BeautifulSoup, said: str) -> None:
    """The states of the returns are those of the units' table."""
    units = records(real_city, "units")
    states = Counter(r["state"] for r in units)
    assert f"应报送的{len(units)}个牵头单位中，按时报送的{states['按时报送']}个" in said
    for state, count in states.items():
        assert state == "按时报送" or f"{state}的{count}个" in said
    errors = Counter(r["unit"] for r in records(real_city, "findings") if r["severity"] == "error")
    _, rows = table(page, "未按时按要求报送的单位")
    assert sorted((*r[:2], r[4], r[5].split("（")[-1]) for r in rows) == sorted(
        (r["unit"], r["state"], str(errors[r["unit"]]), f"{r['tasks']}项）")
        for r in units
        if r["state"] != "按时报送"
    )


def test_findings(real_city: Assessment, said: str) -> None:
    """What was noticed of the data is counted by its weight."""
    counts = Counter(r["severity"] for r in records(real_city, "findings"))
    words = f"发现错误{counts['error']}处、提醒{counts['warning']}处、说明{counts['note']}处。"
    assert words in said


def test_annex(tasks: list[Record], page: BeautifulSoup, paper: str) -> None:
    """The annex lists every task once, in order, with its unit, leader and both ratings."""
    _, rows = table(page, "全部任务进展")
    assert [(r[0], r[2], r[3], *r[5].replace(" —", "").split(" ")[1:]) for r in rows] == [
        (
            r["label"] if r["label"] == r["number"] else f"{r['label']} （序{r['number']}）",
            r["lead_units"].replace(";", "、"),
            r["leaders"].replace(";", "、") or "未明确",
            *filter(None, (r["grade"], r["nothing_due"] and APART, r["self_rating"])),
        )
        for r in tasks
    ]  # fmt: skip
    start = paper.rindex("全部任务进展")
    for record in tasks:
        assert re.sub(r"\s", "", record["goal"])[:12] in paper[start:]


def test_nothing_unwritten_shows(page: BeautifulSoup, paper: str) -> None:
    """No program's word for nothing reaches the reader."""
    for words in (page.get_text(), paper):
        for trace in ("None", "nan", "Decimal(", "Grade."):
            assert trace not in words
