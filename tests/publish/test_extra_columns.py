"""An office's own column from the parameters to a published page, on one unit's report."""

import json
import re
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from release.conftest import A, make_office

from reporting.plan.read import read_plan
from reporting.project.params import read_params
from reporting.publish.options import Options
from reporting.publish.run import publish
from reporting.returns.layout import PROGRESS
from reporting.workbooks.columns import FIRST_ROW, HEADER_ROW
from tools.sample.books import write_samples

COLUMNS = """returns:
  columns:
    - {name: 投资额, unit: 万元, kind: number}
    - {name: 项目负责人, kind: text}
"""


def ask(root: Path) -> None:
    """Declare two columns, and have the demonstration returns sent on the sheets with them."""
    path = root / "params/2023.yml"
    path.write_text(path.read_text(encoding="utf-8") + COLUMNS, encoding="utf-8")
    for old in (root / "data/2023/status").rglob("*.xlsx"):
        old.unlink()
    params = read_params(root, 2023)
    write_samples(root, read_plan(root, params), params)


def fill_in(root: Path) -> None:
    """Answer both in the unit's first row."""
    path = next((root / "data/2023/status/Q1").glob(f"*{A}*"))
    book = load_workbook(path)
    page = book[PROGRESS]
    at = {str(cell.value): n for n, cell in enumerate(page[HEADER_ROW], 1)}
    page.cell(FIRST_ROW, at["投资额（万元）"]).value = 1200.5
    page.cell(FIRST_ROW, at["项目负责人"]).value = "张三<b>"
    book.save(path)


def show_them(root: Path) -> None:
    """Let the notebook of units ask for the columns, as an office would."""
    path = root / "notebooks/unit_report.ipynb"
    book = json.loads(path.read_text(encoding="utf-8"))
    cell: dict[str, Any] = {
        "cell_type": "code", "id": "extra", "metadata": {}, "execution_count": None, "outputs": [],
        "source": "show.extra(assessment, total=True)",
    }  # fmt: skip
    book["cells"].append(cell)
    path.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")


def test_what_was_filled_in_is_published(tmp_path: Path, warm_kernels: None) -> None:
    """Where the notebook asks for it: a row and a total, text as text, each with its cell."""
    root = make_office(tmp_path / "office").root
    for step in (ask, fill_in, show_them):
        step(root)
    options = Options(year=2023, quarter=1, formats=("html",), jobs=1, units=(A,))
    outcome = publish(root, options)
    assert outcome.failures == ()
    page = (outcome.folder / f"units/{A}.html").read_text(encoding="utf-8")
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert (
        "报送表另加的各列 任务号 任务 填报单位 投资额（万元） 项目负责人 "
        f"1 新建服务站40个 {A} 1200.5 张三&lt;b&gt; 合计 1200.5 "
    ) in shown
    assert f"投资额：1200.5万元（{A}.xlsx“进展”表 S{FIRST_ROW}）" in page
