"""The program that makes a pack, as a manifest names it and as it is now."""

from pathlib import Path

from reporting.project.params import Params
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.program import Program, read_program
from reporting.publish.manifest import Manifest
from reporting.system.digests import digest_of


def program_of(root: Path, params: Params) -> Program:
    """Look at the program as it is now."""
    return read_program(root, params.fonts, FileHashes(root / ".reporting" / "hashes.json"))


def environment_facts(manifest: Manifest, now: Program) -> tuple[tuple[str, str, str], ...]:
    """Pair what a manifest says of the program with what it is now: name, then, now."""
    is_now = {
        "程序": now.package,
        "依赖锁定文件": now.lock,
        "安装的依赖": now.environment,
        "Python 版本": now.python,
        "字体": digest_of([font.model_dump() for font in now.fonts]),
    }
    return tuple((name, was, is_now[name]) for name, was in made_by(manifest).items())


def surroundings(was: Manifest, is_now: Manifest) -> tuple[tuple[str, str], ...]:
    """Name what a program finds around it other than at release: name, sentence.

    Both manifests are by one program, whose package and lock are the same.
    """
    fonts, fonts_now = ({(f.file, f.sha256) for f in found.fonts} for found in (was, is_now))
    before, after = (m.environment or "锁定的版本" for m in (was, is_now))
    pairs = {"Python 版本": (was.python, is_now.python), "安装的依赖": (before, after)}
    told = {name: f"定版时为 {a}，现为 {b}" for name, (a, b) in pairs.items() if a != b}
    if files := sorted({file for file, _ in fonts ^ fonts_now}):
        told["字体"] = "、".join(files)
    return tuple((name, f"{name}（{words}）") for name, words in told.items())


def made_by(manifest: Manifest) -> dict[str, str]:
    """Give what a manifest says of the program, by its name for officials."""
    return {
        "程序": manifest.package.sha256,
        "依赖锁定文件": manifest.lock.sha256,
        "安装的依赖": manifest.environment,
        "Python 版本": manifest.python,
        "字体": digest_of([font.model_dump() for font in manifest.fonts]),
    }
