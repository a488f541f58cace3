"""Pictures in the one form that Typst and Word take without loss."""

import base64
import re
import struct
from xml.sax.saxutils import quoteattr

from reporting.documents.blocks import Figure
from reporting.documents.fonts.chosen import choose_fonts, font_folders, shared_compiler

_HEAD = 2_000
_VIEW = re.compile(r'viewBox="[-.\d]+ [-.\d]+ ([.\d]*[1-9][.\d]*) ([.\d]+)"')


def as_svg(figure: Figure) -> str:
    """Give a figure as SVG; a photograph or bitmap is wrapped as it is."""
    if figure.media == "image/svg+xml":
        return figure.data
    width, height = _pixels(base64.b64decode(figure.data))
    source = quoteattr(f"data:{figure.media};base64,{figure.data}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f"href={source}/></svg>"
    )


def proportion(figure: Figure) -> float:
    """Tell how tall a figure is for its width; an SVG that does not say so counts as square."""
    size = _VIEW.search(as_svg(figure)[:_HEAD])
    return float(size[2]) / float(size[1]) if size else 1.0


def as_png(figure: Figure) -> bytes:
    """Give a figure as PNG, for programs that cannot draw SVG; Typst draws it."""
    if figure.media == "image/png":
        return base64.b64decode(figure.data)
    page = b"#set page(width: 156mm, height: auto, margin: 0pt)\n" + (
        b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    compiler = shared_compiler(font_folders(choose_fonts()))
    png = compiler.compile(page, format="png", ppi=220, sys_inputs={"svg": as_svg(figure)})
    assert isinstance(png, bytes)
    return png


def _pixels(data: bytes) -> tuple[int, int]:
    """Read width and height from the header of a PNG or JPEG."""
    if data.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    position = 2
    while position + 9 < len(data):
        marker, length = struct.unpack(">HH", data[position : position + 4])
        # Start-of-frame markers, without the tables among them.
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return width, height
        position += 2 + length
    # A header nobody can read: the picture is shown, in the commonest shape.
    return 800, 600
