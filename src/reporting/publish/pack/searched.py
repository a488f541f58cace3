"""The last look at finished files before they are put in place: what is withheld is in none."""

import html
from collections.abc import Callable, Iterable, Iterator, Mapping

from reporting.errors import PublishError
from reporting.system.archives import read_members


def expect_withheld(files: Mapping[str, Callable[[], bytes]], words: Iterable[str]) -> None:
    """Search the files of a pack for words that may stand in none.

    PDF and pictures are set from the same texts as the pages beside them, and not read back.

    Parameters
    ----------
    files : mapping of str to callable
        Gives the bytes of each path.

    Raises
    ------
    PublishError
        A file holds one; the text says which.
    """
    words = tuple(words)
    for path, content in files.items() if words else ():
        for text in _texts(path, content()):
            if found := [word for word in words if word in text]:
                raise PublishError(
                    f"公开版的 {path} 中有不公开的文字“{found[0]}”，整份没有放入成果目录；"
                    "请把写有它的任务列入 public.withhold。"
                )


def _texts(path: str, data: bytes) -> Iterator[str]:
    yield path
    if path.endswith((".html", ".csv", ".json", ".ipynb")):
        yield html.unescape(data.decode())
    elif path.endswith(".docx"):
        for member in read_members(data).values():
            yield html.unescape(member.decode(errors="replace"))
