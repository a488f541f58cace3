"""A sheet of ours put in front of a workbook of others, or in the place of its forerunner."""

import zipfile
from io import BytesIO
from xml.parsers import expat

from lxml import etree

from reporting.workbooks.editing.package import NotEdited, Package, local, made, parsed, written
from reporting.workbooks.editing.sheet import edited_sheet, read_sheet_text
from reporting.workbooks.editing.styles import EMPTY, MAIN_SPACE, Styles

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


def open_styles(package: Package) -> Styles:
    """Return the styles of a workbook; one without any gets the least that there may be."""
    found = package.related(package.main, "styles")
    return Styles(parsed(package.read(found[0][1]) if found else EMPTY))


def keep_styles(package: Package, styles: Styles) -> None:
    """Write the styles of a workbook back."""
    _put(package, "styles", "xl/styles.xml", written(styles.root), f"{_OFFICE}styles+xml")


def sheet_parts(package: Package) -> dict[str, str]:
    """Return the part of each sheet by its name, in their order."""
    parts = {}
    for item in _sheets(parsed(package.read(package.main))):
        relation = next((v for k, v in item.attrib.items() if str(k).endswith("}id")), "")
        parts[item.get("name", "")] = package.target(package.main, str(relation))
    return parts


def read_name(package: Package, name: str) -> str:
    """Return what a name of the workbook stands for; empty where there is none."""
    root = parsed(package.read(package.main))
    items = (item for item in root.iter() if local(item) == "definedName")
    return next((item.text or "" for item in items if item.get("name") == name), "")


def put_name(package: Package, name: str, text: str) -> None:
    """Let a hidden name of the workbook stand for a text."""
    root = parsed(package.read(package.main))
    names = _names(root)
    for item in [item for item in names if item.get("name") == name]:
        names.remove(item)
    item = made(root, "definedName", name=name, hidden="1")
    item.text = f'"{text}"'
    names.append(item)
    package.write(package.main, written(root))


def put_in_front(package: Package, styles: Styles, title: str, book: bytes) -> None:
    """Put the only sheet of a book in front of a workbook, as the one that shows."""
    content, kind = _translated(package, styles, book), f"{_OFFICE}worksheet+xml"
    existing = sheet_parts(package).get(title, "")
    if existing and package.has(existing):
        drawing = read_sheet_text(package.read(existing)).legacy
        sheet = read_sheet_text(content)
        package.write(existing, edited_sheet(sheet, {}, legacy=drawing))
        relation = ""
    else:
        relation = package.add(package.main, "worksheet", "xl/worksheets/sheet#.xml", content, kind)
    _list_in_front(package, title, relation, _print_titles(book))
    _unselect_others(package, title)


def _translated(package: Package, styles: Styles, book: bytes) -> bytes:
    """Return the sheet of a book with its styles and texts as another workbook numbers them."""
    with zipfile.ZipFile(BytesIO(book)) as archive:
        sheet = parsed(archive.read("xl/worksheets/sheet1.xml"))
        numbers = styles.grafted(parsed(archive.read("xl/styles.xml")))
        texts = _texts(archive)
    _restyle(sheet, numbers)
    _share(package, sheet, texts)
    return written(sheet)


def _texts(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    items = parsed(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter() if local(t) == "t") for item in items]


def _restyle(sheet: etree._Element, numbers: list[int]) -> None:
    for item in sheet.iter():
        attribute = {"c": "s", "row": "s", "col": "style"}.get(local(item))
        if attribute and item.get(attribute) is not None:
            item.set(attribute, str(numbers[int(item.get(attribute, "0"))]))


