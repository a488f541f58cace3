"""Blank workbooks put into their folder: what has not changed stays, what is stale goes.

The folder keeps a list of what was written into it. Nothing is removed or overwritten that is not
as it was written: whoever types into a workbook where it lies does not lose it.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from reporting.returns.sheets.written import as_written, keep_written
from reporting.system.files import read_if_there, write_whole
from reporting.values import Value

WRITTEN = "空白表清单.json"


class PutOut(Value):
    """What became of the workbooks of a folder, by file name.

    Attributes
    ----------
    same, fresh : tuple of str
        Those that are as the last time, and those written now.
    removed : tuple of str
        Those of an earlier run that are no unit's any more.
    altered : tuple of str
        Those that somebody wrote into: neither overwritten nor removed.
    foreign : tuple of str
        Other workbooks that lie there.
    """

    same: tuple[str, ...]
    fresh: tuple[str, ...]
    removed: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def told(self, folder: Path) -> Iterator[str]:
        """Say what was done, one line a matter."""
        again = f"，另有{len(self.same)}份与上次相同，没有重写" if self.same else ""
        yield f"已写入空白报送表{len(self.fresh)}份{again}：{folder}"
        if self.same and self.fresh:
            yield f"须重新发出的：{'、'.join(self.fresh)}"
        if self.removed:
            yield f"已不再需要、已经删除的：{'、'.join(self.removed)}"
        if self.altered:
            yield f"写出后有人填写或改动、原样保留的（请移走后再运行）：{'、'.join(self.altered)}"
        if self.foreign:
            yield f"不是本季度空白表、原样保留的：{'、'.join(self.foreign)}"


def put_out(folder: Path, books: Mapping[str, bytes]) -> PutOut:
    """Put workbooks into a folder, in place of those of an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    before = as_written(folder, WRITTEN)
    there = {name: read_if_there(folder / name) for name in books}
    same = [name for name, content in there.items() if content == books[name]]
    # What lies there in other words than ours may be somebody's work, listed or not.
    altered = {name for name, content in there.items() if content is not None and name not in same}
    altered = {name for name in altered | before.keys() - {*same} if not before.get(name)}
    fresh = [name for name in books if name not in same and name not in altered]
    stale = sorted(name for name in before.keys() - books.keys() if name not in altered)
    for name in fresh:
        write_whole(folder / name, books[name])
    for name in stale:
        (folder / name).unlink()
    keep_written(folder, {name: books[name] for name in (*same, *fresh)}, WRITTEN)
    others = {path.name for path in folder.glob("*.xlsx") if not path.name.startswith("~$")}
    return PutOut(
        same=tuple(same), fresh=tuple(fresh), removed=tuple(stale), altered=tuple(sorted(altered)),
        foreign=tuple(sorted(others - books.keys() - altered)),
    )  # fmt: skip
