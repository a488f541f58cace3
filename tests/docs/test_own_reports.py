"""The guide's way to an office's own reports: declared as written there, each is published."""

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import yaml
from commanding import run_command
from publish.real_office import make_office

from reporting.project.params import parse_params
from reporting.project.reports import COLUMNS, PARTIES, PLACEHOLDERS, Declaration

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/user-guide.zh-CN.md").read_text(encoding="utf-8")
(CHAPTER,) = re.findall(r"^### 另出自己的报告\n(.*?)^### ", GUIDE, re.MULTILINE | re.DOTALL)
BLOCKS = re.findall(r"^```(yaml|python)\n(.*?)^```$", CHAPTER, re.MULTILINE | re.DOTALL)
ACTION = "制造业行动"


def test_chapter_names_all_that_may_be_written() -> None:
    """Every field, party, column and placeholder; its examples are valid declarations."""
    for name in (*Declaration.model_fields, *PARTIES, *COLUMNS, *PLACEHOLDERS):
        assert re.search(rf"`\{{?{name}\}}?`", CHAPTER), name
    for label in (*COLUMNS.values(), *(PARTIES[name] for name in PARTIES if name != "city")):
        assert f"（{label}）" in CHAPTER, label
    text = (ROOT / "params/2023.yml").read_text(encoding="utf-8")
    (written,) = [source for kind, source in BLOCKS if kind == "yaml"]
    examples = parse_params(text + written, 2023).reports
    assert {one.notebook for one in examples} == {
        f"notebooks/examples/{path.name}" for path in (ROOT / "notebooks/examples").glob("*.ipynb")
    }
    (inline,) = re.findall(r"echo '(reports: .*?)' >>", CHAPTER)
    assert yaml.safe_load(inline)["reports"] == yaml.safe_load(written)["reports"][:1]


def test_notebook_written_as_told_is_published(tmp_path: Path) -> None:
    """The declarations of the guide, and a notebook of its cells, from an ordinary project."""
    root = make_office(tmp_path / "office")
    cells = [source.strip() for kind, source in BLOCKS if kind == "python"]
    v4: Any = nbformat.v4
    book = v4.new_notebook(
        cells=[v4.new_code_cell(source) for source in (*cells, "show.cover(assessment)")],
        metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}},
    )
    book.cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(book, root / "notebooks/行动.ipynb")  # type: ignore[no-untyped-call]
    (written,) = [source for kind, source in BLOCKS if kind == "yaml"]
    with (root / "params/2023.yml").open("a", encoding="utf-8") as params:
        params.write(f"\n{written}  - {{notebook: 行动.ipynb, each: action, formats: [html]}}\n")
    done = run_command(root, "report", "-q", "3", "--report", "行动", "--report", "action_report",
                       "--each", ACTION, "--format", "html")  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "新生成2份，沿用0份" in done.stdout
    pack = root / "outputs/2023/Q3"
    for name in ("行动", "action_report"):
        page = (pack / f"reports/{name}/{ACTION}.html").read_text(encoding="utf-8")
        assert f"{ACTION}2023年第三季度任务进展情况" in page
    told = json.loads((pack / "manifest.json").read_bytes())["reports"]
    assert {report["report_id"] for report in told} == {f"行动/{ACTION}", f"action_report/{ACTION}"}
