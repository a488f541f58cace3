"""The files that notebooks read besides their slice: ``inputs`` of the parameters, own fonts.

A file is declared for a notebook, by its own name: a pattern would let in what somebody left
beside it.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reporting.errors import FaultsFound, PublishError, UsageError
from reporting.project.checking.faults import nearest
from reporting.project.params import Params
from reporting.project.reports import PUBLIC_NOTEBOOK, all_reports, notebook_stem
from reporting.project.roots import STATE
from reporting.publish.keys.hashes import FileHashes
from reporting.system.faults import said
from reporting.system.own_fonts import font_files

Declared = dict[str, str]
"""Hashes of files, by their path in the project."""

_PATTERN = frozenset("*?")
_MADE = (STATE, "outputs")
"""What publishing itself writes: a report of a report would never come to rest."""
_NAMES_TOLD = 3


def declared_files(root: Path, params: Params) -> dict[str, tuple[str, ...]]:
    """List the declared files by the stem of their notebook, as paths in the project.

    The project's own fonts are declared for every notebook, without being named.

    Raises
    ------
    FaultsFound
        A notebook is unknown, or a file is missing, declared twice or outside the project.
    """
    wrong = [
        f"params/{params.year}.yml 的 inputs 中“{path[1]}”：{said}。"
        for path, said in wrong_inputs(root, params)
    ]
    if wrong:
        raise FaultsFound(wrong)
    home = root.resolve()
    named = {
        stem: tuple(_inside(home, name) for name in names) for stem, names in params.inputs.items()
    }
    fonts = tuple(path.relative_to(root).as_posix() for path in font_files(root))
    if not fonts:
        return named
    stems = _stems(params)
    return {stem: tuple(dict.fromkeys((*named.get(stem, ()), *fonts))) for stem in stems}


def _stems(params: Params) -> list[str]:
    """List the notebooks that files can be declared for, each by its stem."""
    notebooks = [one.notebook for one in all_reports(params.reports)]
    return list(dict.fromkeys(map(notebook_stem, (*notebooks, PUBLIC_NOTEBOOK))))


def _inside(home: Path, name: str) -> str:
    """Give the one name of a declared file."""
    return (home / name).resolve().relative_to(home).as_posix()


def wrong_inputs(root: Path, params: Params) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Say what is wrong with ``inputs``, by the place in the parameters."""
    known = _stems(params)
    home = root.resolve()
    for stem, names in params.inputs.items():
        if stem not in known:
            said = f"没有这个笔记本，应为 {'、'.join(known)} 之一{nearest(stem, known)}"
            yield ("inputs", stem), said
        seen: set[str] = set()
        for at, name in enumerate(names):
            if said := _wrong(home, name):
                yield ("inputs", stem, at), said
            elif (inside := _inside(home, name)) in seen:
                yield ("inputs", stem, at), f"文件 {inside} 写了两次，每个文件只能写一次"
            else:
                seen.add(inside)


def _wrong(home: Path, name: str) -> str:
    """Say why a file cannot be declared; empty where it can."""
    path = (home / name).resolve()
    if not path.is_relative_to(home):
        return f"文件应在项目文件夹内，实为“{name}”，请先复制进来"
    if {*path.relative_to(home).parts[:1]} & {*_MADE}:
        return f"文件不应是软件自己生成的，实为“{name}”，请另存一份再写"
    if path.is_dir():
        return f"应为文件，实为文件夹“{name}”，请逐个写出其中的文件"
    if not path.is_file():
        hint = "，不能用通配符，请逐个写出" if _PATTERN & set(name) else ""
        return f"应有文件“{name}”，实际没有{hint}"
    return ""


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
        raise UsageError(f"声明的输入文件不能读取：{error.filename}（{said(error)}）。") from None


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
