"""What may be wrong with a package: each a function of its bytes and of chance."""

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from reporting.system.archives import make_zip

Damage = Callable[[bytes, random.Random], bytes]

_ODD = (
    b"", b"-1", b"0", b"ZZZ9999999", b"A0", b"XFD1048577", b"A1:XFD1048576", b"1e999", b"NaN",
    b"99999999999999999999", b"../../../../etc/passwd", b"http://127.0.0.1:9/x", b"#REF!",
    b"&#0;", b"&amp;&lt;&#x202e;", b"_x0000_", b"true", b"\xff\xfe", "１２３".encode(), b"%00",
    b"0" * 400, b"A" * 70_000, b"[" * 30_000, b"9" * 400, b"=" * 40_000, b"(" * 5_000,
)  # fmt: skip
_ATTRIBUTE = re.compile(rb'="([^"<]{0,200})"')
_TEXT = re.compile(rb">([^<>]{1,400})<")
_TAG = re.compile(rb"<[A-Za-z][\w:]*(?: [^<>]*)?>")
_NAME = re.compile(rb"<(/?)([A-Za-z][\w:]*)")
_MOST = 4 * 2**20
"""How much a part may grow by one damage."""


def members(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _in_part(edit: Damage) -> Damage:
    """Make the damage of a package from that of one of its parts; its container stays sound."""

    def damage(data: bytes, rng: random.Random) -> bytes:
        parts = members(data)
        name = rng.choice(sorted(parts))
        return make_zip(parts | {name: edit(parts[name], rng)})

    damage.__name__ = edit.__name__
    return damage


def _at(pattern: "re.Pattern[bytes]", part: bytes, rng: random.Random) -> "re.Match[bytes] | None":
    found = list(pattern.finditer(part))
    return rng.choice(found) if found else None


def bytes_of_the_file_flipped(data: bytes, rng: random.Random) -> bytes:
    """Flip bits anywhere, most often in what is packed."""
    spoilt = bytearray(data)
    for _ in range(rng.choice((1, 3, 30))):
        spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def file_cut_short(data: bytes, rng: random.Random) -> bytes:
    """Keep the beginning, or the end."""
    at = rng.randrange(len(data))
    return data[:at] if rng.random() < 0.7 else data[at:]


def directory_of_the_archive_wrong(data: bytes, rng: random.Random) -> bytes:
    """Write an odd number into one of the fields of the archive's own list."""
    spoilt = bytearray(data)
    heads = [m.start() for m in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    at = rng.choice(heads) + rng.randrange(4, 34)
    value = rng.choice((0, 1, 0xFFFF, 0xFFFFFFFF, 0x7FFFFFFF, rng.randrange(2**32)))
    spoilt[at : at + 4] = struct.pack("<I", value)
    return bytes(spoilt)


def part_missing(data: bytes, rng: random.Random) -> bytes:
    """Leave a part out."""
    parts = members(data)
    del parts[rng.choice(sorted(parts))]
    return make_zip(parts)


def parts_exchanged(data: bytes, rng: random.Random) -> bytes:
    """Put one part in the place of another."""
    parts = members(data)
    one, two = rng.choice(sorted(parts)), rng.choice(sorted(parts))
    return make_zip(parts | {one: parts[two], two: parts[one]})


def part_added(data: bytes, rng: random.Random) -> bytes:
    """Add a part of any bytes under an odd name."""
    names = ("xl/drawings/drawing9.xml", "../外.xml", "xl/cellimages.xml", "xl//a", "/", "文件/甲")
    return make_zip(members(data) | {rng.choice(names): rng.randbytes(rng.randrange(4000))})


def part_named_twice(data: bytes, rng: random.Random) -> bytes:
    """Let the archive hold a second part of a name."""
    target = io.BytesIO(data)
    name = rng.choice(sorted(members(data)))
    with zipfile.ZipFile(target, "a") as archive:
        entry = zipfile.ZipInfo(name)
        archive.NameToInfo.pop(name)  # else the library complains of the second
        archive.writestr(entry, rng.choice((b"", b"<a/>", rng.randbytes(300))))
    return target.getvalue()


@_in_part
def part_of_any_bytes(part: bytes, rng: random.Random) -> bytes:
    """Put random bytes in its place, or nothing."""
    return rng.choice((b"", b"\x00" * 900, rng.randbytes(rng.randrange(1, 5000)), part[::-1]))


@_in_part
def bytes_of_a_part_changed(part: bytes, rng: random.Random) -> bytes:
    """Change some bytes of the text."""
    spoilt = bytearray(part or b" ")
    for _ in range(rng.choice((1, 2, 8))):
        spoilt[rng.randrange(len(spoilt))] = rng.choice((rng.randrange(256), *b'<>&"/=0'))
    return bytes(spoilt)


@_in_part
def attribute_odd(part: bytes, rng: random.Random) -> bytes:
    """Give an attribute a value that no program writes: an address, a number, a path."""
    found = _at(_ATTRIBUTE, part, rng)
    return (
        part if found is None else part[: found.start(1)] + rng.choice(_ODD) + part[found.end(1) :]
    )


@_in_part
def text_odd(part: bytes, rng: random.Random) -> bytes:
    """Give an element a text that does not fit it."""
    found = _at(_TEXT, part, rng)
    return (
        part if found is None else part[: found.start(1)] + rng.choice(_ODD) + part[found.end(1) :]
    )


@_in_part
def many_attributes_odd(part: bytes, rng: random.Random) -> bytes:
    """Give every second attribute another's value."""
    values = [m[1] for m in _ATTRIBUTE.finditer(part)] or [b""]
    return _ATTRIBUTE.sub(
        lambda m: b'="%s"' % (rng.choice(values) if rng.random() < 0.5 else m[1]), part
    )


@_in_part
def piece_repeated(part: bytes, rng: random.Random) -> bytes:
    """Repeat a piece of the text many times."""
    if not part:
        return part
    start = rng.randrange(len(part))
    piece = part[start : start + rng.choice((10, 80, 600, 6000))]
    times = min(rng.choice((2, 50, 3000, 200_000)), 1 + _MOST // max(1, len(piece)))
    return part[:start] + piece * times + part[start:]


@_in_part
def elements_nested(part: bytes, rng: random.Random) -> bytes:
    """Open an element again and again, as deep as it goes."""
    found = _at(_TAG, part, rng)
    if found is None:
        return part
    times = min(rng.choice((3, 100, 100_000)), 1 + _MOST // len(found[0]))
    return part[: found.start()] + found[0] * times + part[found.start() :]


@_in_part
def element_renamed(part: bytes, rng: random.Random) -> bytes:
    """Give the elements of one name another one."""
    names = sorted({m[2] for m in _NAME.finditer(part)}) or [b"a"]
    old, new = rng.choice(names), rng.choice((*names, b"x:y", b"row", b"c", b"a" * 9000))
    return re.sub(rb"(</?)" + re.escape(old) + rb"(?=[ />])", rb"\1" + new, part)


@_in_part
def piece_removed(part: bytes, rng: random.Random) -> bytes:
    """Cut a piece out of the text."""
    start = rng.randrange(len(part) + 1)
    return part[:start] + part[start + rng.choice((1, 20, 400, 5000)) :]


@_in_part
def element_removed(part: bytes, rng: random.Random) -> bytes:
    """Cut a whole tag out of the text."""
    found = _at(_TAG, part, rng)
    return part if found is None else part[: found.start()] + part[found.end() :]


@_in_part
def entities_declared(part: bytes, rng: random.Random) -> bytes:
    """Declare entities that grow, or that stand elsewhere."""
    grown = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 9))
    outside = b'<!ENTITY e8 SYSTEM "file:///etc/passwd">'
    head = b'<!DOCTYPE x [<!ENTITY e0 "ha">%s]>' % rng.choice((grown, outside))
    return head + re.sub(rb">([^<>]+)<", rb">&e8;<", part, count=1)


@_in_part
def written_in_another_coding(part: bytes, rng: random.Random) -> bytes:
    """Write the text in another coding than it says, or say another."""
    if rng.random() < 0.5:
        return part.replace(b"UTF-8", rng.choice((b"gbk", b"utf-7", b"x" * 500)), 1)
    return part.decode("utf-8", "replace").encode(
        rng.choice(("utf-16", "gbk", "utf-32")), "replace"
    )


def much_packed_into_little(data: bytes, rng: random.Random) -> bytes:
    """Fill a part with so many like bytes that it packs to nothing."""
    parts = members(data)
    name = rng.choice(sorted(parts))
    more = rng.choice((b" ", b"<row/>", b"<c><v>1</v></c>", b"<si><t>a</t></si>"))
    filling = more * (rng.choice((2**20, 40 * 2**20)) // len(more))
    return make_zip(parts | {name: parts[name] + filling})


def other_kind_of_file(data: bytes, rng: random.Random) -> bytes:
    """Let it begin as a file of another kind does."""
    heads = ("d0cf11e0a1b11ae1", "25504446", "504b0506" + "00" * 18, "504b0304", "efbbbf", "fffe")
    rest = rng.choice((data, rng.randbytes(3000), zlib.compress(data), b"a,b,c\n" * 500))
    return bytes.fromhex(rng.choice(heads)) + rest


DAMAGES: tuple[Damage, ...] = (
    bytes_of_the_file_flipped, file_cut_short, directory_of_the_archive_wrong, part_missing,
    parts_exchanged, part_added, part_named_twice, part_of_any_bytes, bytes_of_a_part_changed,
    attribute_odd, text_odd, many_attributes_odd, piece_repeated, elements_nested,
    element_renamed, piece_removed, element_removed, entities_declared,
    written_in_another_coding, much_packed_into_little, other_kind_of_file,
)  # fmt: skip


def damaged(data: bytes, rng: random.Random) -> tuple[str, bytes]:
    """Let one damage or a few befall a package; give their names and the result."""
    named = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        damage = rng.choice(DAMAGES)
        try:
            data = damage(data, rng)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError,
                RuntimeError, ValueError, IndexError, struct.error):  # fmt: skip
            break  # what is no archive any more is damaged enough
        named.append(damage.__name__)
    return " + ".join(named) or "unchanged", data
