"""Where the filled 核对表 is kept, and how one that was filled in the outputs gets there."""

from dataclasses import dataclass
from pathlib import Path

from reporting.errors import UsageError
from reporting.plan.checklist.answers import Filled, filled_digest, identity, is_edited, opened
from reporting.system.files import read_if_there, write_whole

CHECKLIST = "核对表.xlsx"
_BEFORE = "（上一份）"


@dataclass(frozen=True)
class Found:
    """The filled 核对表 to read; ``moving`` where it lies in the outputs and is to be kept."""

    path: Path
    kept: Path
    moving: bool = False

    def keep(self) -> None:
        """Copy what was filled in the outputs to where it is kept; the one there stays beside."""
        if not self.moving:
            return
        before = read_if_there(self.kept)
        if before is not None:
            write_whole(self.kept.with_stem(f"{self.kept.stem}{_BEFORE}"), before)
        write_whole(self.kept, self.path.read_bytes())


def find_filled(kept: Path, out: Path, *, may_move: bool) -> Found:
    """Find the filled 核对表: the kept one, or the one in the outputs when that was filled in.

    Parameters
    ----------
    kept, out : Path
        Where it is kept, and the folder that a new one is written to.
    may_move : bool
        The plan is of the project's own table, whose 核对表 is kept.

    Raises
    ------
    UsageError
        The one in the outputs was filled in and can neither be kept nor written over.
    """
    written = out / CHECKLIST
    data = read_if_there(written)
    if data is None or written.resolve() == kept.resolve() or not is_edited(data, CHECKLIST):
        return Found(kept, kept)
    base = identity(opened(data, str(written))).get("base")
    if not may_move:
        raise UsageError(
            f"{written} 填有核对内容，不能覆盖；本次读取的不是参数中的任务表，"
            "请先移走它，或用 --out 另指文件夹。"
        )
    before = read_if_there(kept)
    now = Filled().digest if before is None else filled_digest(before, kept.name)
    if now not in (base, filled_digest_or_none(data, str(written))):
        raise UsageError(
            f"{written} 与 {kept} 在上次运行后都改过，不知以哪份为准；"
            "请把要保留的内容并入后者，删去前者，再运行。"
        )
    return Found(written, kept, moving=True)


def filled_digest_or_none(data: bytes, file: str) -> str | None:
    """Digest what is filled in, or nothing where a cell cannot be read."""
    try:
        return filled_digest(data, file)
    except UsageError:
        return None
