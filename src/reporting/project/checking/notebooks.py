"""Whether a notebook can be run as it is declared, told without running it."""

import ast
import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

TAG = "parameters"
_FORMAT = 4
_MEND = "请从版本库恢复，或者用 JupyterLab 打开后重新保存"


def notebook_faults(content: bytes, parameters: Collection[str]) -> Iterator[str]:
    """Say what is wrong with a notebook that is to be given parameters of these names."""
    try:
        book = json.loads(content)
    except json.JSONDecodeError as error:
        yield f"不是有效的 notebook 文件：应为 JSON，第{error.lineno}行起不能读取，{_MEND}"
        return
    except (ValueError, RecursionError):
        yield f"不是有效的 notebook 文件：应为 UTF-8 编码的 JSON，实际不能读取，{_MEND}"
        return
    if said := _wrong_format(book):
        yield said
        return
    yield from _wrong_parameters(book["cells"], parameters)


def _wrong_format(book: Any) -> str:
    if not isinstance(book, dict) or not isinstance(book.get("nbformat"), int):
        return f"不是有效的 notebook 文件：应有 nbformat 和 cells，实际没有，{_MEND}"
    if book["nbformat"] != _FORMAT:
        return (
            f"应为第{_FORMAT}版格式的 notebook（nbformat {_FORMAT}），实为第{book['nbformat']}版，"
            "请用 JupyterLab 打开后另存"
        )
    cells = book.get("cells")
    if not isinstance(cells, list) or not all(_is_cell(cell) for cell in cells):
        return f"不是有效的 notebook 文件：cells 应为各单元格，实际不能读取，{_MEND}"
    return ""


def _is_cell(cell: Any) -> bool:
    return (
        isinstance(cell, dict)
        and isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("metadata", {}), dict)
        and isinstance(cell.get("source"), str | list)
    )


def _wrong_parameters(cells: list[Mapping[str, Any]], parameters: Collection[str]) -> Iterator[str]:
    tagged = {
        at: "".join(cell["source"])
        for at, cell in enumerate(cells, 1)
        if cell["cell_type"] == "code" and TAG in (cell.get("metadata", {}).get("tags") or ())
    }
    words = "、".join(parameters)
    if len(tagged) != 1:
        places = "、".join(f"第{at}格" for at in tagged)
        found = f"有{len(tagged)}格（{places}）" if tagged else "没有"
        yield f"应有且只有一格带 {TAG} 标签、写明参数 {words}，实际{found}"
        return
    ((at, source),) = tagged.items()
    try:
        declared = list(_assigned(ast.parse(source)))
    except SyntaxError as error:
        yield f"第{at}格（{TAG}）应为 Python 的赋值语句，该格第{error.lineno}行不能读取"
        return
    faults = [
        *(f"没有参数“{name}”" for name in parameters if name not in declared),
        *(f"参数“{name}”没有给出" for name in declared if name not in parameters),
    ]
    if faults:
        known = "、".join(declared) or "无"
        yield f"第{at}格（{TAG}）应写明参数 {words}，{'，'.join(faults)}；笔记本声明的参数：{known}"


def _assigned(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            yield from (one.id for one in statement.targets if isinstance(one, ast.Name))
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id
