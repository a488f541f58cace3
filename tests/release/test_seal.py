"""The seal: on paper, in the file, chained to the edition before, and reckoned by anyone."""

import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reporting.assess.editions.seal import Seal, printed
from reporting.assess.values import Assessment
from reporting.periods import Period
from reporting.project.editions import SEAL, edition_folder
from reporting.publish.pack.seal import sealed
from reporting.release.chain import check_chain, check_seal
from reporting.release.integrity import check_edition
from reporting.release.record import RECORD, EditionRecord, folder_files, read_record

from .conftest import PERIOD, Story
from .test_checker import run


def own_seal(files: dict[str, bytes]) -> str:
    """Reckon a pack's seal as anybody can: hash the file, take the first 16 characters."""
    return printed(hashlib.sha256(files["data/seal.json"]).hexdigest()[:16])


def record_of(root: Path, number: int) -> EditionRecord:
    return read_record((edition_folder(root, PERIOD, number) / RECORD).read_bytes(), RECORD)


def test_seal_stands_on_cover_and_foot_and_in_the_record(story: Story) -> None:
    """The same in the pack and in the edition; in the city's material only."""
    for files, frozen in zip((story.first, story.second), story.frozen, strict=True):
        seal = own_seal(files)
        assert frozen.seal == seal
        assert printed(record_of(story.office.root, frozen.number).seal) == seal
        assert f"封签 {seal}" in files["briefing_pack.html"].decode()
        book = load_workbook(io.BytesIO(files["data/annex.xlsx"]))
        assert book["总体情况"]["B3"].value == f"封签 {seal}"
        feet = [sheet.oddFooter for sheet in book.worksheets]
        assert {foot.left.text for foot in feet if foot} == {f"封签 {seal}"}
        assert not any("封签" in files[n].decode() for n in files if n.startswith("units/"))
    assert own_seal(story.first) != own_seal(story.second)


def test_seal_speaks_of_the_tables_and_of_the_seal_before(story: Story) -> None:
    """Its file lists every table of the pack, and names the edition that this one corrects."""
    one, two = (json.loads(files["data/seal.json"]) for files in (story.first, story.second))
    tables = {n for n in story.second if n.startswith("data/") and n.endswith(".csv")}
    assert {f"data/{name}" for name in two["tables"]} == tables
    for name, sha256 in two["tables"].items():
        assert hashlib.sha256(story.second[f"data/{name}"]).hexdigest() == sha256
    assert (one["edition"], one["before"], one["before_seal"]) == ("2023Q1-v1", "", "")
    assert (two["edition"], two["before"]) == ("2023Q1-v2", "2023Q1-v1")
    assert printed(two["before_seal"]) == own_seal(story.first)


def test_later_quarter_is_chained_to_the_last_edition_of_the_quarter_before(story: Story) -> None:
    """And an edition keeps what it was released with, whatever is released of earlier ones."""
    root = story.office.root
    city = Assessment.model_validate_json(
        (edition_folder(root, PERIOD, 1) / "assessment.json").read_bytes()
    )
    later = city.model_copy(update={"period": Period(year=2023, quarter=3)})
    seal = sealed(root, later).seal
    assert seal is not None
    assert (seal.edition, seal.before) == ("2023Q3-v1", "2023Q1-v2")
    assert printed(seal.before_seal) == own_seal(story.second)
    again = sealed(root, city).seal
    assert again is not None
    assert again.to_bytes() == story.first["data/seal.json"]


def open_edition(root: Path, number: int) -> Path:
    """Make the files of an edition writable, as somebody who means to change them would."""
    folder = edition_folder(root, PERIOD, number)
    for path in folder.rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    return folder


def test_seal_that_is_not_of_these_tables_is_named(copy: Path) -> None:
    """A table changed with its seal, a record of another seal, a seal before that is another."""
    folder = open_edition(copy, 2)
    files, record = folder_files(folder), record_of(copy, 2)
    assert list(check_seal(copy, PERIOD, record, files)) == []
    changed = files | {"pack/data/tasks.csv": files["pack/data/tasks.csv"] + b"x"}
    (fault,) = check_seal(copy, PERIOD, record, changed)
    assert fault.message.startswith("封签与本版的数据不一致：应为 tasks.csv ")
    other = record.model_copy(update={"seal": "0" * 16})
    (fault,) = check_seal(copy, PERIOD, other, files)
    assert fault.message.startswith("封签与本版的数据不一致：应为 0000-0000-0000-0000，实为 ")
    before = open_edition(copy, 1) / SEAL
    seal = Seal.model_validate_json(before.read_bytes())
    before.write_bytes(seal.model_copy(update={"tables": {}}).to_bytes())
    (fault,) = check_seal(copy, PERIOD, record, files)
    assert fault.message == "所记的前一版（2023Q1-v1）封签与该版不一致，其中一版被改动或者调换。"
    before.unlink()
    (fault,) = check_seal(copy, PERIOD, record, files)
    assert fault.message == "缺少前一版（2023Q1-v1），无法核对封签的衔接。"


def test_first_edition_is_held_to_no_record_before(copy: Path) -> None:
    """Nothing is missing before the first."""
    assert list(check_chain(copy, PERIOD, record_of(copy, 1))) == []


def test_edition_of_a_newer_format_is_one_sentence(copy: Path) -> None:
    """The program says that it is too old; so does the file of an older edition."""
    folder = open_edition(copy, 1)
    record = json.loads((folder / RECORD).read_bytes()) | {"format": 9, "unheard": "of"}
    (folder / RECORD).write_text(json.dumps(record), encoding="utf-8")
    found = [f.message for f in check_edition(copy, PERIOD, 1)]
    said = (
        "由更新版本的软件写出（格式9，本软件只认到2），请用新版软件，或者该版自带的 check.py 核验。"
    )
    assert any(said in line for line in found), found
    code, lines = run(folder, script=folder / "check.py")
    assert (code, len(lines)) == (2, 1)
    assert lines[0].endswith("由更新版本的软件写出，请用该版自带的 check.py 核对。")


def test_checker_tells_the_seals_back_to_the_first(copy: Path) -> None:
    """From the edition alone: it carries the files of seal of those before."""
    folder = open_edition(copy, 2)
    alone = Path(shutil.move(folder, copy / "alone"))
    code, lines = run(alone, script=alone / "check.py")
    assert code == 0
    one, two = (printed(record_of_seal(alone, name)) for name in (BEFORE, SEAL))
    assert f"本版的封签：{two}" in lines
    assert f"2023Q1-v1的封签：{one}" in lines
    (alone / BEFORE).write_bytes((alone / BEFORE).read_bytes() + b" ")
    _, lines = run(alone, script=alone / "check.py")
    assert any(line.startswith(f"2023Q1-v1的封签不一致：应为 {one}，") for line in lines)


BEFORE = f"inputs/editions/2023/Q1/1/{SEAL}"


def record_of_seal(folder: Path, name: str) -> str:
    return hashlib.sha256((folder / name).read_bytes()).hexdigest()[:16]


@pytest.mark.parametrize("seal", ["1a2b3c4d5e6f7a8b"])
def test_seal_is_printed_in_groups(seal: str) -> None:
    """So that it can be read out."""
    assert printed(seal) == "1a2b-3c4d-5e6f-7a8b"
