"""What each report depends on, hashed part by part, and which part differs from last time."""

from collections.abc import Callable, Mapping
from pathlib import Path

from reporting.errors import UsageError
from reporting.publish.keys.surroundings import Surroundings
from reporting.system.digests import digest_of

Parts = dict[str, str]
"""Hashes of what a report depends on, by the names of `LABELS`."""

LABELS = {
    "notebook": "notebook 有变",
    "parameters": "参数有变",
    "slice": "数据有变",
    "package": "程序有变",
    "lock": "锁定的依赖有变",
    "environment": "安装的依赖有变",
    "python": "Python 版本有变",
    "template": "模板有变",
    "fonts": "字体有变",
    "renderer": "排版引擎有变",
}
EXECUTION = ("notebook", "parameters", "slice", "package", "lock", "environment", "python")
"""What decides an executed notebook; the rest decides how it is set."""
DRAWING = ("package", "lock", "environment", "python", "fonts")
"""What decides, with a chart's values, how it looks."""

NEW, UNCHANGED, FORCED, AGAIN = "新增", "未变", "强制重做", "上次的成果已不在"


def parts_of(
    notebook: str,
    parameters: Mapping[str, int | str],
    slice_sha256: str,
    surroundings: Surroundings,
    renderer: str,
) -> Parts:
    """Put the parts of a report's key together; ``notebook`` and slice are hashes already."""
    return {
        "notebook": notebook,
        "parameters": digest_of(dict(parameters)),
        "slice": slice_sha256,
        "package": surroundings.package,
        "lock": surroundings.lock,
        "environment": surroundings.environment,
        "python": surroundings.python,
        "template": surroundings.template,
        "fonts": digest_of([font.model_dump() for font in surroundings.fonts]),
        "renderer": renderer,
    }


def key_of(parts: Parts) -> str:
    """Return the key of a report: equal keys, equal artifacts of every format."""
    return digest_of(parts)


def execution_key(parts: Parts) -> str:
    """Return the key of the executed notebook, which knows nothing of how it is set."""
    return digest_of({name: parts[name] for name in EXECUTION})


def why(
    now: Parts, last: Mapping[str, str] | None, slices: Callable[[str, str], str | None]
) -> str:
    """Say in a few words why a report is made again.

    Parameters
    ----------
    last : mapping or None
        The parts the report was last made with; None when it never was.
    slices : callable
        Names the facts that differ between two slices, by their hashes; None when the old one
        is no longer known.
    """
    if last is None:
        return NEW
    differing = [label for name, label in LABELS.items() if now[name] != last.get(name)]
    if not differing:
        return AGAIN
    if now["slice"] != last.get("slice"):
        facts = slices(last.get("slice", ""), now["slice"])
        differing = [
            f"{label}：{facts}" if facts and label == LABELS["slice"] else label
            for label in differing
        ]
    return "；".join(differing)


def read_notebooks(root: Path, names: Mapping[str, str]) -> dict[str, bytes]:
    """Read the notebooks of the kinds of report.

    Raises
    ------
    UsageError
        One is missing.
    """
    found: dict[str, bytes] = {}
    for kind, name in names.items():
        path = root / name
        if not path.is_file():
            raise UsageError(f"没有 notebook：应有 {name}。")
        found[kind] = path.read_bytes()
    return found
