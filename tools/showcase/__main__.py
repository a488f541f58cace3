"""``python -m tools.showcase``: make the pack in ``docs/sample`` and the pictures of it anew."""

import shutil
import subprocess
import sys
from pathlib import Path

from reporting.project.roots import pack_folder
from reporting.system.scratch import scratch_folder
from tools.showcase.office import QUARTER, ROOT, YEAR, lay_out
from tools.showcase.pictures import CHROMIUM, take

SAMPLE = ROOT / "docs" / "sample"
IMAGES = ROOT / "docs" / "images"
UNIT = "市科技局"
PICTURED = "市工业和信息化局"
"""A unit with figures, of which one is shown where it comes from."""

_CALLS = (
    ("report", "--format", "html"),
    ("report", "--format", "html", "--format", "pdf", "--report", "briefing_pack"),
    ("report", "--format", "html", "--format", "pdf", "--unit", UNIT),
    ("check",),
)
"""All pages lead to each other; two reports are on paper as well, which is most of the bytes."""

_LEFT_OUT = ("notebooks", "manifest.json", "sheets", "sendback")
"""What tells of the program of a day, or is no part of what readers get."""


def main() -> None:
    """Make a small office's pack as any office does, and keep what readers get of it."""
    with scratch_folder() as folder:
        root = folder / "office"
        root.mkdir()
        lay_out(root)
        for words in _CALLS:
            _run(root, *words)
        pack = pack_folder(root, YEAR, QUARTER)
        _keep(pack)
        if CHROMIUM.exists():
            take(pack, PICTURED, IMAGES)
        else:
            print(f"{CHROMIUM} is missing: the pictures in {IMAGES} are as they were")


def _run(root: Path, *words: str) -> None:
    command = [sys.executable, "-m", "reporting", *words, "--quarter", str(QUARTER)]
    # A check that has something to say of the returns ends with 1.
    done = subprocess.run(command, cwd=root, check=words[0] != "check")
    if done.returncode > 1:
        raise SystemExit(done.returncode)


def _keep(pack: Path) -> None:
    shutil.rmtree(SAMPLE, ignore_errors=True)
    shutil.copytree(pack, SAMPLE, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    files = [path for path in SAMPLE.rglob("*") if path.is_file()]
    print(f"{SAMPLE}: {len(files)} files, {sum(path.stat().st_size for path in files)} bytes")


if __name__ == "__main__":
    main()
