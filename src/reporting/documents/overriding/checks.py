"""What a page made with a project's own templates has to say and to keep, as the package's does."""

import re
from html.parser import HTMLParser

from reporting.documents.assets import Templates
from reporting.documents.overriding.faults import TemplateFault
from reporting.documents.overriding.names import OF_HTML
from reporting.system.own_templates import FOLDER

SAMPLE = "示例数据"
SHOWN = """
.sample-banner { display: block !important; visibility: visible !important; opacity: 1 !important; }
"""
"""Comes after a project's own style: no rule before it hides the mark by the way."""

_FETCHING = frozenset({"base", "body", "iframe", "img", "link", "object", "script", "style"})
"""What a page's policy has to come before."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""A browser takes one without an end to go on to the end of the page."""
_BLANK = re.compile(r"\s+")


class _Page(HTMLParser):
    """The words of a page, those of its main heading, and its policy."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.policy, self.heading, self.text, self.marks = "", "", "", 0
        self._inside: list[str] = []
        self._met = False
        self.feed(_COMMENT.sub("", page))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta" and found.get("http-equiv", "") == "Content-Security-Policy":
            self.policy = self.policy or ("" if self._met else found.get("content") or "")
        self._met = self._met or tag in _FETCHING
        if tag in ("script", "style", "title", "h1"):
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        inside = self._inside[-1] if self._inside else ""
        words = _BLANK.sub("", data)
        if inside != "script":
            self.marks += words.count(SAMPLE)
        if inside == "h1":
            self.heading += words
        if inside not in ("script", "style", "title"):
            self.text += words


def expect_page(page: str, usual: str, templates: Templates) -> None:
    """Hold a page against the one that the package's templates make of the same document.

    Raises
    ------
    TemplateFault
        It lacks the policy, the heading with unit and quarter, or a mark of sample data.
    """
    now, was = _Page(page), _Page(usual)
    for is_kept, told in (
        (
            now.policy == was.policy,
            "网页开头应有软件所写的 Content-Security-Policy，实际不是",
        ),
        (was.heading in now.text, f"网页中应写明标题“{was.heading}”，未找到"),
        (now.marks >= was.marks, f"网页中应有{was.marks}处“{SAMPLE}”标记，实有{now.marks}处"),
    ):
        if not is_kept:
            own = "、".join(f"{FOLDER}/{name}" for name, _ in templates.own if name in OF_HTML)
            raise TemplateFault(f"成果核对不符：用 {own} 生成的{told}。")
