"""One word for one thing in all that is printed: reports, slides, notices, sheets and pages."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src/reporting"
VARIANTS = {
    "未达到序时": "未达序（达序之外的全部）或者未达序时进度（核定结果的一种）",
    "未达到时序": "未达序时进度",
    "时序进度": "序时进度",
    "有所改善": "有所好转",
    "好于上季度": "有所好转",
    "差于上季度": "有所下滑",
    "有所倒退": "有所下滑",
    "与之相符": "不写：没有比对过的不说相符",
    "全市": "masthead.whole：随参数称全市、全县、全校",
    "季报": "通报",
}
"""What is not printed, and what stands for it."""
READ = {"grades.py"}
"""Modules that list what units may write, which is read and never printed."""


def printed() -> Iterator[tuple[str, str]]:
    """Give every text that may be printed, and where it stands; docstrings are not."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith("language/") and name not in READ:
            yield from ((name, text) for text in texts(ast.parse(path.read_text("utf-8"))))
    for kind in ("*.typ", "*.html", "*.js", "*.jinja", "*.lua"):
        for path in sorted((PACKAGE / "documents/templates").rglob(kind)):
            yield path.name, path.read_text("utf-8")
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            yield path.name, "".join(cell["source"])


def texts(tree: ast.Module) -> Iterator[str]:
    """Give the texts of a module but for those that stand as statements."""
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


def test_no_variant_is_printed() -> None:
    """A second word for one thing makes a reader look for a second thing."""
    found = [
        f"{where}：“{variant}”应为{word}（{text[:40]}）"
        for where, text in printed()
        for variant, word in VARIANTS.items()
        if variant in text
    ]
    assert found == []


def test_docstrings_are_no_print() -> None:
    """A module may speak of a variant without printing it."""
    tree = ast.parse('"""有所改善"""\ndef f():\n    "好于上季度"\n    return "有所好转"\n')
    assert list(texts(tree)) == ["有所好转"]
