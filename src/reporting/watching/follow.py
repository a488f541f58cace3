"""The loop: what was saved → what it touches, made anew and put in place."""

import traceback
from collections.abc import Iterable
from pathlib import Path

from reporting.errors import ReportingError
from reporting.publish.log import RunLog
from reporting.publish.options import Options
from reporting.publish.progress import shown
from reporting.publish.run import Outcome, publish
from reporting.watching.places import Look, changed, folders, is_litter, look
from reporting.watching.session import Following, Tell
from reporting.watching.values import Kind, Told

_TRIES = 3
"""Runs on end for what is saved while a run is under way; then the next save is waited for."""
_NAMED = 3


def follow(
    root: Path,
    options: Options,
    saves: Iterable[object],
    *,
    session: Following,
    tell: Tell,
    log: RunLog,
) -> None:
    """Publish, and again at every save, until there are no more.

    Parameters
    ----------
    saves : iterable
        Gives something whenever files may have been saved; what was is seen in the folders.
    """
    watch = _Watch(root, options, session, tell, log)
    watch.catch_up()
    for _ in saves:
        watch.catch_up()


class _Watch:
    """One project that is followed, and what it looked like when it was last published."""

    def __init__(
        self, root: Path, options: Options, session: Following, tell: Tell, log: RunLog
    ) -> None:
        self._root, self._options, self._session = root, options, session
        self._tell, self._log = tell, log
        self._seen: Look | None = None

    def catch_up(self) -> None:
        """Publish what has changed, and what changes meanwhile."""
        for left in reversed(range(_TRIES)):
            now = self._look()
            if now == self._seen:
                return
            names = () if self._seen is None else changed(self._seen, now)
            self._seen = now
            faults = self._run(self._relative(names))
            # What is wrong with a file that is still being saved is nobody's business.
            if not left or self._look() == now:
                for fault in faults:
                    self._tell(Told(kind=Kind.FAULT, text=fault))

    def _look(self) -> Look:
        return look(folders(self._root, self._options.year))

    def _relative(self, names: Iterable[str]) -> tuple[str, ...]:
        root = self._root.resolve()
        paths = (Path(name) for name in names)
        return tuple(
            path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            for path in paths
            if not path.is_dir() and not is_litter(path)
        )

    def _run(self, saved: tuple[str, ...]) -> tuple[str, ...]:
        """Publish once; gives what stopped it."""
        self._session.saved = frozenset(saved)
        if saved:
            some = "、".join(name.rpartition("/")[2] for name in saved[:_NAMED])
            more = f"等{len(saved)}个文件" if len(saved) > _NAMED else ""
            self._tell(Told(kind=Kind.SAVED, text=f"已保存　{some}{more}"))
        try:
            outcome = publish(
                self._root, self._options, log=self._log, session=self._session,
                waiting=lambda words: self._tell(Told(kind=Kind.SAVED, text=words)),
            )  # fmt: skip
        except ReportingError as error:
            return error.sentences
        except Exception as error:  # whatever it is, the next save may be well
            self._log.event("fault", detail=traceback.format_exc())
            return (f"程序出错：{type(error).__name__}：{error}，详细记录：{self._log.path}",)
        self._tell_outcome(outcome)
        return ()

    def _tell_outcome(self, outcome: Outcome) -> None:
        for failure in outcome.failures:
            text = f"未生成　{shown(failure.report_id)}：{failure.error}页面仍是上一次的。"
            self._tell(Told(kind=Kind.FAULT, text=text))
        counts = f"新生成{len(outcome.made)}份，沿用{len(outcome.reused)}份"
        text = f"{counts}，用时{outcome.seconds:.1f}秒。"
        index = self._session.path_served(outcome.folder / "index.html")
        self._tell(Told(kind=Kind.DONE, text=text, paths=(index,)))
