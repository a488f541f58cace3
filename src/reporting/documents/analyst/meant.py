"""Only what was meant is published: whatever else a cell shows is a fault of the notebook."""

from collections.abc import Iterator, Mapping
from typing import Any

from reporting.documents.analyst.naming import cell_name
from reporting.documents.analyst.pictures import picture_faults
from reporting.documents.document import HIDDEN_TAGS, PUBLISH_TEXT
from reporting.documents.exhibit import EXHIBIT_MEDIA
from reporting.documents.foreign import holds_picture
from reporting.documents.slides.values import DECK_MEDIA
from reporting.errors import PublishError

_OWN = (EXHIBIT_MEDIA, DECK_MEDIA)
_CARRIED = ("image/svg+xml", "image/png", "image/jpeg", "text/html", "text/markdown")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_LONGEST = 30
_NAMES_TOLD = 3
_WAYS = f"确要登出的，给单元格加标签 {PUBLISH_TEXT}；只供自己看的，加标签 remove"


class NotMeant(PublishError):
    """A cell shows what no report has; ``notebook`` is the executed one."""

    def __init__(self, message: str, notebook: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.notebook = notebook


def expect_meant(notebook: Mapping[str, Any], name: str) -> None:
    """Make sure that all that an executed notebook shows can stand in a report.

    Parameters
    ----------
    name : str
        The notebook's file, for the sentence.

    Raises
    ------
    NotMeant
        Some of it cannot, or was hardly meant to; the text names the first cells.
    """
    faults = [
        f"{name}{cell_name(notebook, position)}{said}"
        for position, cell in enumerate(notebook["cells"])
        for said in _cell_faults(cell)
    ]
    if faults:
        more = f"；另有{len(faults) - _NAMES_TOLD}处" if len(faults) > _NAMES_TOLD else ""
        raise NotMeant("；".join(faults[:_NAMES_TOLD]) + f"{more}。", notebook)


def _cell_faults(cell: Mapping[str, Any]) -> Iterator[str]:
    tags = set(cell.get("metadata", {}).get("tags", ()))
    if tags & HIDDEN_TAGS:
        return
    if cell["cell_type"] == "markdown":
        yield from picture_faults(_joined(cell["source"]), cell.get("attachments", {}))
        return
    for output in cell.get("outputs", ()):
        if said := _output_fault(output, text_is_meant=PUBLISH_TEXT in tags):
            yield said


def _output_fault(output: Mapping[str, Any], *, text_is_meant: bool) -> str:
    if output["output_type"] == "stream":
        what = "打印了文字" if output["name"] == "stdout" else "有警告或提示"
        return "" if text_is_meant else f"{what}{_quoted(_joined(output['text']))}，{_WAYS}"
    if output["output_type"] == "error":
        return ""  # which is refused where the notebook is read
    data = output["data"]
    if any(media in data for media in _OWN):
        return ""
    if _WIDGET in data:
        return "显示了交互控件，报告中不能操作，请改用图表或者文字"
    if "text/html" in data and holds_picture(_joined(data["text/html"])):
        return "用网页代码显示图片，登不出来，请改用 IPython.display.Image 读取声明过的文件"
    if any(media in data for media in _CARRIED):
        return ""
    if pictures := [media for media in data if media.startswith(("image/", "video/", "audio/"))]:
        return f"显示的是 {pictures[0]}，登不出来，图片应为 PNG、JPEG 或者 SVG"
    said = _joined(data.get("text/plain", ""))
    if text_is_meant or not said.strip():
        return ""
    return f"的结果是文字{_quoted(said)}，{_WAYS}；不要结果的，在末尾加分号或者 plt.show()"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}”"


def _joined(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)
