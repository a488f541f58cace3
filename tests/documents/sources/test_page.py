"""What the page's script reads: every step and source once, and nothing that ends its element."""

import json

from documents.sample import notebook_of
from documents.sources.parts import DIGEST, FILE, blocks
from reporting.documents.blocks import Paragraph
from reporting.documents.complete import complete
from reporting.documents.html.page import render_html
from reporting.documents.sources.page import sources_json
from reporting.documents.sources.values import Step, key_of, keys_of


def test_account_of_a_page() -> None:
    """Words that many cells have in common stand once; places lead to them."""
    account = json.loads(sources_json(complete(blocks())))
    assert account["files"] == [[FILE, DIGEST, "第1次报送"]]
    name, title, steps, rows = account["sources"][0]
    assert (name, title) == ("task-018", "任务18：建管网")
    assert steps == [["完成率：11÷50＝22.0%", []]]
    said = [
        (account["words"][where], file, [(account["words"][a], b, account["words"][c])
                                         for a, b, c in cells])
        for where, file, cells in rows
    ]  # fmt: skip
    assert said[0] == ("任务分解表第9行", -1, [("任务号", "", "18")])
    assert said[1] == ("市水务局第三季度报表“指标”表", 0, [("新建管网（公里）", "M5", "11")])
    assert len(account["words"]) == len(set(account["words"]))
    counted = Step(words="滞后的任务：2项", of=("task-018", "task-019"))
    assert account["steps"][key_of(counted)] == ["滞后的任务：2项", [0, 1]]


def test_nothing_ends_the_element() -> None:
    """A unit may write markup; it stays text."""
    assert "<" not in sources_json(complete(blocks()))
    page = render_html(notebook_of(blocks())).decode()
    assert page.count("</script>") == 4
    assert "已建成11公里\\u003cb>" in page


def test_step_that_only_leads_is_called_by_its_source() -> None:
    """The page finds it without an entry of its own."""
    assert key_of(Step(of=("task-018",))) == "task-018"
    assert keys_of((Step(of=("a",)), Step(of=("a",)))) == "a"
    assert key_of(Step(words="2项", of=("a",))).startswith("s-")


def test_page_without_sources_has_none_of_it() -> None:
    """No account, no script, no style for what is not there."""
    page = render_html(notebook_of("## 一、情况", (Paragraph(inlines="共2项。"),))).decode()
    assert "data-origin" not in page
    assert 'id="sources"' not in page
    assert ".origin-head" not in page
