"""A report's key covers the code that can reach it, and no other."""

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from assess.rating_samples import OTHER, UNIT
from documents.sample import cover

import reporting
from publish.conftest import ROOT, Project
from reporting.documents.slides.values import DECK_MEDIA, Deck
from reporting.project.reports import OF_EVERY_PACK
from reporting.publish.keys import package
from reporting.publish.keys.cells import notebook_modules
from reporting.publish.keys.code import ASSETS, Code, read_code, read_module
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.reach import CUT, FACES, ReachedCode
from reporting.publish.keys.store import Store

UNITS = {f"unit/{UNIT}", f"unit/{OTHER}"}
LEADERS = {"leader/张三", "leader/李四"}
BRIEFING = {"briefing"}


@pytest.fixture
def source(project: Project, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Publish with a copy of the package, which a test may change."""
    copy = project.root.parent / "reporting"
    shutil.copytree(
        Path(reporting.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__")
    )
    monkeypatch.setattr(package, "PACKAGE", copy)
    project.publish()
    return copy


def append(source: Path, name: str, text: str) -> None:
    path = source / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def reasons(project: Project, **options: object) -> dict[str, str]:
    reports = project.publish(dry_run=True, **options).reports
    return {report.report_id: report.reason for report in reports}


@pytest.mark.parametrize(
    "name",
    [
        "returns/sheets/blank.py", "returns/sheets/guide.py", "returns/reading/read.py",
        "plan/read.py", "plan/page/quality.py", "pipeline.py", "release/freeze.py",
        "cli/report.py", "publish/pack/index.py", "publish/run.py", "documents/quarto/render.py",
        "kernels/__main__.py",
    ],
)  # fmt: skip
def test_code_that_reaches_no_report_remakes_none(
    project: Project, source: Path, name: str
) -> None:
    """What reads is told by the slice, and what comes after the reports is not in them."""
    append(source, name, "\nADDED = 1\n")
    project.publish()
    assert project.made == []


def test_tools_are_in_no_key(project: Project, source: Path) -> None:
    """What stands beside the package is nobody's."""
    (source.parent / "tools").mkdir()
    (source.parent / "tools/bench.py").write_text("ADDED = 1\n", encoding="utf-8")
    project.publish()
    assert project.made == []


@pytest.mark.parametrize("name", ["exhibits/tasks/cards.py", "values.py", "kernels/launch.py"])
def test_comment_changes_nothing(project: Project, source: Path, name: str) -> None:
    """Nor does a docstring or a blank line: no report could show it."""
    path = source / name
    text = path.read_text(encoding="utf-8")
    _, _, rest = text.partition('"""\n')
    path.write_text(f'"""Other words."""\n\n\n# A comment.\n{rest}', encoding="utf-8")
    assert text != path.read_text(encoding="utf-8")
    assert set(reasons(project).values()) == {"未变"}


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("tasks.cards", UNITS | LEADERS),
        ("groups", BRIEFING | LEADERS),
        ("tasks.annex", BRIEFING),
        ("tasks.duties", BRIEFING | LEADERS | UNITS),
        ("overview", BRIEFING | LEADERS | UNITS),
    ],
)
def test_changed_exhibit_remakes_the_reports_that_show_it(
    project: Project, source: Path, name: str, made: set[str]
) -> None:
    """And no others; the reason names the module."""
    append(source, f"exhibits/{name.replace('.', '/')}.py", "\nADDED = 1\n")
    told = reasons(project)
    assert {report for report, reason in told.items() if reason != "未变"} == made
    assert {told[report] for report in made} == {f"程序有变：exhibits.{name}"}
    project.publish()
    assert set(project.made) == made


@pytest.mark.parametrize(
    "name",
    [
        "notebook.py", "assess/values.py", "kernels/streams.py", "kernels/provisioner.py",
        "publish/pool/execute.py", "documents/html/write.py", "kernels/confine.py",
    ],
)  # fmt: skip
def test_code_that_executes_remakes_everything(project: Project, source: Path, name: str) -> None:
    """Loading, kernels and what an exhibit gives of itself are in every report."""
    append(source, name, "\nADDED = 1\n")
    assert len(reasons(project)) == 5
    assert all("程序有变" in reason for reason in reasons(project).values())


