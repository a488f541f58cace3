"""Zip containers (xlsx, docx, zip) whose bytes depend on their content only."""

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry; used for every entry."""


def normalise_zip(data: bytes) -> bytes:
    """Write a zip again with entries sorted and without times, hosts or comments.

    ``[Content_Types].xml`` stays first, as Office expects of its containers.
    """
    return make_zip(read_members(data))


def read_members(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return {name: source.read(name) for name in source.namelist()}


def make_zip(members: dict[str, bytes], *, compressed: bool = True) -> bytes:
    """Pack files by name into a zip whose bytes depend on names and contents only.

    Compressed they depend on the compressor as well, which another computer may have another of.
    """
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method, compresslevel=9) as archive:
        for name in sorted(members, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = method
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, members[name])
    return target.getvalue()
