"""Executed notebooks through the Quarto command."""

import threading
import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reporting.documents.document import Document, read_document
from reporting.documents.fonts.chosen import FontChoice, choose_fonts
from reporting.documents.quarto.command import check_formats, find_quarto, run_quarto
from reporting.documents.quarto.notebook import notebook_for_quarto
from reporting.documents.quarto.project import STEM, TARGETS, write_project
from reporting.documents.word.docx import finish_docx
from reporting.errors import PublishError, UsageError
from reporting.system.scratch import scratch_folder

_PREPARING = threading.Lock()
"""Pictures for Word are drawn by the process's own Typst, which serves one thread at a time."""

_MAGIC = {"html": b"<", "pdf": b"%PDF-", "docx": b"PK"}


def render(
    executed: Mapping[str, Any],
    formats: Sequence[str],
    *,
    fonts: Mapping[str, Sequence[str]] | None = None,
    timeout: float = 300,
) -> dict[str, bytes]:
    """Render an executed notebook through Quarto; the pages are those of the built-in renderer.

    Each call has a scratch folder of its own, which is gone afterwards, so calls do not
    disturb each other; the notebook itself is not touched and nothing is executed.

    Parameters
    ----------
    executed : mapping
        The executed notebook.
    formats : sequence of str
        Of ``html``, ``pdf``, ``docx``.
    fonts : mapping, optional
        ``params.fonts``; see `reporting.documents.fonts.chosen.choose_fonts`.
    timeout : float
        Seconds that Quarto may take for all formats.

    Returns
    -------
    dict of str to bytes
        The artifacts by format, in the order asked for.

    Raises
    ------
    UsageError
        There is no fitting Quarto, or a format is none of its.
    PublishError
        Quarto refused the document; the text says what it said.
    """
    wanted = _known(formats)
    if not wanted:
        return {}
    command = find_quarto()
    check_formats(command, wanted)
    document = read_document(executed)
    made, remarks = _run(command, executed, wanted, choose_fonts(fonts), _epoch(document), timeout)
    for remark in remarks:
        warnings.warn(f"Quarto: {remark}", stacklevel=2)
    return {name: _finished(name, data, document) for name, data in made.items()}


def _known(formats: Sequence[str]) -> tuple[str, ...]:
    """Name each format once; refuse those that Quarto is not asked for."""
    wanted = tuple(dict.fromkeys(formats))
    unknown = [name for name in wanted if name not in TARGETS]
    if unknown:
        raise UsageError(
            f"Quarto 渲染器可用的格式为 {'、'.join(TARGETS)}，收到的是“{unknown[0]}”。"
        )
    return wanted


def _run(
    command: Path,
    executed: Mapping[str, Any],
    wanted: tuple[str, ...],
    choice: FontChoice,
    epoch: int,
    timeout: float,
) -> tuple[dict[str, bytes], list[str]]:
    """Let Quarto render in a folder of its own; gives what it made and its warnings."""
    # Not an ordinary temporary folder: this one is swept up where the process is killed.
    with scratch_folder() as scratch:
        # macOS and Windows give a folder two names; Quarto compares paths.
        folder = scratch.resolve()
        with _PREPARING:
            write_project(folder, notebook_for_quarto(executed, wanted, choice), wanted, choice)
        # Without --to all formats of the project are rendered in one run.
        words = [f"{STEM}.ipynb", "--output-dir", "out"]
        remarks = run_quarto(command, folder, words, epoch=epoch, timeout=timeout)
        return {name: _artifact(folder, name) for name in wanted}, remarks


def _finished(name: str, data: bytes, document: Document) -> bytes:
    return finish_docx(data, document) if name == "docx" else data


def _epoch(document: Document) -> int:
    day = document.publish_date
    moment = (
        datetime(day.year, day.month, day.day, tzinfo=UTC)
        if day
        else datetime(2000, 1, 1, tzinfo=UTC)
    )
    return int(moment.timestamp())


def _artifact(folder: Path, name: str) -> bytes:
    # Some versions leave a single document's output beside it.
    places = (folder / "out" / f"{STEM}.{name}", folder / f"{STEM}.{name}")
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise PublishError(f"Quarto 报告成功，但没有生成 {places[0].name}。")
    data = path.read_bytes()
    if not data.startswith(_MAGIC[name]):
        raise PublishError(f"Quarto 生成的 {path.name} 不是 {name} 文件，开头为 {data[:12]!r}。")
    return data
