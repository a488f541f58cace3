"""The files that notebooks read besides their slice: ``inputs`` of the parameters.

A file is declared for a notebook, by its own name: a pattern would let in what somebody left
beside it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from reporting.errors import PublishError, UsageError
from reporting.project.params import Params
from reporting.project.reports import PUBLIC_NOTEBOOK, all_reports, notebook_stem
from reporting.project.roots import STATE
from reporting.publish.keys.hashes import FileHashes

Declared = dict[str, str]
"""Hashes of files, by their path in the project."""

_PATTERN = frozenset("*?")
_MADE = (STATE, "outputs")
"""What publishing itself writes: a report of a report would never come to rest."""
_NAMES_TOLD = 3


def declared_files(root: Path, params: Params) -> dict[str, tuple[str, ...]]:
    """List the declared files by the stem of their notebook, as paths in the project.

    Raises
    ------
    UsageError
        A notebook is unknown, or a file is missing, declared twice or outside the project.
    """
    notebooks = [one.notebook for one in all_reports(params.reports)]
    known = list(dict.fromkeys(map(notebook_stem, (*notebooks, PUBLIC_NOTEBOOK))))
    for stem in params.inputs:
        if stem not in known:
            raise UsageError(
                f"{_where(params, stem)}没有这个笔记本，应为 {'、'.join(known)} 之一。"
            )
    return {
        stem: _once(_where(params, stem), (_checked(root, params, stem, name) for name in names))
        for stem, names in params.inputs.items()
    }


def _where(params: Params, stem: str) -> str:
    return f"params/{params.year}.yml 的 inputs 中“{stem}”："


def _once(where: str, names: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        if name in found:
            raise UsageError(f"{where}文件 {name} 写了两次，每个文件只能写一次。")
        found.append(name)
    return tuple(found)


def _checked(root: Path, params: Params, stem: str, name: str) -> str:
    """Give the one name of a declared file."""
    where = _where(params, stem)
    home = root.resolve()
    path = (home / name).resolve()
    if not path.is_relative_to(home):
        raise UsageError(f"{where}文件应在项目文件夹内，实为“{name}”，请先复制进来。")
    inside = path.relative_to(home).as_posix()
    if inside.split("/")[0] in _MADE:
        raise UsageError(f"{where}文件不应是软件自己生成的，实为“{name}”，请另存一份再写。")
    if path.is_dir():
        raise UsageError(f"{where}应为文件，实为文件夹“{name}”，请逐个写出其中的文件。")
    if not path.is_file():
        hint = "，不能用通配符，请逐个写出" if _PATTERN & set(name) else ""
        raise UsageError(f"{where}应有文件“{name}”，实际没有{hint}。")
    return inside


def hash_declared(files: Iterable[str], root: Path, hashes: FileHashes) -> Declared:
    """Hash declared files.

    Raises
    ------
    UsageError
        One cannot be read.
    """
    try:
        return {name: hashes.of(root / name) for name in files}
    except OSError as error:
        raise UsageError(
            f"声明的输入文件不能读取：{error.filename}（{error.strerror}）。"
        ) from None


def read_declared(root: Path, declared: Declared, hashes: FileHashes) -> dict[str, bytes]:
    """Read declared files, which must be what was hashed.

    Raises
    ------
    PublishError
        One has changed since.
    """
    expect_unchanged(root, declared, hashes)
    contents = {name: (root / name).read_bytes() for name in declared}
    expect_unchanged(root, declared, hashes)
    return contents


def expect_unchanged(root: Path, files: Mapping[str, str], hashes: FileHashes) -> None:
    """Make sure that files are what they were when the run began.

    Raises
    ------
    PublishError
        They are not.
    """
    changed = [name for name, sha256 in files.items() if _now(root / name, hashes) != sha256]
    if changed:
        more = f"等{len(changed)}个" if len(changed) > _NAMES_TOLD else ""
        raise PublishError(
            f"生成期间输入文件被改动：{'、'.join(changed[:_NAMES_TOLD])}{more}，"
            "本次成果没有发布，请待文件保存完毕后重新运行。"
        )


def _now(path: Path, hashes: FileHashes) -> str:
    try:
        return hashes.of(path)
    except OSError:
        return ""
