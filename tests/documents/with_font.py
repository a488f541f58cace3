"""An environment in which other programs find one Chinese font, whatever the machine has."""

import os
from pathlib import Path

from reporting.system.fonts import sans_file


def with_chinese_font(folder: Path) -> dict[str, str]:
    """Return this process's environment with fontconfig set to the package's own sans face."""
    config = folder / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{sans_file().parent}</dir><cachedir>{folder}</cachedir></fontconfig>"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}
