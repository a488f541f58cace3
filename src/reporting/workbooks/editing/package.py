"""A workbook's package: parts are read, replaced and added; all others are copied as they are."""

import io
import posixpath
import shutil
import zipfile
from typing import cast

from lxml import etree

from reporting.system.archives import EPOCH

MAX_EDITED = 8 * 2**20
"""Bytes of a part up to which it is edited."""
_TYPES = "[Content_Types].xml"
_NO_RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class NotEdited(Exception):
    """A package that is not edited: it is damaged, or a part of it is too large."""


def parsed(content: bytes) -> etree._Element:
    """Parse a part without resolving anything in it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if b"<!DOCTYPE" in content:
        raise NotEdited("doctype")
    return root


def written(root: etree._Element) -> bytes:
    """Write a part that was parsed, with what stands around its root."""
    tree = root.getroottree()
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace; empty for comments."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def made(like: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    """Make an element in the namespace of another."""
    space = etree.QName(like).namespace
    nsmap = cast(dict[str, str], like.nsmap)
    return etree.Element(f"{{{space}}}{tag}" if space else tag, attributes, nsmap=nsmap)


class Package:
    """The parts of a workbook by name, and how they are related.

    Raises
    ------
    NotEdited
        The container has no workbook.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._names = dict.fromkeys(self._archive.namelist())
        self._edited: dict[str, bytes] = {}
        self.main = self._main()

    def _main(self) -> str:
        found = self.related("", "officeDocument")
        part = found[0][1] if found else "xl/workbook.xml"
        if part not in self._names:
            raise NotEdited("workbook")
        return part

    @property
    def has_macros(self) -> bool:
        """Whether its kind is one that may hold macros, which goes by another ending."""
        return b"macroEnabled" in self.read(_TYPES)

    def has(self, name: str) -> bool:
        """Tell whether there is a part of that name."""
        return name in self._names or name in self._edited

    def is_editable(self, name: str) -> bool:
        """Tell whether there is a part of that name that is not too large to be edited."""
        if name in self._edited:
            return True
        return name in self._names and self._archive.getinfo(name).file_size <= MAX_EDITED

    def read(self, name: str) -> bytes:
        """Return a part as it stands now."""
        if name in self._edited:
            return self._edited[name]
        if self._archive.getinfo(name).file_size > MAX_EDITED:
            raise NotEdited(name)
        return self._archive.read(name)

    def write(self, name: str, content: bytes) -> None:
        """Replace a part, or add one that no other refers to yet."""
        self._edited[name] = content

    def related(self, part: str, kind: str) -> list[tuple[str, str]]:
        """Return id and target of a part's relations of a kind, as far as the targets exist."""
        name = _relations_of(part)
        if not self.has(name):
            return []
        found = []
        for item in parsed(self.read(name)):
            if item.get("TargetMode") == "External":
                continue
            if item.get("Type", "").rpartition("/")[2] == kind:
                target = _resolved(part, item.get("Target", ""))
                if self.has(target):
                    found.append((item.get("Id", ""), target))
        return found

    def target(self, part: str, relation: str) -> str:
        """Return the target of one relation of a part; empty where there is none."""
        name = _relations_of(part)
        items = parsed(self.read(name)) if self.has(name) else ()
        return next(
            (_resolved(part, i.get("Target", "")) for i in items if i.get("Id") == relation), ""
        )

    def add(self, beside: str, kind: str, name: str, content: bytes, content_type: str) -> str:
        """Add a part that another one refers to; return the id of the relation.

        In the name ``#`` stands for the first number that is free. Some programs go by names.
        """
        number = 1
        while self.has(name.replace("#", str(number))):
            number += 1
            name = name if "#" in name else f"{name}#"
        part = name.replace("#", str(number))
        self.write(part, content)
        self._declare(part, content_type)
        return self._relate(beside, kind, part)

    def _declare(self, part: str, content_type: str) -> None:
        root = parsed(self.read(_TYPES))
        if part.endswith(".vml"):
            if not any(item.get("Extension", "").lower() == "vml" for item in root):
                root.insert(0, made(root, "Default", Extension="vml", ContentType=content_type))
        else:
            root.append(made(root, "Override", PartName=f"/{part}", ContentType=content_type))
        self.write(_TYPES, written(root))

    def _relate(self, part: str, kind: str, target: str) -> str:
        name = _relations_of(part)
        root = parsed(self.read(name)) if self.has(name) else parsed(_NO_RELATIONS)
        taken = {item.get("Id") for item in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        # Relative, since some programs do not read addresses from the root.
        address = posixpath.relpath(target, posixpath.dirname(part) or ".")
        root.append(
            made(root, "Relationship", Id=f"rId{number}", Type=f"{_KINDS}/{kind}", Target=address)
        )
        self.write(name, written(root))
        return f"rId{number}"

    def packed(self) -> bytes:
        """Return the package: parts in their order, the new ones last."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in filter(_is_within, self._names):
                entry = self._archive.getinfo(name)
                if name in self._edited:
                    archive.writestr(_entry(name, entry.date_time), self._edited[name])
                    continue
                kept = _entry(name, entry.date_time)
                kept.compress_type, kept.external_attr = entry.compress_type, entry.external_attr
                kept.file_size = entry.file_size
                with self._archive.open(entry) as source, archive.open(kept, "w") as copy:
                    shutil.copyfileobj(source, copy, 2**18)
            for name, content in self._edited.items():
                if name not in self._names:
                    archive.writestr(_entry(name, EPOCH), content)
        return target.getvalue()


def _entry(name: str, moment: tuple[int, ...]) -> zipfile.ZipInfo:
    year, month, day, hour, minute, second = moment
    entry = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
    entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
    entry.external_attr = 0o644 << 16
    return entry


def _is_within(name: str) -> bool:
    """Tell a name that leads nowhere else; what is named otherwise is no part of a workbook."""
    return not name.startswith("/") and "\\" not in name and ".." not in name.split("/")


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part: str, target: str) -> str:
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
