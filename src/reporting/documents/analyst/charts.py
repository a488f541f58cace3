"""An analyst's own charts show Chinese, and look the same on every computer."""

import matplotlib as mpl
from matplotlib import font_manager

from reporting.system.fonts import sans_file

_FAMILY = "Noto Sans CJK SC"
_ALSO_CALLED = (
    # What matplotlib and seaborn ask for unless they are told otherwise, which have no Chinese.
    "DejaVu Sans", "Arial",
    # What recipes for Chinese charts ask for, and few computers without Windows have.
    "SimHei", "SimSun", "Microsoft YaHei", "KaiTi", "FangSong",
)  # fmt: skip
_WEIGHTS = range(100, 1000, 100)
"""There is one cut: bold is set in it as well, and without a warning about that."""


def use_chinese() -> None:
    """Have matplotlib and seaborn write in the Chinese font that comes with the package.

    Kernels that publish have it already; in any other, a notebook calls this once. It lasts when
    a style or a theme is chosen afterwards, because the usual names lead to the same font.
    """
    manager, file = font_manager.fontManager, str(sans_file())
    if not any(entry.fname == file and entry.name == "Arial" for entry in manager.ttflist):
        # The first of several with a name is taken.
        manager.ttflist[:0] = [
            font_manager.FontEntry(
                fname=file, name=name, style="normal", variant="normal", weight=weight,
                stretch="normal", size="scalable",
            )
            for name in (_FAMILY, *_ALSO_CALLED)
            for weight in _WEIGHTS
        ]  # fmt: skip
        manager.addfont(file)
    mpl.rcParams["font.sans-serif"] = [_FAMILY, *_ALSO_CALLED]
    mpl.rcParams["axes.unicode_minus"] = False
    # Names of parts by what they hold, not by chance: equal pictures are equal texts.
    mpl.rcParams["svg.hashsalt"] = _FAMILY
