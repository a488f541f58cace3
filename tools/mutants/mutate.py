"""The changes: one operator, operand, number, call or entry of a source, and nothing else."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_SWAPPED_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}
_KEEPING = frozenset({"strip", "lstrip", "rstrip", "lower", "casefold", "upper"})
"""Methods without arguments that give a text like the one they are called on."""
_NEEDED = frozenset({
    "bool", "compile", "dict", "enumerate", "frozenset", "int", "isinstance", "iter", "len",
    "list", "next", "print", "range", "set", "str", "sum", "super", "tuple", "Decimal",
})  # fmt: skip
"""Calls whose argument cannot stand for what they give, or is as good in most places."""
_LONGEST_DISPLAY = 12
"""A longer list is a table of words, not a rule."""


@dataclass(frozen=True)
class Mutant:
    """A source with one thing changed.

    Attributes
    ----------
    line, last_line : int
        Where the changed expression stands.
    in_function : bool
        It is run when its function is called, not when the module is imported.
    """

    file: Path
    line: int
    last_line: int
    old: str
    new: str
    source: str
    in_function: bool


def mutants_of(file: Path) -> Iterator[Mutant]:
    """Give every change of a file, in the order of its lines."""
    source = file.read_text(encoding="utf-8")
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    data = source.encode()
    for node, in_function in _places(ast.parse(source)):
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        for changed in _changes(node, in_function):
            # The same number of lines, so that what follows keeps its place.
            text = f"({ast.unparse(changed)}" + "\n" * data[begin:end].count(b"\n") + ")"
            yield Mutant(
                file, node.lineno, node.end_lineno or node.lineno,
                ast.unparse(node), ast.unparse(changed),
                (data[:begin] + text.encode() + data[end:]).decode(), in_function,
            )  # fmt: skip


def unchanged(file: Path) -> Mutant:
    """Give a file as it stands, to see that its tests pass in the same way."""
    return Mutant(file, 1, 1, "", "", file.read_text(encoding="utf-8"), in_function=False)


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr, bool]]:
    """Walk the expressions that decide something; types, assertions and messages do not."""
    waiting: list[tuple[ast.AST, bool]] = [(tree, False)]
    while waiting:
        node, inside = waiting.pop()
        if isinstance(node, ast.expr):
            yield node, inside
        deeper = inside or isinstance(node, ast.Lambda)
        if isinstance(node, ast.FunctionDef):
            waiting += [(part, inside) for part in (*node.decorator_list, node.args)]
            waiting += [(part, True) for part in node.body]
            continue
        waiting += [(part, deeper) for part in _parts(node)]


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    # Positions inside an f-string are not told truly before Python 3.12.
    if isinstance(node, ast.Assert | ast.Raise | ast.JoinedStr | ast.arg):
        return
    for name, value in ast.iter_fields(node):
        of_type = isinstance(node, ast.Subscript) and not _is_slice(node)
        if of_type or name in ("annotation", "returns"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield part


def _is_slice(node: ast.Subscript) -> bool:
    """Tell an index or a slice from the arguments of a type."""
    return not (isinstance(node.value, ast.Name) and node.value.id[:1].isupper())


def _changes(node: ast.expr, in_function: bool) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for at, op in enumerate(ops):
                for other in _COMPARED[type(op)]:
                    yield ast.Compare(left, [*ops[:at], other(), *ops[at + 1 :]], others)
        case ast.BoolOp(op=op, values=values):
            for at in range(len(values)):
                rest = values[:at] + values[at + 1 :]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if _is_sum(node, in_function):
            if type(op) in _COMPUTED:
                yield ast.BinOp(left, _COMPUTED[type(op)](), right)
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.IfExp(test=test, body=body, orelse=other):
            yield ast.IfExp(test, other, body)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            yield from _unfiltered(node)
        case ast.Call():
            yield from _calls(node)
        case ast.Dict(keys=keys, values=values) if 2 <= len(keys) <= _LONGEST_DISPLAY:
            for at in range(len(keys)):
                yield ast.Dict(keys[:at] + keys[at + 1 :], values[:at] + values[at + 1 :])
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            if 2 <= len(items) <= _LONGEST_DISPLAY and _is_display(node, items):
                for at in range(len(items)):
                    yield _display(node, items[:at] + items[at + 1 :])


def _is_sum(node: ast.BinOp, in_function: bool) -> bool:
    """Tell arithmetic and sets from texts put together and types in a union."""
    texts = ast.JoinedStr | ast.Constant
    if isinstance(node.op, ast.Add):
        sides = (node.left, node.right)
        return not any(isinstance(s, texts) and not _is_number(s) for s in sides)
    return in_function or not isinstance(node.op, ast.BitOr)


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _display(like: ast.expr, items: list[ast.expr]) -> ast.expr:
    if isinstance(like, ast.Set):
        return ast.Set(items)
    return (
        ast.List(items, ast.Load()) if isinstance(like, ast.List) else ast.Tuple(items, ast.Load())
    )


def _is_display(node: ast.expr, items: list[ast.expr]) -> bool:
    """Tell a list of alike things from a pair to be unpacked."""
    stored = isinstance(getattr(node, "ctx", None), ast.Store)
    alike = all(isinstance(item, ast.Constant | ast.Attribute) for item in items)
    return not stored and (alike or not isinstance(node, ast.Tuple))


_Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp


def _unfiltered(node: _Comprehension) -> Iterator[ast.expr]:
    """Give a comprehension without one of its conditions."""
    for at, part in enumerate(node.generators):
        for gone in range(len(part.ifs)):
            kept = ast.comprehension(
                part.target, part.iter, part.ifs[:gone] + part.ifs[gone + 1 :], part.is_async
            )
            generators = [*node.generators[:at], kept, *node.generators[at + 1 :]]
            if isinstance(node, ast.DictComp):
                yield ast.DictComp(node.key, node.value, generators)
            else:
                yield type(node)(node.elt, generators)


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    """Give a call's argument in its place, or the call of the opposite."""
    function, given = node.func, node.args
    name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if isinstance(function, ast.Name) and name in _SWAPPED_NAMES:
        yield ast.Call(ast.Name(_SWAPPED_NAMES[name]), given, node.keywords)
    elif name == "Decimal" and len(given) == 1 and isinstance(given[0], ast.Constant):
        yield ast.BinOp(node, ast.Mult(), ast.Constant(2))
    elif isinstance(function, ast.Attribute) and not given and name in _KEEPING:
        yield function.value
    elif _passes_through(node, name):
        yield given[0]


def _passes_through(node: ast.Call, name: str) -> bool:
    """Tell whether the only argument of a call could stand for what the call gives."""
    only = len(node.args) == 1 and not node.keywords
    return only and name[:1].islower() and name not in _NEEDED and not _is_starred(node.args[0])


def _is_starred(node: ast.expr) -> bool:
    return isinstance(node, ast.Starred)
