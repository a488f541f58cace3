"""How well targets are read: held against a list that a careful reader made by hand.

The list is a CSV table. ``quote`` and ``at`` (the offset of the number in the goal or the
schedule) say which quantity is meant; ``measure`` holds keywords of which one must occur in the
measure; ``|`` separates what is equally right; ``optional`` marks what may be read or left out.
A row whose ``source`` is ``none`` says that its task promises no quantity.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from reporting.errors import InputRefused, UsageError
from reporting.plan.read import read_plan
from reporting.plan.values import Plan, Target, Task
from reporting.project.params import read_params
from reporting.project.roots import find_root
from reporting.values import Value

_COLUMNS = (
    "number", "source", "quote", "at", "quarter", "measure", "comparator", "value", "value_high",
    "unit", "basis", "aspirational", "optional",
)  # fmt: skip
_SOURCES = ("goal", "schedule", "none")
_NAMES = {
    "quarter": "季度", "measure": "指标名称", "comparator": "比较词", "value": "数值",
    "value_high": "数值上限", "unit": "单位", "basis": "口径", "aspirational": "力争",
}  # fmt: skip


class GoldenTarget(Value):
    """A target as the careful reader finds it; every field may hold alternatives."""

    line: int
    number: int
    source: str
    quote: str
    at: int
    expected: dict[str, tuple[str, ...]]
    optional: bool


class Miss(Value):
    """A target that was not read, was read otherwise, or was read where there is none.

    ``kind`` is ``missing``, ``wrong`` or ``extra``; ``wrong`` says field by field what was
    expected and found.
    """

    kind: str
    task_id: str
    source: str
    at: int
    quote: str
    differences: tuple[str, ...] = ()


class Score(Value):
    """What a reading of targets is worth.

    Attributes
    ----------
    expected : int
        Targets of the list that must be read.
    found : int
        Targets read for the list's tasks, those that may be left out not counted.
    right : int
        Targets read as the list has them.
    """

    tasks: int
    expected: int
    found: int
    right: int
    misses: tuple[Miss, ...]

    @property
    def precision(self) -> Decimal:
        """The share of what was read that is right."""
        return Decimal(self.right) / self.found if self.found else Decimal(0)

    @property
    def recall(self) -> Decimal:
        """The share of what should be read that was read right."""
        return Decimal(self.right) / self.expected if self.expected else Decimal(0)


def score(plan: Plan, path: Path) -> Score:
    """Hold a plan's targets against a hand-checked list.

    Raises
    ------
    UsageError
        There is no such list.
    InputRefused
        The list is not of this form, or names a place that the plan does not have.
    """
    tasks = {task.number: task for task in plan.tasks}
    rows = [_placed(row, tasks, path.name) for row in _read(path)]
    numbers = {row.number for row in rows}
    golden = [row for row in rows if row.source != "none"]
    targets = [t for number in sorted(numbers) for t in plan.targets_of(tasks[number].task_id)]
    matches = {row.line: _match(row, tasks[row.number], targets) for row in golden}
    wrong = list(_wrong(golden, matches))
    free = {m.target_id for row in golden if row.optional and (m := matches[row.line])}
    known = {m.target_id for m in matches.values() if m}
    required = [row for row in golden if not row.optional]
    extra = [_extra(t, plan.task(t.task_id)) for t in targets if t.target_id not in known]
    return Score(
        tasks=len(numbers),
        expected=len(required),
        found=len(targets) - len(free),
        right=len(required) - len(wrong),
        misses=(*wrong, *extra),
    )


def score_text(plan: Plan, path: Path) -> str:
    """Score a plan's targets and print the result with every miss, in the list's order."""
    result = score(plan, path)
    lines = [
        f"指标识别（targets）：{result.tasks}项任务，应读{result.expected}个，"
        f"实读{result.found}个，正确{result.right}个；"
        f"准确率（precision）{result.precision:.3f}，召回率（recall）{result.recall:.3f}。"
    ]
    words = {"missing": "漏读 missing", "wrong": "误读 wrong", "extra": "多读 extra"}
    for miss in result.misses:
        place = "年度目标" if miss.source == "goal" else "季度进度"
        detail = f"（{'；'.join(miss.differences)}）" if miss.differences else ""
        lines.append(
            f"  {words[miss.kind]} {miss.task_id} {place}第{miss.at}字 “{miss.quote}”{detail}"
        )
    return "\n".join(lines)


def _read(path: Path) -> list[GoldenTarget]:
    if not path.is_file():
        raise UsageError(f"没有核对清单文件：{path}")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputRefused(f"{path.name} 应有各列 {'、'.join(_COLUMNS)}，缺：{missing}。")
            return [_row(row, line, path.name) for line, row in enumerate(reader, 2)]
    except UnicodeDecodeError:
        raise InputRefused(f"{path.name} 应为 UTF-8 编码，实际不是。") from None


def _row(row: dict[str, str | None], line: int, name: str) -> GoldenTarget:
    cells = {column: (row[column] or "").strip() for column in _COLUMNS}
    try:
        if cells["source"] not in _SOURCES:
            raise ValueError(cells["source"])
        return GoldenTarget(
            line=line,
            number=int(cells["number"]),
            source=cells["source"],
            quote=row["quote"] or "",
            at=0 if cells["source"] == "none" else int(cells["at"]),
            expected={field: tuple(cells[field].split("|")) for field in _NAMES},
            optional=cells["optional"] == "1",
        )
    except ValueError as error:
        raise InputRefused(f"{name} 第{line}行应为编号、出处和位置，实为：{error}。") from None


def _placed(row: GoldenTarget, tasks: dict[int, Task], name: str) -> GoldenTarget:
    """Check that the quote stands where the row says; the plan may be another table's."""
    task = tasks.get(row.number)
    if task and row.source == "none":
        return row
    text = _text(task, row.source) if task else ""
    start = text.find(row.quote, max(0, row.at - len(row.quote) + 1))
    if not row.quote or start < 0 or not start <= row.at < start + len(row.quote):
        raise InputRefused(
            f"{name} 第{row.line}行：任务{row.number}第{row.at}字处应有“{row.quote}”，"
            f"实为“{text[max(0, row.at - 5) : row.at + 10]}”。"
        )
    return row


