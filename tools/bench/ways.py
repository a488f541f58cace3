"""The ways to the same reports: what is typed by hand, a loop, ours, and the floor."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pypandoc

from reporting.documents.quarto.command import find_quarto
from reporting.errors import UsageError
from reporting.system.files import write_whole
from tools.bench.cases import CASES, Case, Cases, correct_sheet
from tools.bench.measure import Cost, measure

_ROOT = Path(__file__).parents[2]
_NONE: Mapping[str, str] = {}
CHECK_SAME = "与上次核对相比没有变化。"
PLAN_SAME = "中的文件未重写"
"""What commands say that found nothing changed."""


class Workspace:
    """A folder for what the ways write, and the environment they run in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        home = folder / "home"
        home.mkdir(parents=True)
        self.env = {
            **os.environ,
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        }

    def warm(self) -> None:
        """Let libraries build the caches that they have on any computer in use."""
        load = "import seaborn, nbconvert, papermill, typst, reporting.cli"
        self.run([sys.executable, "-c", load])

    def run(
        self,
        command: Sequence[str],
        *,
        cwd: Path | None = None,
        variables: Mapping[str, str] = _NONE,
    ) -> Cost:
        """Measure a command."""
        return measure(command, cwd=cwd or self.folder, env={**self.env, **variables})

    def fresh(self, name: str) -> Path:
        """Give an empty folder."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


def chain(workspace: Workspace, cases: Cases) -> Cost:
    """Type the commands for each report."""
    total = Cost(seconds=0, cpu_seconds=0, peak_bytes=0)
    out = workspace.fresh("chain")
    for case in cases.cases:
        for command in chain_commands(case, cases.formats, out):
            total += workspace.run(command, cwd=cases.root / "notebooks")
    return total


def chain_commands(case: Case, formats: Sequence[str], out: Path) -> Iterator[list[str]]:
    """List what is typed for a report: papermill, nbconvert, and Quarto or pandoc and Typst."""
    executed = out / f"{case.stem}.ipynb"
    given = [word for name, value in case.parameters.items() for word in ("-p", name, str(value))]
    yield ["papermill", str(case.notebook), str(executed), "--kernel", "python3", *given]
    if "html" in formats:
        yield ["jupyter", "nbconvert", "--to", "html", str(executed)]
    if "pdf" not in formats:
        return
    if (quarto := _quarto()) is not None:
        yield [str(quarto), "render", str(executed), "--to", "typst"]
        return
    words = out / f"{case.stem}.typ"
    yield [
        pypandoc.get_pandoc_path(),
        str(executed),
        "--standalone",
        "--to",
        "typst",
        "-o",
        str(words),
    ]
    compile_it = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"
    yield [sys.executable, "-c", compile_it, str(words), str(words.with_suffix(".pdf"))]


def pdf_tool() -> str:
    """Name what the chain makes its PDF with."""
    return "pandoc + Typst" if _quarto() is None else "Quarto"


def _quarto() -> Path | None:
    try:
        return find_quarto()
    except UsageError:
        return None


def loop(workspace: Workspace, cases: Cases) -> tuple[Cost, float]:
    """Run the loop; gives also the seconds that grow with the number of reports."""
    return _own_process(workspace, "loop", cases)


def floor(workspace: Workspace, cases: Cases) -> Cost:
    """Run the floor; its cost is that of the warm process only."""
    cost, seconds = _own_process(workspace, "floor", cases)
    return cost.model_copy(update={"seconds": seconds})


def yardstick(workspace: Workspace, cases: Cases, commit: str) -> Cost:
    """Run the floor as it was at a commit: its cells, charts and pages, the same slices."""
    program = _program_of(workspace, commit)
    paths = os.pathsep.join(str(program / name) for name in ("src", "."))
    frozen = [
        case.model_copy(update={"notebook": program / "notebooks" / case.notebook.name})
        for case in cases.cases
    ]
    cost, seconds = _own_process(
        workspace, "floor", cases.model_copy(update={"cases": tuple(frozen)}), paths
    )
    return cost.model_copy(update={"seconds": seconds})


def _program_of(workspace: Workspace, commit: str) -> Path:
    """Lay out the program of a commit of this checkout.

    Raises
    ------
    UsageError
        There is no such commit.
    """
    folder = workspace.folder / f"program-{commit}"
    if not folder.exists():
        done = subprocess.run(
            ["git", "archive", commit, "src", "tools", "notebooks"], cwd=_ROOT,
            capture_output=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise UsageError(f"没有版本 {commit}：{done.stderr.decode().strip()}")
        with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
            archive.extractall(folder, filter="data")
    return folder


def _own_process(
    workspace: Workspace, name: str, cases: Cases, paths: str = str(_ROOT)
) -> tuple[Cost, float]:
    out = workspace.fresh(name)
    write_whole(out / CASES, cases.model_dump_json().encode())
    command = [sys.executable, "-m", f"tools.bench.{name}", str(out / CASES), str(out)]
    cost = workspace.run(command, variables={"PYTHONPATH": paths})
    return cost, float(cost.said.split()[-1])


class Ours:
    """``reporting report`` on a copy of the project."""

    def __init__(self, workspace: Workspace, cases: Cases) -> None:
        self._workspace = workspace
        self._cases = cases
        self._corrections = 0

    @property
    def pack(self) -> Path:
        """The folder of the pack."""
        return self._cases.root / f"outputs/{self._cases.year}/Q{self._cases.quarter}"

    def cold(self) -> Cost:
        """Make everything, with nothing to reuse."""
        for folder in (self.pack, self._cases.root / ".reporting"):
            shutil.rmtree(folder, ignore_errors=True)
        return self._report(len(self._cases.cases))

    def corrected(self) -> Cost:
        """Make what depends on one sheet that was corrected."""
        self._corrections += 1
        correct_sheet(
            self._cases.root, year=self._cases.year, quarter=self._cases.quarter,
            words=f"更正{self._corrections}。",
        )  # fmt: skip
        return self._report(None)

    def unchanged(self) -> Cost:
        """Ask for what is there."""
        return self._report(0)

    def check(self) -> Cost:
        """Read and check the returns of every quarter up to this one, the start included."""
        code = (
            "from reporting.project.params import read_params\n"
            "from reporting.project.roots import find_root\n"
            "from reporting.plan.read import read_plan\n"
            "from reporting.pipeline import check_period\n"
            f"root = find_root(); params = read_params(root, {self._cases.year})\n"
            f"check_period(root, params, read_plan(root, params), {self._cases.quarter})"
        )
        return self._workspace.run([sys.executable, "-c", code], cwd=self._cases.root)

    def check_cold(self) -> Cost:
        """Check the returns with nothing kept of reports and checks."""
        for folder in (self.pack, self._cases.root / ".reporting"):
            shutil.rmtree(folder, ignore_errors=True)
        return self._command("check", f"--quarter={self._cases.quarter}")

    def check_unchanged(self) -> Cost:
        """Check once more what was just checked."""
        return self._command("check", f"--quarter={self._cases.quarter}", said=CHECK_SAME)

    def plan_cold(self) -> Cost:
        """Read the table with nothing kept."""
        shutil.rmtree(self._cases.root / ".reporting", ignore_errors=True)
        return self._command("plan")

    def plan_unchanged(self) -> Cost:
        """Read the table once more."""
        return self._command("plan", said=PLAN_SAME)

    def _command(self, name: str, *options: str, said: str = "") -> Cost:
        """Run a command; what it finds wrong with returns is no fault of it.

        Raises
        ------
        UsageError
            It did not say what it should; its time is that of other work.
        """
        code = (
            "from reporting.cli import main\n"
            "try: main()\n"
            "except SystemExit as ended: raise SystemExit(ended.code if ended.code != 1 else 0)"
        )
        words = [sys.executable, "-c", code, name, *options, f"--year={self._cases.year}"]
        cost = self._workspace.run(words, cwd=self._cases.root)
        if said not in cost.said:
            raise UsageError(f"reporting {name} 应说“{said}”，实际没有，测得的时间不能比较。")
        return cost

    def _report(self, made: int | None) -> Cost:
        command = [sys.executable, "-c", "from reporting.cli import main; main()", "report"]
        options = [f"--quarter={self._cases.quarter}", f"--year={self._cases.year}"]
        formats = [f"--format={name}" for name in self._cases.formats]
        cost = self._workspace.run([*command, *options, *formats], cwd=self._cases.root)
        if made is not None:
            _expect(made, self._made())
        return cost

    def _made(self) -> int:
        log = max((self._cases.root / ".reporting" / "log").glob("*.jsonl"))
        last: Mapping[str, int] = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
        return last["made"]


def _expect(wanted: int, found: int) -> None:
    """Make sure that the ways did the same work.

    Raises
    ------
    UsageError
        They did not, and comparing them would say nothing.
    """
    if wanted != found:
        raise UsageError(f"应生成{wanted}份报告，实际生成{found}份，测得的时间不能比较。")
