"""What a figure rests on, as values: steps in words, and the rows and cells they lead to.

A part of a document says by its ``origin`` how its figures came about. Each `Step` is a sentence
that states the figure, or leads to `Source` by name; those stand in one `Sources` block, with
rows of files, each cell as it was.
"""

import hashlib
import json
from typing import Literal

from reporting.language.visible import SafeText
from reporting.values import Value


class Step(Value):
    """How figures came about: in words, and from which sources.

    Attributes
    ----------
    words : str
        States the figure: ``按期完成：12项``. Empty for a step that only leads to sources.
    of : tuple of str
        Names of the sources.
    column : str
        Key of the column of a table whose cell it explains; empty for the whole part.
    """

    words: SafeText = ""
    of: tuple[str, ...] = ()
    column: str = ""


class Sourced(Value):
    """A part whose figures can be asked for their sources."""

    origin: tuple[Step, ...] = ()


class SourceCell(Value):
    """A cell as it was: what its column asks, its place (``I6``) and its text."""

    label: SafeText
    place: str = ""
    text: SafeText


class SourceRow(Value):
    """A row of a file.

    ``where`` names whose it is and the sheet, ``brief`` does so on paper, where the row before it
    need not be said again; ``file`` is one of the block's `SourceFile` or nothing.
    """

    where: SafeText
    brief: SafeText = ""
    file: str = ""
    cells: tuple[SourceCell, ...]


class Source(Value):
    """What one name stands for: a title, the steps of its own figures, and its rows.

    ``also`` names further places of a document that are about the same; ``code`` is what paper
    calls it by, empty for what paper does not list.
    """

    name: str
    title: SafeText
    code: SafeText = ""
    also: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    rows: tuple[SourceRow, ...] = ()


class SourceFile(Value):
    """A file that came in: its digest to hold it against, and in words how it came."""

    name: str
    sha256: str = ""
    arrived: SafeText = ""


class Sources(Value):
    """The sources of a document, in the order of a list of them.

    A page opens them beside the figure; paper lists them where the block stands. A paper of one
    page has no room for a list: what is not ``listed`` a page opens and says nothing of. ``of``
    tells what the files are: an office's table and returns, or editions of offices.
    """

    kind: Literal["sources"] = "sources"
    files: tuple[SourceFile, ...]
    sources: tuple[Source, ...]
    listed: bool = True
    of: Literal["returns", "editions"] = "returns"

    @property
    def sentence(self) -> str:
        """Say what the figures rest on, where no list of it stands."""
        files, place = (
            ("各版本的文件", "文件、哪一项")
            if self.of == "editions"
            else ("任务分解表和各单位报送的文件", "格")
        )
        return f"本文的数字出自{files}，每个数字出自哪一{place}、怎样算得，都有记录。"


def key_of(step: Step) -> str:
    """Name a step by what it says; one that only leads to a single source by the source."""
    if not step.words and not step.column and len(step.of) == 1:
        return step.of[0]
    content = json.dumps(step.model_dump(), ensure_ascii=False, sort_keys=True)
    return "s-" + hashlib.sha256(content.encode()).hexdigest()[:10]


def keys_of(origin: tuple[Step, ...]) -> str:
    """Write an origin as the keys of its steps, each once."""
    return " ".join(dict.fromkeys(map(key_of, origin)))
