"""Zip containers (xlsx, docx, zip) whose bytes depend on their content only."""

import io
import zipfile
from collections.abc import Callable

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip entry can carry; used for every entry."""


def normalise_zip(data: bytes, edit: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """Write a zip again with entries sorted and without times, hosts or comments.

    ``[Content_Types].xml`` stays first, as Office expects of its containers; ``edit`` may
    change a member by its name and content.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    if edit is not None:
        members = {name: edit(name, content) for name, content in members.items()}
    return make_zip(members)


def make_zip(members: dict[str, bytes]) -> bytes:
    """Pack files by name into a zip whose bytes depend on names and contents only."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(members, key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, members[name])
    return target.getvalue()