def test_template_of_the_blocks_has_the_notebooks_executed_again(
    project: Project, source: Path
) -> None:
    """Executed notebooks hold what it writes, as their pages do."""
    append(source, "documents/templates/html/blocks.html.j2", " ")
    reports = project.publish(dry_run=True).reports
    assert {report.reason for report in reports} == {"模板有变：html/blocks.html.j2"}
    assert all("ipynb" in report.missing for report in reports)


@pytest.mark.parametrize(
    ("name", "missing", "reason"),
    [
        ("documents/html/page.py", ("html",), "程序有变：documents.html.page"),
        ("documents/typst/pdf.py", ("pdf",), "程序有变：documents.typst.pdf"),
        ("documents/artifacts.py", ("html", "pdf"), "程序有变：documents.artifacts"),
        ("documents/templates/report.typ", ("pdf",), "模板有变：report.typ"),
        ("documents/templates/report/report.css", ("html",), "模板有变：report/report.css"),
    ],
)
def test_changed_face_sets_its_format_again(
    project: Project, source: Path, name: str, missing: tuple[str, ...], reason: str
) -> None:
    """The executed notebook stands, and so do the other formats."""
    append(source, name, "\n\n")
    append(source, name, "\nADDED = 1\n" if name.endswith(".py") else " ")
    reports = project.publish(dry_run=True).reports
    assert {report.missing for report in reports} == {missing}
    assert {report.reason for report in reports} == {reason}


@pytest.mark.parametrize(
    "name", ["documents/word/docx.py", "documents/templates/quarto/report.lua"]
)
def test_face_of_a_format_not_asked_for_does_not_count(
    project: Project, source: Path, name: str
) -> None:
    """Pages and prints do not know of Word, nor of Quarto."""
    append(source, name, "\nADDED = 1\n")
    assert set(reasons(project).values()) == {"未变"}


def test_templates_of_the_front_page_remake_the_front_page(project: Project, source: Path) -> None:
    """They are the pack's, not the reports'."""
    append(source, "documents/templates/index/index.css", "\nbody { color: #010203 }\n")
    records = project.root / ".reporting/store/records/index"
    before = set(records.iterdir())
    project.publish()
    assert project.made == []
    assert len(set(records.iterdir()) - before) == 1


def test_file_that_nobody_is_known_to_read_counts_for_everybody(
    project: Project, source: Path
) -> None:
    (source / "documents/words.yml").write_text("a: b\n", encoding="utf-8")
    assert set(reasons(project).values()) == {"模板有变：documents/words.yml"}


def edit(project: Project, line: str) -> None:
    path = project.root / "notebooks/unit_report.ipynb"
    content = json.loads(path.read_bytes())
    content["cells"].append({
        "cell_type": "code", "id": "added", "metadata": {}, "outputs": [],
        "execution_count": None, "source": line,
    })  # fmt: skip
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "getattr(show, 'c' + 'over')(assessment)",
        "from reporting.exhibits.show import *",
        "from reporting import *",
        "%run helper.py",
        "__import__('reporting.release.freeze')",
        "import importlib",
        "import office_charts",
        "show.cover.__globals__",
        "for show in []: pass",
        "show.nothing(assessment)",
    ],
)
def test_notebook_that_cannot_be_followed_depends_on_all_code(
    project: Project, source: Path, line: str
) -> None:
    """Where only running tells what is reached, any change of the package remakes its reports."""
    edit(project, line)
    project.publish()
    append(source, "release/freeze.py", "# A comment.\n")
    project.publish()
    assert set(project.made) == UNITS


def notebook(*cells: str) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "source": cell} for cell in cells]}).encode()


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Code:
    return read_code(FileHashes(), Store(tmp_path_factory.mktemp("store")))


@pytest.mark.parametrize(
    ("cells", "modules"),
    [
        (("from reporting.exhibits import show", "show.annex(a)"), {"exhibits.tasks.annex"}),
        (("from reporting.exhibits import show as s", "s.annex(a)"), {"exhibits.tasks.annex"}),
        (("from reporting.exhibits.show import corrections",), {"exhibits.editions.notice"}),
        (
            ("from reporting.exhibits.tasks import cards", "cards.task_cards(a)"),
            {"exhibits.tasks.cards"},
        ),
        (("from reporting.exhibits.tasks.cards import task_cards",), {"exhibits.tasks.cards"}),
        (
            ("import reporting.exhibits.show", "reporting.exhibits.show.annex(a)"),
            {"exhibits.tasks.annex"},
        ),
        (("from reporting import show", "show.annex(a)"), {"exhibits.tasks.annex"}),
        (("import reporting as r", "r.load(2023, 3)"), {"notebook"}),
        (("import reporting", "reporting.show.annex(a)"), {"exhibits.tasks.annex"}),
        (("from reporting import Kind, load",), {"grades", "notebook"}),
        (("import pandas as pd", "pd.DataFrame()"), set()),
        (("from reporting.exhibits import show",), set()),
    ],
)
def test_names_lead_to_the_modules_that_define_them(
    code: Code, cells: tuple[str, ...], modules: set[str]
) -> None:
    """Whichever way a notebook takes them."""
    found = notebook_modules(notebook(*cells), code)
    assert found == frozenset(f"reporting.{name}" for name in modules)


