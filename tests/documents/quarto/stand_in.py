"""Stands in for the Quarto command, as far as it was seen to behave.

It renders the way Quarto does: cells to Markdown, pandoc with the project's filter and
templates, Typst with its fonts. What it was called with is written to ``$STAND_IN_RECORD``;
``$STAND_IN`` lets it misbehave.
"""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pypandoc
import typst
import yaml

MODE = os.environ.get("STAND_IN", "")
SUFFIXES = {"html": "html", "typst": "typ", "docx": "docx"}


def main(arguments: list[str]) -> int:
    if arguments == ["--version"]:
        if MODE == "broken":
            print("\x1b[31mERROR: deno: version GLIBC_2.38 not found\x1b[0m", file=sys.stderr)
            return 1
        print(os.environ.get("STAND_IN_VERSION", "1.10.3"))
        return 0
    record(arguments)
    if Path(arguments[1]).is_dir():
        return 0
    log = Path(arguments[arguments.index("--log") + 1])
    match MODE:
        case "hang":
            child = subprocess.Popen(
                [sys.executable, "-c", "import signal; signal.pause()"], start_new_session=False
            )
            Path(os.environ["STAND_IN_RECORD"], "child").write_text(str(child.pid))
            signal.pause()
        case "fail":
            say(log, 40, "\x1b[31mTypst compilation failed\nerror: unknown variable\x1b[0m")
            return 1
        case "fail without log":
            print("progress\r\x1b[1mERROR: YAML is wrong\x1b[22m\n\nStack trace:", file=sys.stderr)
            return 1
        case "nothing":
            return 0
        case "warn":
            say(log, 30, "something is odd")
    say(log, 20, "Output created")
    output = Path(arguments[arguments.index("--output-dir") + 1])
    for name, settings in yaml.safe_load(Path("_quarto.yml").read_text())["format"].items():
        make(Path(arguments[1]), output, name, settings)
    return 0


def record(arguments: list[str]) -> None:
    folder = Path(os.environ["STAND_IN_RECORD"])
    facts = {
        "arguments": arguments,
        "folder": str(Path.cwd()),
        "files": sorted(p.name for p in Path().iterdir()),
        "environment": {name: os.environ.get(name) for name in ("SOURCE_DATE_EPOCH", "HOME")},
    }
    (folder / f"call-{os.getpid()}.json").write_text(json.dumps(facts))


def say(log: Path, level: int, words: str) -> None:
    with log.open("a") as target:
        target.write(json.dumps({"msg": words, "level": level}) + "\n")


def make(notebook: Path, output: Path, name: str, settings: dict[str, Any]) -> None:
    output.mkdir(exist_ok=True)
    cells = json.loads(notebook.read_text())["cells"]
    assert all(isinstance(cell["source"], list) for cell in cells)
    text = "\n".join("".join(cell["source"]) for cell in cells)
    if re.search(r"\{\{<|^:::|^---", text, re.MULTILINE):
        raise SystemExit("the document has markup of Quarto's own in it")
    target = output / f"{notebook.stem}.{SUFFIXES[name]}"
    Path("in.md").write_text(text)
    command = [
        pypandoc.get_pandoc_path(), "in.md", "--from", "markdown", "--to", name,
        "--lua-filter", "report.lua", "--fail-if-warnings", "-M", "pagetitle=x", "-o", str(target),
    ]  # fmt: skip
    if "template" in settings:
        Path("staged").mkdir(exist_ok=True)
        staged = Path("staged", "template.patched")
        staged.write_bytes(Path(settings["template"]).read_bytes())
        for partial in settings.get("template-partials", []):
            Path("staged", Path(partial).name).write_bytes(Path(partial).read_bytes())
        command += ["--template", str(staged)]
    else:
        command += ["--reference-doc", settings["reference-doc"]]
    subprocess.run(command, check=True)
    if name == "typst":
        set_pdf(target, settings["font-paths"])


def set_pdf(source: Path, folders: list[str]) -> None:
    compiler = typst.Compiler(font_paths=folders, ignore_system_fonts=True)
    pdf, remarks = compiler.compile_with_warnings(source.read_bytes(), format="pdf")
    assert remarks == [], [remark.message for remark in remarks]
    assert isinstance(pdf, bytes)
    source.with_suffix(".pdf").write_bytes(pdf)
    source.unlink()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