def _text(task: Task, source: str) -> str:
    return task.goal if source == "goal" else task.schedule


def _match(row: GoldenTarget, task: Task, targets: Sequence[Target]) -> Target | None:
    """Return the target whose words hold the row's number."""
    for target in targets:
        here = target.task_id == task.task_id and target.source == row.source
        if here and target.start <= row.at < target.end:
            return target
    return None


def _wrong(golden: Iterable[GoldenTarget], matches: dict[int, Target | None]) -> Iterator[Miss]:
    """Give the rows that must be read and were not, or were read otherwise."""
    for row in golden:
        target = matches[row.line]
        differences = _differences(row, target) if target else ()
        if row.optional or (target and not differences):
            continue
        yield Miss(
            kind="wrong" if target else "missing",
            task_id=target.task_id if target else f"任务{row.number}",
            source=row.source,
            at=row.at,
            quote=row.quote,
            differences=differences,
        )


def _differences(row: GoldenTarget, target: Target) -> tuple[str, ...]:
    found = {
        "quarter": str(target.quarter),
        "measure": target.measure,
        "comparator": target.comparator.value,
        "value": str(target.value),
        "value_high": "" if target.value_high is None else str(target.value_high),
        "unit": target.unit,
        "basis": target.basis.value,
        "aspirational": "1" if target.aspirational else "0",
    }
    return tuple(
        f"{_NAMES[field]}应为{'|'.join(row.expected[field])}，读作{found[field] or '空'}"
        for field in _NAMES
        if not _agrees(field, row.expected[field], found[field])
    )


def _agrees(field: str, expected: Sequence[str], found: str) -> bool:
    if field == "measure":
        return any(word in found for word in expected)
    if field in ("value", "value_high"):
        return any(_number(word) == _number(found) for word in expected)
    return found in expected


def _number(text: str) -> Decimal | None:
    """Read a number; None for what is empty or none."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _extra(target: Target, task: Task) -> Miss:
    text = _text(task, target.source)
    return Miss(
        kind="extra",
        task_id=target.task_id,
        source=target.source,
        at=target.start,
        quote=text[max(0, target.start - 10) : target.end + 5].replace("\n", " "),
    )


def main(words: Sequence[str] | None = None) -> None:
    """Print the score of this project's table: ``python -m tools.golden LIST``."""
    parser = argparse.ArgumentParser(prog="python -m tools.golden", description=__doc__)
    parser.add_argument("golden", type=Path)
    parser.add_argument("--year", type=int, default=2023)
    parser.add_argument("--table", type=Path, default=None)
    given = parser.parse_args(words)
    root = find_root()
    plan = read_plan(root, read_params(root, given.year), table=given.table)
    print(score_text(plan, given.golden))


if __name__ == "__main__":
    main()