def test_imports_count_wherever_they_stand() -> None:
    """In a function, and by a name in a text; not those that only a type checker follows."""
    source = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import reporting.types\n"
        "STREAM = 'reporting.streams.Stream'\n"
        "def read():\n    from reporting.deep import reader\n    return reader\n"
    )
    known = {f"reporting.{n}" for n in ("types", "streams", "deep", "deep.reader", "room")}
    known |= {"reporting"}
    module = read_module("reporting.room.here", source, known)
    assert module.imports == (
        "reporting", "reporting.deep.reader", "reporting.room", "reporting.streams",
    )  # fmt: skip


def test_every_cut_and_every_face_is_an_import(code: Code) -> None:
    """Nothing is left out that is not there, and each format that can be set has its modules."""
    for module, other in CUT:
        assert other in code.modules[module].imports, (module, other)
    faces = {module for modules in FACES.values() for module in modules}
    chosen = {other for module, other in CUT if module == "reporting.documents.artifacts"}
    assert chosen == faces | {"reporting.documents.quarto"}


def test_every_asset_has_a_reader_and_every_reader_its_assets(code: Code) -> None:
    places = {place for places in ASSETS.values() for place in places}
    assert ASSETS.keys() <= code.modules.keys()
    for place in places:
        assert any(path.startswith(place) for path in code.assets), place
    unread = {path for path in code.assets if not path.startswith(tuple(places))}
    assert unread == {"py.typed"}


SHOWN_DECK = {
    "cell_type": "code", "source": "", "metadata": {},
    "outputs": [{"output_type": "execute_result", "metadata": {},
                 "data": {DECK_MEDIA: Deck(cover=cover(), slides=()).model_dump(mode="json")}}],
}  # fmt: skip
"""Of a notebook without slides no slides are made."""

OPENED = """
import sys, json
from pathlib import Path
opened = set()
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str | Path):
        opened.add(str(arguments[0]))
sys.addaudithook(watch)
from reporting.documents.artifacts import render
notebook = json.loads(Path(sys.argv[1]).read_bytes())
render(notebook, [sys.argv[2]], renderer="typst", fonts={})
print(*opened, sep="\\n")
"""


@pytest.mark.parametrize("suffix", list(FACES))
def test_every_file_that_setting_a_report_opens_is_in_its_key(tmp_path: Path, suffix: str) -> None:
    """Seen from outside: which files of the package a process opens that sets one report."""
    store = Store(tmp_path / "store")
    found = store.record("reached", ReachedCode(FileHashes(), store).faces("typst")[suffix])
    path = tmp_path / "notebook.ipynb"
    cells = [{"cell_type": "markdown", "source": "# 报告"}, SHOWN_DECK]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(path), suffix], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    opened = {Path(line) for line in done.stdout.splitlines()}
    inside = {
        p.relative_to(package.PACKAGE).as_posix()
        for p in opened
        if p.is_file() and p.is_relative_to(package.PACKAGE) and p.suffix not in (".py", ".pyc")
    }
    assert inside <= found.keys()


def test_the_real_notebooks_can_be_followed(code: Code) -> None:
    """Each leads to `reporting.notebook` and to the exhibits that its cells name."""
    for name in (one.notebook for one in OF_EVERY_PACK):
        content = (ROOT / name).read_bytes()
        found = notebook_modules(content, code)
        assert found is not None
        assert "reporting.notebook" in found
        shown = {
            node.attr
            for cell in json.loads(content)["cells"]
            if cell["cell_type"] == "code"
            for node in ast.walk(ast.parse("".join(cell["source"])))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "show"
        }
        from reporting.exhibits import show

        assert {getattr(show, name).__module__ for name in shown} <= found
