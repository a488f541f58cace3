"""The templates in a project's folder, held against what they may be before anything is made."""

import re
from collections.abc import Iterator
from pathlib import Path

from reporting.documents.overriding.names import KNOWN, OF_PDF
from reporting.errors import FaultsFound, UsageError
from reporting.project.checking.faults import nearest
from reporting.system.files import write_whole
from reporting.system.own_templates import FOLDER, template_files

_MACROS = {"html/blocks.html.j2": "blocks"}
"""What the program calls in a template."""
_REACHING = (
    (re.compile(r"\beval\s*\("), "eval 会把报告的文字当作排版指令，不能用"),
    (re.compile(r"[\"']@[\w-]+/"), "不能从网上取 Typst 的包，请写在本文件中"),
)
"""What Typst would do besides setting what it is given."""


def own_files(root: Path) -> list[str]:
    """List the project's own templates, as paths in the project.

    Raises
    ------
    FaultsFound
        A name is none of the package's, or a file is no such template.
    """
    paths = template_files(root)
    if wrong := [said for path in paths for said in _faults(path, root / FOLDER)]:
        raise FaultsFound(wrong)
    return [path.relative_to(root).as_posix() for path in paths]


def copy_template(root: Path, name: str) -> Path:
    """Copy a template of the package into the project, and give its path there.

    Raises
    ------
    UsageError
        There is none of that name, the project has its own already, or it cannot be written.
    """
    from reporting.documents.assets import TEMPLATES

    if name not in KNOWN:
        raise UsageError(f"没有模板“{name}”，应为 {'、'.join(KNOWN)} 之一{_near(name)}。")
    path = root / FOLDER / name
    if path.exists() or path.is_symlink():
        raise UsageError(f"{FOLDER}/{name} 已经有了，没有改动；要重来，请先移走。")
    try:
        write_whole(path, (TEMPLATES / name).read_bytes())
    except OSError as error:
        raise UsageError(f"不能写入 {FOLDER}/{name}：{error.strerror}。") from None
    return path


def _faults(path: Path, folder: Path) -> Iterator[str]:
    name = path.relative_to(folder).as_posix()
    if name not in KNOWN:
        yield f"{FOLDER}/{name}：没有这个名称的模板，应为 {'、'.join(KNOWN)} 之一{_near(name)}。"
        return
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        yield f"{FOLDER}/{name}：应为 UTF-8 编码的文本，实际不是，请另存为 UTF-8。"
    except OSError as error:
        yield f"{FOLDER}/{name}：应能读取，实际不能（{error.strerror}）。"
    else:
        yield from _wrong(name, text)


def _near(name: str) -> str:
    """Name the template that another name may be meant for, also where its folder is left out."""
    last = name.rpartition("/")[2]
    inside = next((one for one in KNOWN if one.rpartition("/")[2] == last), "")
    return f"，相近的有 {inside}" if inside else nearest(name, KNOWN)


def _wrong(name: str, text: str) -> Iterator[str]:
    if name in OF_PDF:
        yield from _reaching(name, text)
    elif name.endswith(".j2"):
        yield from _unusable(name, text)
    elif "</" in text:
        line = text[: text.index("</")].count("\n") + 1
        yield f"{FOLDER}/{name}第{line}行：应为样式（CSS），实有“</”。"


def _reaching(name: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n"), 1):
        for pattern, said in _REACHING:
            if pattern.search(line):
                yield f"{FOLDER}/{name}第{number}行：{said}。"


def _unusable(name: str, text: str) -> Iterator[str]:
    """Say why Jinja cannot read a template, or why it would not escape."""
    # A run that finds all as it was loads no Jinja.
    import jinja2
    from jinja2 import nodes

    from reporting.documents.overriding.faults import syntax_fault

    try:
        tree = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"]).parse(text)
    except jinja2.TemplateSyntaxError as error:
        yield syntax_fault(name, error)
        return
    for node in tree.find_all(nodes.EvalContextModifier):
        yield f"{FOLDER}/{name}第{node.lineno}行：文字一律转义，不能用 autoescape 关闭。"
    macro = _MACROS.get(name)
    if macro and macro not in {node.name for node in tree.find_all(nodes.Macro)}:
        yield f"{FOLDER}/{name}：应有名为 {macro} 的宏（macro），未找到。"
