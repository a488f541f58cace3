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


def made_by(manifest: Manifest) -> dict[str, str]:
    """Give what a manifest says of the program, by its name for officials."""
    return {
        "程序": manifest.package.sha256,
        "依赖锁定文件": manifest.lock.sha256,
        "安装的依赖": manifest.environment,
        "Python 版本": manifest.python,
        "字体": digest_of([font.model_dump() for font in manifest.fonts]),
    }
