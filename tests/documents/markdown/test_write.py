"""The Markdown face, as a program that makes a document of it reads it."""

import re
import subprocess

import pypandoc

from documents.sample import Notebook
from reporting.documents.blocks import (
    Card,
    Column,
    Contents,
    Entry,
    Heading,
    Link,
    Muted,
    Paragraph,
    Table,
)
from reporting.documents.markdown.write import to_markdown
from reporting.grades import Grade


def typst_of(markdown: str) -> str:
    """Read Markdown as Quarto does, and write Typst."""
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "typst", "--wrap=none"]
    done = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def test_sample_leads_nowhere_that_is_not_there(sample: Notebook) -> None:
    """Typst stops at a link to a label that is missing: none is written, the words stay."""
    outputs = [output for cell in sample["cells"] for output in cell.get("outputs", ())]
    shown = [o["data"]["text/markdown"] for o in outputs if "text/markdown" in o["data"]]
    typst = typst_of("\n\n".join("".join(face) for face in shown))
    assert "优化消费环境" in typst
    assert not re.search(r"#link\(|#ref\(|(?<!\\)@\w", typst)


def test_links_of_a_card_are_words() -> None:
    """Contents, a text and a heading name the same place; it has no address in CommonMark."""
    heading = Heading(level=2, text="任务1", anchor="task-1")
    blocks = (
        Contents(title="目录", entries=(Entry(level=1, text="任务1", anchor="task-1"),), depth=1),
        Paragraph(inlines=("见", Link(text="任务1", anchor="task-1"), "。")),
        Card(heading=heading, marks=(), blocks=()),
    )
    assert to_markdown(blocks) == "- 任务1\n\n见任务1。\n\n### 任务1"


def test_lines_of_a_cell_stay_apart_outside_html() -> None:
    """Two ratings, or two figures, in one cell are never read as one."""
    table = Table(
        columns=(Column(key="grade", label="核定结果\n上季度核定"), Column(key="n", label="数")),
        rows=((("", Grade.DONE, Muted(text="\n未启动")), "12\n34"),),
    )
    face = to_markdown([table])
    assert "核定结果 <br>上季度核定" in face
    words = re.sub(r"\s+", " ", typst_of(face))
    assert "核定结果 上季度核定" in words
    assert re.search("已完成\u200b? 未启动", words)
    assert "1234" not in words
