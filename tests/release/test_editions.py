"""Release, correct one cell, report, release again, prove both; and every way to spoil it."""

import json
import re
import shutil
import subprocess
import sys
import zlib
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from release.conftest import (
    LATER,
    NEW_WORDS,
    PERIOD,
    SECOND,
    TABLE,
    A,
    B,
    Office,
    Story,
    make_office,
    packed,
)
from reporting.assess.frozen import read_frozen
from reporting.assess.values import Assessment
from reporting.cli import main
from reporting.documents.document import read_document
from reporting.documents.plain_text import to_text
from reporting.errors import Busy, InputRefused, UsageError
from reporting.periods import Period
from reporting.pipeline import assess_period
from reporting.project.editions import edition_folder, edition_zip, frozen_numbers, quarter_folder
from reporting.project.roots import STATE
from reporting.publish.locks import claims_of, holding
from reporting.publish.manifest import MANIFEST
from reporting.publish.options import Options
from reporting.publish.run import publish
from reporting.release.freeze import freeze
from reporting.release.handout import published_files
from reporting.release.integrity import check_edition
from reporting.release.prove import Verdict, prove
from reporting.release.record import EditionRecord, folder_files
from reporting.release.remake import remaker
from reporting.returns.layout import FIGURES
from reporting.system.archives import make_zip, read_members
from reporting.workbooks.columns import FIRST_ROW


def never(root: Path, record: EditionRecord) -> Path:
    raise AssertionError("a damaged edition is not made again")


def test_correction_changes_the_reports_it_concerns_and_no_other_byte(story: Story) -> None:
    """The unit, its leader and the city pack; what the other unit gets is the same bytes."""
    assert set(story.made) == {"briefing", "leader/张三", f"unit/{A}"}
    changed = {n for n in story.second if story.first.get(n) != story.second[n]}
    stems = {Path(name).stem for name in changed if Path(name).suffix in (".html", ".ipynb")}
    assert stems == {"briefing_pack", "张三", A, "index"} or stems == {"briefing_pack", "张三", A}
    assert story.first.keys() == story.second.keys()
    for name in (f"units/{B}.html", "leaders/李四.html", f"notebooks/units/{B}.ipynb"):
        assert story.first[name] == story.second[name]


def test_notice_names_exactly_what_changed(story: Story) -> None:
    """One fact, with old words, new words and the cell; in each report concerned."""
    (edition,) = read_frozen(story.office.root, PERIOD, 2).editions
    (change,) = edition.changes
    assert (change.unit, change.field, change.old, change.new) == (
        A, "本季度进展", story.before, NEW_WORDS,
    )  # fmt: skip
    assert change.old_where == change.new_where
    assert "“进展”表" in change.new_where
    for name in ("briefing_pack", f"units/{A}", "leaders/张三"):
        page = story.second[f"{name}.html"].decode()
        assert "（第2版，更正）" in page
        assert "第2版（2023年5月10日）较上一版更正1处，1项任务的核定结果随之变动。" in page
        assert '<time datetime="2023-05-10">' in page
        assert NEW_WORDS in page
    document = read_document(json.loads(story.second[f"notebooks/units/{B}.ipynb"]))
    assert "第2版" not in to_text(document.blocks)


def test_both_editions_are_proved(story: Story) -> None:
    """Each is made again from its own inputs, every byte the same."""
    for number in (1, 2):
        proof = prove(story.office.root, PERIOD, number, remaker(2))
        assert [f.message for f in proof.findings] == []
        assert proof.compared == len(story.first)
        assert proof.verdict is Verdict.IDENTICAL


