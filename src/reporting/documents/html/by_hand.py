"""How `jupyter nbconvert` makes pages of notebooks: as the environment is told at set-up."""

import sys
from pathlib import Path

_FILE = "jupyter_nbconvert_config.py"
_OURS = "# Written by reporting: pages of notebooks fetch nothing and leave out what tags say."
_CONFIG = f"""{_OURS}
from reporting.documents.assets import TEMPLATES

c.HTMLExporter.template_name = "notebook"
c.HTMLExporter.language_code = "zh-CN"
c.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
# Slides are pages to nbconvert, and have a template of their own.
c.SlidesExporter.template_name = "reveal"
"""


def install_pages(prefix: str | Path = sys.prefix) -> Path | None:
    """Write nbconvert's settings below a prefix; gives the file, or None where one is not ours."""
    path = Path(prefix, "etc", "jupyter", _FILE)
    if path.exists() and not path.read_text(encoding="utf-8").startswith(_OURS):
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_CONFIG, encoding="utf-8")
    return path
