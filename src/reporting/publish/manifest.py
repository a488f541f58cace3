"""``manifest.json``: what stands in a pack, and everything it was made from."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from reporting import __version__
from reporting.publish.hashes import FileHashes, digest_of
from reporting.publish.site import Standing
from reporting.publish.surroundings import LOCK, Surroundings
from reporting.publish.survey import Survey

MANIFEST = "manifest.json"
FORMAT = 1
_ROOMS = frozenset({"units", "leaders", "notebooks", "data"})
_OWN_FILES = re.compile(r"(index\.html|briefing_pack\.(html|pdf|docx))$")


def write_manifest(
    survey: Survey,
    surroundings: Surroundings,
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
            "sha256": digest_of([surroundings.package, surroundings.template]),
        },
        "lock": {"path": LOCK, "sha256": surroundings.lock},
        "environment": surroundings.environment,
        "python": surroundings.python,
        "renderer": renderer,
        "formats": list(formats),
        "fonts": [font.model_dump() for font in surroundings.fonts],
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
        content = _read(folder / MANIFEST)
        self.listed: dict[str, tuple[int, str]] = {
            item["path"]: (item["size"], item["sha256"]) for item in content.get("artifacts", ())
        }
        self.reports: dict[str, Standing] = {
            item["report_id"]: Standing.model_validate(item) for item in content.get("reports", ())
        }
        self.formats: tuple[str, ...] = tuple(content.get("formats", ()))

    def hash_of(self, path: str) -> str | None:
        """Return the hash of a file as it is, None when there is none."""
        try:
            return self._hashes.of(self.folder / path)
        except OSError:
            return None

    def stands(self, path: str) -> bool:
        """Tell whether a listed file is what the manifest says."""
        return path in self.listed and self.hash_of(path) == self.listed[path][1]


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
        fit = isinstance(content, dict) and content.get("format") == FORMAT
        return _checked(content) if fit else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _checked(content: dict[str, Any]) -> dict[str, Any]:
    """Refuse a manifest that names files where a pack has none: what it lists may be removed."""
    for item in content["artifacts"]:
        parts = str(item["path"]).replace("\\", "/").split("/")
        if parts[0] not in _ROOMS and not (len(parts) == 1 and _OWN_FILES.match(parts[0])):
            return {}
        if {"", ".", ".."} & set(parts):
            return {}
        int(item["size"]), str(item["sha256"])
    return content
