"""``manifest.json``: what stands in a pack, and everything it was made from."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from reporting import __version__
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.inputs import InputFile
from reporting.publish.keys.program import LOCK, Program
from reporting.publish.pack.site import Standing
from reporting.publish.survey import Survey

MANIFEST = "manifest.json"
FORMAT = 1
_ROOMS = frozenset({"units", "leaders", "notebooks", "data"})
_OWN_FILES = re.compile(r"(index\.html|briefing_pack\.(html|pdf|docx))$")


def write_manifest(
    survey: Survey,
    program: Program,
    standings: Sequence[Standing],
    artifacts: Mapping[str, tuple[int, str]],
    *,
    renderer: str,
    formats: Sequence[str],
) -> bytes:
    """Write the manifest; it tells nothing of when, where or in what order it was made.

    Parameters
    ----------
    artifacts : mapping of str to (int, str)
        Size and hash of every file of the pack but the manifest itself.
    """
    content = {
        "format": FORMAT,
        "year": survey.year,
        "quarter": survey.quarter,
        "edition": survey.edition,
        "is_sample": survey.is_sample,
        "package": {
            "name": "reporting",
            "version": __version__,
            "sha256": program.package,
        },
        "lock": {"path": LOCK, "sha256": program.lock},
        "environment": program.environment,
        "python": program.python,
        "renderer": renderer,
        "formats": list(formats),
        "fonts": [font.model_dump() for font in program.fonts],
        "inputs": [item.model_dump() for item in survey.inputs],
        "reports": [_report(standing) for standing in standings],
        "artifacts": [
            {"path": path, "size": size, "sha256": sha256}
            for path, (size, sha256) in sorted(artifacts.items())
        ],
        "findings": survey.findings,
        "counts": survey.counts,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()


def _report(standing: Standing) -> dict[str, Any]:
    return standing.model_dump(mode="json")


class Pack:
    """What stands in a pack's folder by its own manifest, as far as it can be trusted.

    A file counts only while its bytes are those that the manifest tells of.
    """

    def __init__(self, folder: Path, hashes: FileHashes) -> None:
        self.folder = folder
        self._hashes = hashes
        self.listed: dict[str, tuple[int, str]] = {}
        self.reports: dict[str, Standing] = {}
        self.formats: tuple[str, ...] = ()
        content = _read(folder / MANIFEST)
        if content is not None:
            self.listed = {a.path: (a.size, a.sha256) for a in content.artifacts}
            self.reports = {report.report_id: report for report in content.reports}
            self.formats = content.formats

    def hash_of(self, path: str) -> str | None:
        """Return the hash of a file as it is, None when there is none."""
        try:
            return self._hashes.of(self.folder / path)
        except OSError:
            return None

    def stands(self, path: str) -> bool:
        """Tell whether a listed file is what the manifest says."""
        return path in self.listed and self.hash_of(path) == self.listed[path][1]


class _Content(BaseModel):
    """What is read back of a manifest."""

    format: Literal[1]
    formats: tuple[str, ...]
    reports: tuple[Standing, ...]
    artifacts: tuple[InputFile, ...]


def _read(path: Path) -> _Content | None:
    """Read a manifest back; a broken one is none, nor one that names files outside the pack."""
    try:
        content = _Content.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
    return content if all(_inside(item.path) for item in content.artifacts) else None


def _inside(path: str) -> bool:
    """Tell whether a pack may have such a file: what a manifest lists may be removed."""
    parts = path.replace("\\", "/").split("/")
    if {"", ".", ".."} & set(parts):
        return False
    return parts[0] in _ROOMS or (len(parts) == 1 and _OWN_FILES.match(path) is not None)
