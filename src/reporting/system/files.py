"""Reading files that may be missing, and writing them so that none is ever half there."""

from pathlib import Path


def read_if_there(path: Path) -> bytes | None:
    """Read a file; None where there is none."""
    return path.read_bytes() if path.is_file() else None


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, then rename: the file is complete or not there; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
