"""Everything together: the loop, the page and what stays warm, up in order and down in order."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Event

from reporting.project.roots import STATE
from reporting.publish.log import RunLog
from reporting.publish.options import Options
from reporting.watching.follow import follow
from reporting.watching.hub import Hub
from reporting.watching.places import folders
from reporting.watching.saves import saves
from reporting.watching.serve import serving
from reporting.watching.session import Following, Tell
from reporting.watching.values import Told


def watch(
    root: Path, options: Options, *, port: int, tell: Tell, opened: Callable[[str], None]
) -> None:
    """Follow a project until Ctrl-C.

    Parameters
    ----------
    tell : callable
        Takes every line of what happens; the page has them as well.
    opened : callable
        Is given the address of the page.

    Raises
    ------
    UsageError
        The port is taken.
    """
    served, hub, stop = root / "outputs", Hub(), Event()

    def tell_all(told: Told) -> None:
        tell(told)
        hub.tell(told)

    log = RunLog(root / STATE / "log", f"{options.year}{options.pack_name}-watch")
    with ExitStack() as up:
        up.callback(stop.set)
        session = Following(tell_all, served)
        start = session.path_served(options.pack_folder(root) / "index.html")
        opened(up.enter_context(serving(served, start, hub, port)))
        up.enter_context(session)
        places = partial(folders, root, options.year)
        follow(root, options, saves(places, stop), session=session, tell=tell_all, log=log)