def test_edition_outlives_a_change_of_the_program(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program that was mended since makes the same files: that is proof, and is told as such."""
    monkeypatch.setattr("reporting.publish.keys.program.environment", lambda lock: "pandas 9.9")
    proof = prove(copy, PERIOD, 1, remaker(2))
    assert (proof.verdict, proof.renewed) == (Verdict.RENEWED, ("安装的依赖",))
    assert proof.holds
    assert [f.code for f in proof.findings] == ["REL-ENVIRONMENT"]
    monkeypatch.chdir(copy)
    monkeypatch.setattr(sys, "argv", ["reporting", "verify", "--quarter", "1", "--edition", "1"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    said = capsys.readouterr().out.splitlines()[-1]
    assert said == (
        f"2023年第一季度第1版：成果一致、程序已更新，{proof.compared}个成果文件重新生成后逐字节相同，"
        "与定版时不同的是安装的依赖，通过。"
    )


def test_edition_outlives_another_compressor(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python on another zlib packs the same files into other bytes: told, and proof."""
    usual = zlib.compressobj
    monkeypatch.setattr(zlib, "compressobj", lambda level, *rest: usual(1, *rest))
    proof = prove(copy, PERIOD, 2, remaker(2))
    assert [f.message for f in proof.findings] == [
        "压缩方式与定版时不同，文件里的内容逐个相同：data/annex.xlsx。"
    ]
    assert (proof.verdict, proof.renewed) == (Verdict.RENEWED, ("压缩方式",))


def test_word_slides_and_archive_outlive_another_compressor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every kind of container, made again beside another zlib; the zip handed out as well."""
    office = make_office(tmp_path / "office", TABLE[: TABLE.index("\t\t2.")])
    params, formats = office.root / "params/2023.yml", ("docx", "pptx", "xlsx")
    listed = params.read_text(encoding="utf-8").replace("[html, xlsx]", f"[{', '.join(formats)}]")
    params.write_text(listed, encoding="utf-8")
    publish(office.root, Options(year=2023, quarter=1, formats=formats, jobs=2))
    office.freeze()
    kinds = (".docx", ".pptx", ".xlsx")
    folder = edition_folder(office.root, PERIOD, 1) / "pack"
    inside = sorted(p for p in folder.rglob("*") if p.suffix in kinds)
    usual = zlib.compressobj

    def remade(root: Path, record: EditionRecord) -> Path:
        pack = root / "pack"
        shutil.copytree(folder, pack)
        for path in (pack / path.relative_to(folder) for path in inside):
            path.chmod(0o644)
            path.write_bytes(make_zip(read_members(path.read_bytes())))
        return pack

    whole = packed(office.root, 1, tmp_path / "usual").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(zlib, "compressobj", lambda level, *rest: usual(1, *rest))
        proof = prove(office.root, PERIOD, 1, remade)
        other = packed(office.root, 1, tmp_path / "other")
    assert {path.suffix for path in inside} == set(kinds)
    names = "、".join(path.relative_to(folder).as_posix() for path in inside)
    assert [f.message for f in proof.findings] == [
        f"压缩方式与定版时不同，文件里的内容逐个相同：{names}。"
    ]
    assert (proof.verdict, proof.renewed) == (Verdict.RENEWED, ("压缩方式",))
    assert other.read_bytes() != whole
    assert read_members(other.read_bytes()) == read_members(whole)
    check = edition_folder(office.root, PERIOD, 1) / "check.py"
    done = subprocess.run([sys.executable, "-I", str(check), str(other)], capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


def test_workbook_of_other_contents_is_no_other_compressor(copy: Path) -> None:
    """A figure that is changed inside is a difference, wherever else the bytes differ."""

    def remade(root: Path, record: EditionRecord) -> Path:
        pack = root / "pack"
        shutil.copytree(edition_folder(copy, PERIOD, 1) / "pack", pack)
        path = pack / "data/annex.xlsx"
        path.chmod(0o644)
        members = read_members(path.read_bytes())
        name = "xl/worksheets/sheet1.xml"
        path.write_bytes(make_zip(members | {name: members[name] + b" "}))
        return pack

    proof = prove(copy, PERIOD, 1, remade)
    assert proof.verdict is Verdict.DIFFERENT
    assert [f.file for f in proof.findings] == ["data/annex.xlsx"]


def test_manifest_that_says_something_else_of_the_pack_is_no_proof(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what names the program may differ: not a count, not a file, not an input."""

    def remade(root: Path, record: EditionRecord) -> Path:
        pack = root / "pack"
        shutil.copytree(edition_folder(copy, PERIOD, 1) / "pack", pack)
        path = pack / MANIFEST
        path.chmod(0o644)
        content = json.loads(path.read_bytes())
        content["python"] = "3.99"
        content["counts"] = {**content["counts"], "已完成": 99}
        path.write_text(json.dumps(content), encoding="utf-8")
        return pack

    monkeypatch.setattr("reporting.publish.keys.program.environment", lambda lock: "pandas 9.9")
    proof = prove(copy, PERIOD, 1, remade)
    assert proof.verdict is Verdict.DIFFERENT
    assert [f.file for f in proof.findings if f.code == "REL-REMAKE"] == [MANIFEST]
    assert "99" in proof.findings[-1].message


def test_edition_is_the_same_zip_anywhere(story: Story, tmp_path: Path) -> None:
    """Another folder, another number of jobs: the same bytes."""
    other = make_office(tmp_path / "another place")
    other.report(jobs=1)
    other.freeze()
    roots = (story.office.root, other.root)
    zips = [packed(root, 1, tmp_path / str(at)).read_bytes() for at, root in enumerate(roots)]
    assert zips[0] == zips[1]


def test_edition_is_complete_and_says_what_it_is(story: Story) -> None:
    """Inputs, artifacts, record, provenance; the chain to the edition before."""
    folder = edition_folder(story.office.root, PERIOD, 2)
    files = folder_files(folder)
    assert {
        "edition.json", "assessment.json", "ro-crate-metadata.json", "pack/manifest.json",
        "inputs/params/2023.yml", "inputs/data/2023/task_table.txt", "inputs/requirements.lock",
        "inputs/notebooks/unit_report.ipynb", "inputs/editions/2023/Q1/1/assessment.json",
    } <= files.keys()  # fmt: skip
    assert {n.removeprefix("pack/") for n in files if n.startswith("pack/")} == set(story.second)
    record = json.loads(files["edition.json"])
    assert record["number"] == 2
    assert len(record["corrects"]) == 64
    crate = json.loads(files["ro-crate-metadata.json"])
    parts = {item["@id"] for item in crate["@graph"][1]["hasPart"]}
    assert {unquote(part) for part in parts} == files.keys() - {
        "edition.json",
        "ro-crate-metadata.json",
    }
    assert not any(path.stat().st_mode & 0o222 for path in folder.rglob("*") if path.is_file())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_changed_byte_is_named(story: Story, data: st.DataObject) -> None:
    """Whatever file of the edition is touched, its name is among the findings."""
    root = story.office.root
    quarter = root / "editions/2023/Q1"
    names = sorted(p.relative_to(root).as_posix() for p in quarter.rglob("*") if p.is_file())
    of_first = [n for n in names if "/2/" not in n and "v2" not in n]
    name = data.draw(st.sampled_from(of_first))
    path = root / name
    content = path.read_bytes()
    # The sums of the second edition are the second edition's to vouch for.
    own = content.find(b"2/edition.json") - 66 if name.endswith("SHA256SUMS") else len(content)
    at = data.draw(st.integers(0, own - 1 if own > 0 else len(content) - 1))
    flipped = content[at] ^ data.draw(st.sampled_from([1, 2, 4, 128]))
    path.chmod(0o644)
    try:
        path.write_bytes(content[:at] + bytes([flipped]) + content[at + 1 :])
        found = {finding.file for finding in check_edition(root, PERIOD, 1)}
    finally:
        path.write_bytes(content)
        path.chmod(0o444)
    assert name in found


def test_missing_and_extra_files_are_named(copy: Path) -> None:
    """Nothing may be taken away or slipped in."""
    folder = edition_folder(copy, PERIOD, 1)
    gone = folder / "pack/briefing_pack.html"
    gone.unlink()
    (folder / "pack/extra.html").write_text("多", encoding="utf-8")
    proof = prove(copy, PERIOD, 1, never)
    assert not proof.holds
    found = {(f.code, f.file.rpartition("/")[2]) for f in proof.findings}
    assert {("REL-MISSING", "briefing_pack.html"), ("REL-EXTRA", "extra.html")} <= found


def test_record_and_sums_that_differ_are_both_named(copy: Path) -> None:
    """One of the two was changed; which, nobody can tell from them."""
    record = edition_folder(copy, PERIOD, 1) / "edition.json"
    record.chmod(0o644)
    record.write_bytes(record.read_bytes().replace(b'"number": 1', b'"number": 3'))
    codes = {f.code for f in check_edition(copy, PERIOD, 1)}
    assert {"REL-RECORD", "REL-SUMS"} <= codes


def test_program_that_differs_is_named(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another package version is said, beside the first difference it makes."""

    def remade(root: Path, record: EditionRecord) -> Path:
        pack = root / "pack"
        shutil.copytree(edition_folder(copy, PERIOD, 1) / "pack", pack)
        page = pack / "briefing_pack.html"
        page.chmod(0o644)
        page.write_bytes(page.read_bytes().replace("东莞市".encode(), "东菀市".encode(), 1))
        return pack

    monkeypatch.setattr("reporting.publish.keys.program.environment", lambda lock: "pandas 9.9")
    proof = prove(copy, PERIOD, 1, remade)
    assert not proof.holds
    messages = [f.message for f in proof.findings]
    assert messages[0] == "安装的依赖与定版时不同：定版时为 （无差异）。"
    assert messages[1].startswith("briefing_pack.html 第")
    assert "应为“莞市" in messages[1]
    assert "实为“菀市" in messages[1]
    assert len(messages) == 2


@pytest.mark.long
def test_edition_that_corrects_a_notebook_alone_is_proved(copy: Path) -> None:
    """What it announces is told against the notebook of the edition before, wherever it is made."""
    path = copy / "notebooks/unit_report.ipynb"
    text = path.read_text(encoding="utf-8")
    assert "各项任务进展情况" in text
    path.write_text(text.replace("各项任务进展情况", "各项任务的进展情况"), encoding="utf-8")
    office = Office(copy)
    office.report(day=LATER)
    frozen = freeze(copy, office.params, 1, office.pack, accept="演示数据", remake=remaker(2))
    assert frozen.number == 3
    assert "（第3版，" in (office.pack / f"units/{A}.html").read_text(encoding="utf-8")
    assert prove(copy, PERIOD, 3, remaker(2)).verdict is Verdict.IDENTICAL


def test_files_alone_can_be_looked_at(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether an edition is whole is told without making it again; a manifest made up is named."""
    monkeypatch.chdir(copy)
    monkeypatch.setattr("reporting.release.remake.remaker", never)
    monkeypatch.setattr(sys, "argv", ["reporting", "verify", "--quarter", "1", "--integrity"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert capsys.readouterr().out == (
        "2023年第一季度第2版：没有签名。\n2023年第一季度第2版：文件与定版时一致（没有重新生成）。\n"
    )
    path = edition_folder(copy, PERIOD, 2) / "pack" / MANIFEST
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b'"quarter": 1', b'"quarter": 2', 1))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    out = capsys.readouterr().out
    assert "材料的清单与版本记录中的清单不一致。" in out
    assert out.endswith("2023年第一季度第2版：文件不完整或者有改动，不通过。\n")


def test_same_pack_is_not_frozen_twice(story: Story) -> None:
    """Without a correction there is no third edition."""
    with pytest.raises(InputRefused) as refused:
        story.office.freeze()
    assert [f.message for f in refused.value.findings] == ["与第2版完全相同，没有需要定版的更正。"]
    assert frozen_numbers(story.office.root, PERIOD) == (1, 2)


@pytest.mark.long
def test_project_without_a_lock_is_frozen_and_proved(tmp_path: Path) -> None:
    """The program may be installed apart from the project."""
    office = make_office(tmp_path)
    (office.root / "requirements.lock").unlink()
    office.report()
    assert office.freeze().number == 1
    assert prove(office.root, PERIOD, 1, remaker(2)).holds


def test_edition_without_a_correction_needs_a_reason(copy: Path) -> None:
    """A pack that only another program made announces nothing; the next correction counts on."""
    lock = copy / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# newer\n", encoding="utf-8")
    office = Office(copy)
    office.report()
    with pytest.raises(InputRefused) as refused:
        freeze(copy, office.params, 1, office.pack)
    assert [f.message for f in refused.value.findings] == [
        "与第2版相比没有更正，只有依赖锁定文件有变；确需另定一版的，请用 ACCEPT 写明理由。"
    ]
    assert office.freeze().number == 3
    record = json.loads((edition_folder(copy, PERIOD, 3) / "edition.json").read_bytes())
    (kept,) = record["accepted"]["findings"]
    assert kept.startswith("REL-UNCHANGED：与第2版相比")
    office.correct("又有更正。")
    office.report(day=LATER)
    assert office.freeze().number == 4
    assert "（第4版，更正）" in office.files()["briefing_pack.html"].decode()


def test_pack_of_other_inputs_is_refused_with_a_list(copy: Path) -> None:
    """Changed, missing and new inputs, changed artifacts: each is one line."""
    office = Office(copy)
    status = copy / "data/2023/status/Q1"
    first, second = sorted(status.iterdir())[:2]
    shutil.copy(first, status / "新到.xlsx")
    second.unlink()
    (copy / "outputs/2023/Q1/index.html").write_text("改", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        office.freeze()
    said = {(f.file.rpartition("/")[2], f.message) for f in refused.value.findings}
    assert (second.name, "该输入文件在生成材料之后不在了，请重新运行 make report。") in said
    assert ("新到.xlsx", "该输入文件在生成材料之后新增，请重新运行 make report。") in said
    assert ("index.html", "该成果文件与清单不符（有改动），请重新运行 make report。") in said


def damage(path: Path, change: dict[str, object]) -> None:
    """Take fields out of a manifest, or put others in."""
    content = json.loads(path.read_bytes()) | change
    kept = {name: value for name, value in content.items() if value is not None}
    path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        {"inputs": None},
        {"artifacts": ["index.html"]},
        {"artifacts": [{"path": "index.html", "size": 1}]},
        {"reports": [{"report_id": "briefing"}]},
        {"package": "0.1.0"},
        {"format": 2},
    ],
    ids=str,
)
def test_damaged_manifest_is_one_sentence(copy: Path, change: dict[str, object]) -> None:
    """Whatever of it is missing or of another kind: it is said, and nothing is frozen or sent."""
    pack = copy / "outputs/2023/Q1"
    damage(pack / "manifest.json", change)
    said = "材料的清单应为 make report 写出的 manifest.json，实已损坏，请重新运行。"
    with pytest.raises(InputRefused) as refused:
        Office(copy).freeze()
    assert [f.message for f in refused.value.findings] == [said]
    with pytest.raises(UsageError, match=re.escape(said)):
        published_files(pack)


def test_damaged_manifest_of_an_edition_is_one_sentence(copy: Path) -> None:
    """The pack is compared with the last edition, which verify has to look at first."""
    office = Office(copy)
    lock = copy / "requirements.lock"
    lock.write_text(lock.read_text(encoding="utf-8") + "# newer\n", encoding="utf-8")
    office.report()
    path = edition_folder(copy, PERIOD, 2) / "pack/manifest.json"
    path.chmod(0o644)
    path.write_bytes(b"{")
    with pytest.raises(InputRefused, match="第2版的清单已损坏，请先运行 make verify 核验该版。"):
        office.freeze()


def test_errors_of_returns_need_a_reason(copy: Path) -> None:
    """Without one the pack is kept back and every error is listed."""
    status = copy / "data/2023/status/Q1"
    next(status.glob(f"*{B}*")).unlink()
    office = Office(copy)
    office.report(day=LATER)
    with pytest.raises(InputRefused) as refused:
        freeze(copy, office.params, 1, office.pack)
    codes = [f.code for f in refused.value.findings]
    assert codes[0] == "REL-ERRORS"
    assert "RET-MISSING" in codes
    frozen = freeze(copy, office.params, 1, office.pack, accept="乙局确认不报")
    record = json.loads((edition_folder(copy, PERIOD, frozen.number) / "edition.json").read_bytes())
    assert record["accepted"]["reason"] == "乙局确认不报"


def test_refusal_names_unit_and_cell_of_each_error(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What keeps a pack back is told as the check tells it: who, and in which cell."""
    status = copy / "data/2023/status/Q1"
    next(status.glob(f"*{B}*")).unlink()
    faulty = next(status.glob(f"*{A}*"))
    book = load_workbook(faulty)
    book[FIGURES][f"M{FIRST_ROW}"].value = "若干"
    book.save(faulty)
    Office(copy).report(day=LATER)
    monkeypatch.chdir(copy)
    monkeypatch.setattr(sys, "argv", ["reporting", "release", "--quarter", "1"])
    with pytest.raises(SystemExit):
        main()
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "错误：数据中还有错误2处没有处理；确需带错定版的，请用 ACCEPT 写明理由。",
        f"错误 {A} {faulty.name}“指标”表 M4：应只填数字（单位：个），实为“若干”。",
        f"错误 {B}：应于2023年4月20日前报送，尚未收到报送表。",
    ]


def test_notebook_that_says_something_else_each_time_is_not_frozen(copy: Path) -> None:
    """What cannot be made again is refused before it is sealed, with the cell that does it."""
    path = copy / "notebooks/unit_report.ipynb"
    book = json.loads(path.read_bytes())
    cell: dict[str, object] = {
        "cell_type": "code", "id": "chance", "metadata": {"tags": ["publish-text"]}, "outputs": [],
        "execution_count": None,
        # Nothing tells of it while the cell runs: the seed is given, and it is none.
        "source": "import numpy as np\n\nprint(np.random.default_rng(None).random())",
    }  # fmt: skip
    book["cells"].insert(4, cell)
    path.write_text(json.dumps(book), encoding="utf-8")
    office = Office(copy)
    office.report(day=LATER)
    with pytest.raises(InputRefused) as refused:
        freeze(copy, office.params, 1, office.pack, accept="演示数据", remake=remaker(2))
    told = [f.message for f in refused.value.findings]
    assert told[0].startswith("用同样的输入重新生成，结果不同；请去掉笔记本中")
    assert any(line.endswith("在笔记本的第5个单元格。") for line in told), told[:4]
    assert frozen_numbers(copy, PERIOD) == (1, 2)
    assert not list((copy / "editions/2023/Q1").glob(".*"))


def test_nothing_is_frozen_while_a_run_is_under_way(story: Story) -> None:
    """A report beside it could change the pack between its manifest and its files."""
    office = story.office
    with (
        holding(office.root / STATE, claims_of(PERIOD, office.pack)),
        pytest.raises(Busy, match="正在生成2023年第一季度材料或者为其定版"),
    ):
        office.freeze()


def test_interrupted_release_leaves_nothing_that_counts(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unfinished folder is no edition, is said, and the next release is whole."""
    office = Office(copy)
    shutil.rmtree(copy / "editions")
    office.report()

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reporting.release.keeping.shared._link", stop)
    with pytest.raises(KeyboardInterrupt):
        office.freeze()
    assert frozen_numbers(copy, PERIOD) == ()
    monkeypatch.undo()
    frozen = office.freeze()
    assert [f.code for f in frozen.findings] == ["REL-UNFINISHED"]
    assert check_edition(copy, PERIOD, 1) == ()


def test_release_interrupted_before_its_sums_is_completed(copy: Path) -> None:
    """The folder makes the edition; what is missing beside it is made up for."""
    sums = copy / "editions/2023/Q1/SHA256SUMS"
    lines = sums.read_bytes().splitlines(keepends=True)
    sums.write_bytes(b"".join(x for x in lines if b" 2/" not in x))
    with pytest.raises(InputRefused):
        Office(copy).freeze()
    assert check_edition(copy, PERIOD, 2) == ()
    assert check_edition(copy, PERIOD, 1) == ()


def test_tampered_edition_without_its_seals_is_not_sealed_again(copy: Path) -> None:
    """Taking the sums away does not make a changed file the edition's own."""
    (copy / "editions/2023/Q1/SHA256SUMS").unlink()
    page = edition_folder(copy, PERIOD, 2) / "pack/index.html"
    page.chmod(0o644)
    page.write_bytes(page.read_bytes() + b" ")
    with pytest.raises(InputRefused):
        Office(copy).freeze()
    assert not (copy / "editions/2023/Q1/SHA256SUMS").exists()
    assert "editions/2023/Q1/2/pack/index.html" in {
        f.file for f in check_edition(copy, PERIOD, 2) if f.code == "REL-TAMPERED"
    }


def test_zip_of_an_edition_holds_its_folder(copy: Path) -> None:
    """What is unpacked is what was frozen; a zip beside the edition is held to it."""
    files = folder_files(edition_folder(copy, PERIOD, 1))
    archive = packed(copy, 1, quarter_folder(copy, PERIOD))
    assert archive == edition_zip(copy, PERIOD, 1)
    members = {f"2023Q1-v1/{name}": data for name, data in files.items()}
    assert archive.read_bytes() == make_zip(members)
    assert check_edition(copy, PERIOD, 1) == ()
    name = "2023Q1-v1/pack/index.html"
    archive.write_bytes(make_zip(members | {name: members[name] + b" "}))
    assert [f.code for f in check_edition(copy, PERIOD, 1)] == ["REL-ZIP"]
    with pytest.raises(InputRefused, match="2023年第一季度没有第9版，不能打包。"):
        packed(copy, 9, copy)


def test_edition_without_a_date_of_its_own_is_not_made(copy: Path) -> None:
    """Neither under the old date nor before its newest source: one sentence, nothing written."""
    office = Office(copy)
    office.correct("又有更正。")
    before = office.files()
    said = (
        "2023年第一季度已发布第2版，现有数据与其不同，应有第3版自己的日期：请在命令中给出"
        "（make report Q=1 DATE=年-月-日），或者写入参数 calendar 第1季度的 editions。"
    )
    with pytest.raises(UsageError, match=re.escape(said)):
        office.report()
    with pytest.raises(
        UsageError, match="第3版的日期应不早于第2版的日期（2023年5月10日），实为2023年5月1日"
    ):
        office.report(day=date(2023, 5, 1))
    assert office.files() == before
    office.report(day=LATER)
    assert "第3版（2023年6月5日）较上一版更正1处" in office.files()["briefing_pack.html"].decode()


@pytest.mark.long
def test_release_names_later_editions_that_rest_on_what_it_corrects(copy: Path) -> None:
    """They stand as they were published; somebody has to know."""
    options = Options(year=2023, quarter=2, formats=("html", "xlsx"), jobs=2)
    publish(copy, options)
    office = Office(copy)
    first = freeze(copy, office.params, 2, copy / "outputs/2023/Q2", accept="演示数据")
    assert first.findings == ()
    office.correct("又有更正。")
    office.report(day=LATER)
    assert [f.message for f in office.freeze().findings] == [
        "2023年第二季度第1版引用的是本季度第2版，没有随本版更正；"
        "需要更正的，请重新生成该季度的材料再定版。"
    ]
    seal = json.loads((copy / "editions/2023/Q2/1/pack/data/seal.json").read_bytes())
    assert seal["before"] == "2023Q1-v2"
    assert check_edition(copy, Period(year=2023, quarter=2), 1) == ()
    assert prove(copy, Period(year=2023, quarter=2), 1, remaker(2)).holds


def test_difference_tells_of_an_edited_notebook(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says what the pack says, whether or not any figure differs."""
    path = copy / "notebooks/unit_report.ipynb"
    book = json.loads(path.read_bytes())
    book["cells"].append({"cell_type": "markdown", "id": "more", "metadata": {}, "source": "又及"})
    path.write_text(json.dumps(book), encoding="utf-8")
    monkeypatch.chdir(copy)
    monkeypatch.setattr(sys, "argv", ["reporting", "diff", "--quarter", "1", "--from", "2"])
    with pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().out.splitlines() == [
        "2023年第一季度：现有数据与第2版相比",
        "更正 报告正文：上一版的正文 → 修改后的正文（notebooks/unit_report.ipynb）",
    ]


def test_first_edition_takes_no_date_of_its_own(tmp_path: Path) -> None:
    """Its date stands in the parameters."""
    with pytest.raises(UsageError, match="第1版的日期应为参数 calendar 中的 publish，不用另给。"):
        make_office(tmp_path).report(day=LATER)


def test_date_in_the_parameters_is_the_editions(copy: Path) -> None:
    """It serves without a command; another one in a command is refused."""
    path = copy / "params/2023.yml"
    text = path.read_text(encoding="utf-8")
    here = "publish: 2023-04-28}"
    assert here in text
    dated = text.replace(here, "publish: 2023-04-28, editions: {3: 2023-06-08}}")
    path.write_text(dated, encoding="utf-8")
    office = Office(copy)
    office.correct("又有更正。")
    with pytest.raises(
        UsageError, match="应为参数 calendar 中的2023年6月8日，命令中给出的是2023年6月5日"
    ):
        office.report(day=LATER)
    office.report()
    assert "第3版（2023年6月8日）" in office.files()["briefing_pack.html"].decode()


def test_terminal_says_that_a_released_quarter_differs(copy: Path) -> None:
    """One line, also where its folder is gone: the quarter is not taken for one without returns."""
    options = Options(year=2023, quarter=2, formats=("html",), dry_run=True)
    quiet = publish(copy, options)
    assert quiet.remarks == ()
    shutil.rmtree(copy / "data/2023/status/Q1")
    told = publish(copy, options)
    assert told.remarks == (
        "第一季度已发布第2版，现有的报送文件夹 data/2023/status/Q1 中的2份报表与发布时不同；"
        "本期仍按已发布的内容引用，如需更正，请重新生成该季度的材料。",
    )
    assert publish(copy, options).remarks == told.remarks


def with_file_of_the_units(office: Office) -> Path:
    """Have the units' notebook show a table of its own, and a stray module lie beside it."""
    path = office.root / "notebooks/unit_report.ipynb"
    book = json.loads(path.read_bytes())
    source = "import pandas as pd\n\npd.read_csv('往年.csv')"
    book["cells"].append(
        {"cell_type": "code", "id": "own", "metadata": {}, "source": source, "outputs": [],
         "execution_count": None}
    )  # fmt: skip
    path.write_text(json.dumps(book), encoding="utf-8")
    with (office.root / "params/2023.yml").open("a", encoding="utf-8") as params:
        params.write("inputs: {unit_report: [notebooks/往年.csv]}\n")
    table = office.root / "notebooks/往年.csv"
    table.write_text("年份,完成数\n2021,12\n", encoding="utf-8")
    (office.root / "notebooks/stray.py").write_text("a = 1\n", encoding="utf-8")
    return table


@pytest.mark.long
def test_changed_file_of_a_notebook_makes_an_edition_that_names_it(tmp_path: Path) -> None:
    """It is announced where it shows, frozen in each edition, and both can be made again."""
    office = make_office(tmp_path)
    table = with_file_of_the_units(office)
    office.report()
    office.freeze()
    first = edition_folder(office.root, PERIOD, 1)
    frozen = {p.relative_to(first).as_posix() for p in first.rglob("inputs/notebooks/*")}
    names = ("briefing_pack.ipynb", "leader_report.ipynb", "unit_report.ipynb", "往年.csv")
    assert frozen == {f"inputs/notebooks/{name}" for name in names}
    table.write_text("年份,完成数\n2021,13\n", encoding="utf-8")
    outcome = office.report(day=SECOND)
    # The city's pack tells of the whole edition; leaders' reports show nothing of it.
    assert set(outcome.made) == {"briefing", "unit/市甲局", "unit/市乙局"}
    page = office.files()["units/市甲局.html"].decode()
    assert "第2版（2023年5月10日）较上一版更正1处" in page
    assert "报告所用文件" in page
    assert "notebooks/往年.csv" in page
    office.freeze()
    for number in (1, 2):
        proof = prove(office.root, PERIOD, number, remaker(2))
        assert (number, proof.findings, proof.holds) == (number, (), True)
    assert check_edition(office.root, PERIOD, 2) == ()


@pytest.mark.parametrize("gone", [False, True])
def test_input_that_changes_while_it_is_collected_is_named(
    copy: Path, monkeypatch: pytest.MonkeyPatch, gone: bool
) -> None:
    """No lock keeps people from saving a return: nothing is frozen, and the file is told."""
    office = Office(copy)
    office.correct("又有更正。")
    office.report(day=LATER)
    path = next((copy / "data/2023/status/Q1").glob(f"*{A}*"))

    def meanwhile(*given: object, **named: object) -> Assessment:
        found = assess_period(*given, **named)  # type: ignore[arg-type]
        path.unlink() if gone else office.correct("定版时又改。")
        return found

    monkeypatch.setattr("reporting.release.freeze.assess_period", meanwhile)
    with pytest.raises(InputRefused) as refused:
        office.freeze()
    said = "不在了" if gone else "有改动"
    assert [(f.file.rpartition("/")[2], f.message) for f in refused.value.findings] == [
        (path.name, f"该输入文件在生成材料之后{said}，请重新运行 make report。")
    ]
    assert frozen_numbers(copy, PERIOD) == (1, 2)


def test_facts_that_were_other_for_a_moment_are_not_frozen(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A return changed and changed back: what was reckoned in between is not the pack's."""
    office = Office(copy)
    office.correct("又有更正。")
    office.report(day=LATER)

    def meanwhile(*given: object, **named: object) -> Assessment:
        path = next((copy / "data/2023/status/Q1").glob(f"*{A}*"))
        content = path.read_bytes()
        office.correct("定版时又改。")
        found = assess_period(*given, **named)  # type: ignore[arg-type]
        path.write_bytes(content)
        return found

    monkeypatch.setattr("reporting.release.freeze.assess_period", meanwhile)
    with pytest.raises(InputRefused) as refused:
        office.freeze()
    assert [f.message for f in refused.value.findings] == [
        "材料生成之后数据有变，请重新运行 make report。"
    ]
