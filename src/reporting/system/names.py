"""File names made from what people are called."""

import re
import unicodedata
from hashlib import sha256

MAX_BYTES = 100
_UNSAFE = re.compile(r'[<>:"/\\|?*%#]')
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_RESERVED = re.compile(
    r"(con|prn|aux|nul|con(in|out)\$|(com|lpt)[\d¹²³])\s*(\..*)?$", re.IGNORECASE
)


def safe_name(name: str) -> str:
    """Make a subject's name a file name that every file system takes.

    A name that has to be changed or cut gets a short hash of the original, so that two names
    never meet, not even where capitals do not count.

    Examples
    --------
    >>> safe_name("市商务局")
    '市商务局'
    >>> safe_name("../etc")
    '_etc-f7f9121f'
    """
    safe = unicodedata.normalize("NFC", name)
    safe = "".join("_" if unicodedata.category(c) in _HIDDEN else c for c in safe)
    safe = _UNSAFE.sub("_", safe).strip(" .") or "_"
    if _RESERVED.match(safe):
        safe = f"_{safe}"
    if safe == name and safe.casefold() == safe and len(safe.encode()) <= MAX_BYTES:
        return safe
    mark = f"-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return _cut(safe, MAX_BYTES - len(mark)) + mark


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore").rstrip(" .")
