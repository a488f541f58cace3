"""What an analyst adds: only what was meant is published, and pictures come along."""

import base64
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pytest
from matplotlib import font_manager

from reporting.documents.analyst.charts import use_chinese
from reporting.documents.analyst.meant import NotMeant, expect_meant
from reporting.documents.analyst.naming import cell_name
from reporting.documents.analyst.pictures import with_pictures
from reporting.documents.blocks import Figure
from reporting.documents.document import read_document

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
V4: Any = nbformat.v4


def shown(data: dict[str, Any]) -> Any:
    return V4.new_output("display_data", data=data)


def printed(name: str, text: str) -> Any:
    return V4.new_output("stream", name=name, text=text)


def book(*cells: Any) -> dict[str, Any]:
    made = [V4.new_markdown_cell(c) if isinstance(c, str) else c for c in cells]
    return dict(V4.new_notebook(cells=made))


def code(output: Any, *tags: str) -> Any:
    return V4.new_code_cell("x", outputs=[output], metadata={"tags": list(tags)})


UNMEANT = {
    "打印了文字“共 2 行”，确要登出的，给单元格加标签 publish-text": printed("stdout", "共 2 行\n"),
    "有警告或提示“FutureWarning: old”": printed("stderr", "FutureWarning: old\n"),
    "的结果是文字“[<Line2D>]”": shown({"text/plain": "[<Line2D>]"}),
    "显示了交互控件": shown(
        {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider(value=0)"}
    ),
    "显示的是 image/gif，登不出来": shown({"image/gif": "R0lG", "text/plain": "<Image>"}),
    "用网页代码显示图片": shown({"text/html": "<img src='http://a.cn/b.png'>", "text/plain": ""}),
}


@pytest.mark.parametrize("said", UNMEANT)
def test_what_was_not_meant_is_a_fault_of_its_cell(said: str) -> None:
    """The sentence names notebook and cell, and what was shown; nothing is dropped in silence."""
    notebook = book("正文", code(UNMEANT[said]))
    with pytest.raises(NotMeant) as caught:
        expect_meant(notebook, "unit_report.ipynb")
    assert str(caught.value).startswith("unit_report.ipynb第2格")
    assert said in str(caught.value)
    assert caught.value.notebook is notebook
    expect_meant(book(code(UNMEANT[said], "remove")), "unit_report.ipynb")


def test_tagged_text_is_published_and_its_warnings_are_not() -> None:
    """The tag says that the text is meant."""
    cell = code(printed("stdout", "共 2 行\n"), "publish-text")
    cell["outputs"].append(printed("stderr", "warning"))
    expect_meant(book(cell), "a.ipynb")
    (block,) = read_document(book(cell)).blocks
    assert "共 2 行" in str(block)


def test_many_faults_are_counted() -> None:
    """The first three are told, and how many more there are."""
    cells = [code(printed("stdout", str(n))) for n in range(5)]
    with pytest.raises(NotMeant, match=r"第1格.*第2格.*第3格.*；另有2处。$"):
        expect_meant(book(*cells), "a.ipynb")


@pytest.mark.parametrize(
    "source",
    ["![图](图.png)", "![图](img/my%20pic.png)", "![图](<img/my pic.png>)", "![图](../far.png)"],
)
def test_declared_picture_comes_along(source: str) -> None:
    """By its path from the notebook; the executed notebook holds it."""
    files = dict.fromkeys(("notebooks/图.png", "notebooks/img/my pic.png", "far.png"), PNG)
    carried = with_pictures(book(source), files, "notebooks")
    expect_meant(carried, "a.ipynb")
    figure, *_ = read_document(carried).blocks
    assert figure == Figure(data=base64.b64encode(PNG).decode(), media="image/png", alt="图")
    assert "](attachment:" in "".join(carried["cells"][0]["source"])


MISSING = {
    "![图](other.png)": "的图片“other.png”没有声明，或者不是 PNG、JPEG 文件",
    "![图](text.png)": "的图片“text.png”没有声明，或者不是 PNG、JPEG 文件",
    "![图](https://a.cn/b.png)": "的图片“https://a.cn/b.png”在网上，请存成文件",
    "<img src='图.png'>": "的图片“图.png”写在列表、表格、标题或者网页代码里",
    "- ![图](图.png)": "的图片“图.png”写在列表、表格、标题或者网页代码里",
}


@pytest.mark.parametrize("source", MISSING)
def test_picture_that_would_be_missing_is_told(source: str) -> None:
    """Undeclared, no picture, somewhere on the net, or where none is set."""
    files = {"notebooks/图.png": PNG, "notebooks/text.png": b"text"}
    with pytest.raises(NotMeant) as caught:
        expect_meant(with_pictures(book(source), files, "notebooks"), "a.ipynb")
    assert f"a.ipynb第1格{MISSING[source]}" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("fig", "第2格（“fig”）"),
        ("\n\nimport a\n\nb =  a.c()\nb", "第2格（“import a / b = a.c()”）"),
        (["x = 1\n", "y = 2"], "第2格（“x = 1 / y = 2”）"),
        ("", "第2格"),
        ("z" * 99, f"第2格（“{'z' * 59}…”）"),
    ],
)
def test_cell_is_named_as_its_analyst_counts(source: Any, named: str) -> None:
    """The cell of given parameters, which execution puts in, is none of the analyst's."""
    tagged = V4.new_code_cell("year = 2023", metadata={"tags": ["injected-parameters"]})
    cells = [V4.new_markdown_cell("# 题"), tagged, {"cell_type": "code", "source": source}]
    assert cell_name({"cells": cells}, 2) == named
    assert cell_name({"cells": cells}, 1) == "给定参数的单元格"
    assert cell_name({"cells": cells}, 0) == "第1格"
    assert cell_name({"cells": [cells[0], cells[2]]}, 1) == named


def test_own_charts_show_chinese_whatever_style_is_chosen() -> None:
    """No character is missing: after a theme, another style, and in bold."""
    import seaborn as sns

    before = list(font_manager.fontManager.ttflist)
    with mpl.rc_context():
        try:
            use_chinese()
            use_chinese()
            for choose in (lambda: None, sns.set_theme, lambda: plt.style.use("default")):
                choose()
                name = font_manager.findfont(font_manager.FontProperties(weight="bold"))
                assert "NotoSansCJK" in name
        finally:
            font_manager.fontManager.ttflist[:] = before