def _share(package: Package, sheet: etree._Element, texts: list[str]) -> None:
    """Move the texts of a sheet to the workbook's: some programs show no others."""
    found = package.related(package.main, "sharedStrings")
    empty = f'<sst xmlns="{MAIN_SPACE}"/>'.encode()
    strings = parsed(package.read(found[0][1]) if found else empty)
    count = sum(local(item) == "si" for item in strings)
    for cell in list(sheet.iter()):
        if local(cell) != "c" or cell.get("t") not in ("inlineStr", "s"):
            continue
        words = "".join(t.text or "" for t in cell.iter() if local(t) == "t")
        if cell.get("t") == "s":
            words = texts[int("".join(v.text or "" for v in cell if local(v) == "v"))]
        for child in list(cell):
            cell.remove(child)
        cell.set("t", "s")
        number = made(cell, "v")
        number.text = str(count)
        cell.append(number)
        strings.append(_string(strings, words))
        count += 1
    for attribute in ("count", "uniqueCount"):
        strings.attrib.pop(attribute, "")
    content = written(strings)
    _put(package, "sharedStrings", "xl/sharedStrings.xml", content, f"{_OFFICE}sharedStrings+xml")


def _string(strings: etree._Element, words: str) -> etree._Element:
    item, text = made(strings, "si"), made(strings, "t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    item.append(text)
    return item


def _put(package: Package, kind: str, name: str, content: bytes, content_type: str) -> None:
    """Write the part of a kind that a workbook has one of."""
    found = package.related(package.main, kind)
    if found:
        package.write(found[0][1], content)
    else:
        package.add(package.main, kind, name, content, content_type)


def _print_titles(book: bytes) -> str:
    with zipfile.ZipFile(BytesIO(book)) as archive:
        root = parsed(archive.read("xl/workbook.xml"))
    names = (item for item in root.iter() if local(item) == "definedName")
    titles = (item for item in names if item.get("name") == "_xlnm.Print_Titles")
    return next((item.text or "" for item in titles), "")


def _sheets(root: etree._Element) -> etree._Element:
    found = next((group for group in root if local(group) == "sheets"), None)
    if found is None:
        raise NotEdited("sheets")
    return found


def _list_in_front(package: Package, title: str, relation: str, titles: str) -> None:
    root = parsed(package.read(package.main))
    sheets = _sheets(root)
    if relation:
        number = max((int(item.get("sheetId", "0")) for item in sheets), default=0) + 1
        item = made(sheets, "sheet", name=title, sheetId=str(number))
        item.set(_RELATION, relation)
        sheets.insert(0, item)
        _shift_names(root, titles)
    at = next(n for n, item in enumerate(sheets) if item.get("name") == title)
    sheets[at].attrib.pop("state", "")
    for view in (item for item in root.iter() if local(item) == "workbookView"):
        view.set("activeTab", str(at))
        view.set("firstSheet", "0")
    package.write(package.main, written(root))


def _shift_names(root: etree._Element, titles: str) -> None:
    """Let the names of single sheets follow those, one place on."""
    for item in (item for item in root.iter() if local(item) == "definedName"):
        if item.get("localSheetId") is not None:
            item.set("localSheetId", str(int(item.get("localSheetId", "0")) + 1))
    if not titles:
        return
    item = made(root, "definedName", name="_xlnm.Print_Titles", localSheetId="0")
    item.text = titles
    _names(root).append(item)


def _names(root: etree._Element) -> etree._Element:
    found = next((group for group in root if local(group) == "definedNames"), None)
    if found is None:
        found = made(root, "definedNames")
        at = max(n for n, group in enumerate(root) if local(group) in _BEFORE_NAMES)
        root.insert(at + 1, found)
    return found


def _unselect_others(package: Package, title: str) -> None:
    """Let one sheet show alone: of several that show, what is typed goes into each."""
    for name, part in sheet_parts(package).items():
        if name == title or not package.is_editable(part):
            continue
        try:
            sheet = read_sheet_text(package.read(part))
        except (ValueError, expat.ExpatError):  # a sheet that is a chart, or damaged, stays
            continue
        if sheet.selected:
            package.write(part, edited_sheet(sheet, {}, unselect=True))
