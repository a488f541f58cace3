"""What each report depends on, hashed part by part, and which part differs from last time."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from reporting.publish.keys.program import Program
from reporting.publish.keys.reach import is_asset
from reporting.system.digests import digest_of

Parts = dict[str, str]
"""Hashes of what a report depends on, by the names of `LABELS`."""

LABELS = {
    "notebook": "notebook 有变",
    "parameters": "参数有变",
    "slice": "数据有变",
    "inputs": "声明的输入文件有变",
    "code": "程序有变",
    "lock": "锁定的依赖有变",
    "environment": "安装的依赖有变",
    "python": "Python 版本有变",
    "html": "程序有变",
    "pdf": "程序有变",
    "docx": "程序有变",
    "pptx": "程序有变",
    "fonts": "字体有变",
    "renderer": "排版引擎有变",
}
EXECUTION = (
    "notebook", "parameters", "slice", "inputs", "code", "lock", "environment", "python",
)  # fmt: skip
"""What decides an executed notebook; the rest decides how it is set."""
DRAWING = ("code", "lock", "environment", "python", "fonts")
"""What decides, with a chart's values, how it looks."""
SETTING = ("fonts", "renderer")
"""What decides, with the notebook and a format's own code, how a report is set."""
CODE = ("code", "html", "pdf", "docx", "pptx")

NEW, UNCHANGED, FORCED, AGAIN = "新增", "未变", "强制重做", "上次的成果已不在"
_NAMES_TOLD = 3

Differing = Callable[[str, str], Sequence[str] | None]
"""Names what differs between two things by their hashes; None when the old one is unknown."""


def parts_of(
    notebook: str,
    parameters: Mapping[str, int | str],
    slice_sha256: str,
    inputs: Mapping[str, str],
    code: Mapping[str, str],
    program: Program,
    renderer: str,
) -> Parts:
    """Put the parts of a report's key together.

    Parameters
    ----------
    notebook, slice_sha256 : str
        Hashes already.
    inputs : mapping of str to str
        Hashes of the files that the notebook reads besides its slice, by path.
    code : mapping of str to str
        Hashes of the code that executes (``code``) and that sets each format.
    """
    return {
        "notebook": notebook,
        "parameters": digest_of(dict(parameters)),
        "slice": slice_sha256,
        "inputs": digest_of(dict(inputs)),
        **{name: code[name] for name in CODE},
        "lock": program.lock,
        "environment": program.environment,
        "python": program.python,
        "fonts": digest_of([font.model_dump() for font in program.fonts]),
        "renderer": renderer,
    }


def key_of(parts: Parts) -> str:
    """Return the key of a report: equal keys, equal artifacts of every format."""
    return digest_of(parts)


def artifact_key(parts: Mapping[str, str], suffix: str) -> str:
    """Return the key of a report in one format; of the executed notebook for ``ipynb``."""
    return digest_of([suffix, {name: parts[name] for name in _deciding(suffix)}])


def _deciding(suffix: str) -> tuple[str, ...]:
    return EXECUTION if suffix == "ipynb" else (*EXECUTION, suffix, *SETTING)


def why(
    now: Parts,
    last: Mapping[str, str] | None,
    missing: Iterable[str],
    *,
    slices: Callable[[str, str], str | None],
    code: Differing,
) -> str | None:
    """Say in a few words why formats of a report are made again; None when nothing differs.

    Parameters
    ----------
    last : mapping or None
        The parts the report was last made with; None when it never was.
    slices, code : callable
        Name what differs between two slices, or between the code of two hashes.
    """
    if last is None:
        return NEW
    names = dict.fromkeys(name for suffix in missing for name in _deciding(suffix))
    said = [
        word
        for name in LABELS
        if name in names and now[name] != last.get(name)
        for word in _words(name, last.get(name, ""), now[name], slices, code)
    ]
    return "；".join(dict.fromkeys(said)) or None


def _words(
    name: str,
    old: str,
    new: str,
    slices: Callable[[str, str], str | None],
    code: Differing,
) -> list[str]:
    label = LABELS[name]
    if name == "slice":
        facts = slices(old, new)
        return [f"{label}：{facts}" if facts else label]
    if name not in CODE:
        return [label]
    names = code(old, new)
    if not names:
        return [label]
    modules = [n.removeprefix("reporting.") for n in names if not is_asset(n)]
    files = [n.rpartition("templates/")[2] for n in names if is_asset(n)]
    return [
        f"{words}：{_some(found)}"
        for words, found in ((label, modules), ("模板有变", files))
        if found
    ]


def _some(names: Sequence[str]) -> str:
    more = f"等{len(names)}处" if len(names) > _NAMES_TOLD else ""
    return "、".join(names[:_NAMES_TOLD]) + more
