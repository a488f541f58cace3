"""Calls in cells that give something else each time: clocks, and chance without a seed.

No audit event tells of them. Each call that stands in a cell is looked at when it is made, by
what is called and not by its name; what a library or a helper module does by itself is not seen
here, but by the remake before an edition is sealed.
"""

import ast
import builtins
import datetime
import os
import random
import secrets
import time
import uuid
from collections.abc import Callable
from typing import Any

from reporting.kernels.guard.told import Teller

_CHECK = "__reporting_called__"
_ALWAYS = 1 << 10
_CLOCKS = {
    "time": _ALWAYS, "time_ns": _ALWAYS, "monotonic": _ALWAYS, "monotonic_ns": _ALWAYS,
    "perf_counter": _ALWAYS, "perf_counter_ns": _ALWAYS, "process_time": _ALWAYS,
    "localtime": 0, "gmtime": 0, "ctime": 0, "asctime": 0, "strftime": 1,
}  # fmt: skip
"""Functions of `time`, and the number of arguments up to which they tell the present."""
_TODAY = frozenset({"now", "today", "utcnow"})


class _Marking(ast.NodeTransformer):
    """Puts a check around what each call calls, where it stands.

    Chance begins with a fixed seed where the first cell does: what loads before it draws as well,
    and not the same in every kernel.
    """

    def __init__(self) -> None:
        self._has_begun = False

    def visit_Module(self, node: ast.Module) -> ast.AST:
        if not self._has_begun:
            self._has_begun = True
            _seed()
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        number = ast.Constant(len(node.args) + len(node.keywords))
        check = ast.Call(ast.Name(_CHECK, ast.Load()), [node.func, number], [])
        node.func = ast.fix_missing_locations(ast.copy_location(check, node.func))
        return node


class Calls:
    """Looks at what is called."""

    def __init__(self, teller: Teller) -> None:
        self._refuse = teller.refuse
        self._known: dict[Any, tuple[str, str, int]] = {
            getattr(time, name): ("clock", f"time.{name}", most) for name, most in _CLOCKS.items()
        }
        for module, names, most in _chances():
            for name in names:
                said = f"{module.__name__}.{name}"
                self._known[getattr(module, name)] = "chance", said, most

    def check(self, called: Any, given: int) -> Any:
        """Give back what is called, unless it gives something else each time."""
        # What is no function answers for any name, or for none.
        owner = getattr(called, "__self__", None)
        if isinstance(owner, type) and issubclass(owner, datetime.date):
            if called.__name__ in _TODAY:
                self._refuse("clock", f"{owner.__name__}.{called.__name__}")
        elif (found := self._find(called)) is not None and given <= found[2]:
            self._refuse(found[0], found[1])
        return called

    def _find(self, called: Any) -> tuple[str, str, int] | None:
        try:
            return self._known.get(called)
        except Exception:  # what has no hash, or one of its own making, is none of these
            return None


def _chances() -> list[tuple[Any, tuple[str, ...], int]]:
    import numpy as np

    return [
        (os, ("urandom", *(("getrandom",) if hasattr(os, "getrandom") else ())), _ALWAYS),
        (uuid, ("uuid1", "uuid4"), _ALWAYS),
        (secrets, tuple(name for name in secrets.__all__ if name != "compare_digest"), _ALWAYS),
        (random, ("Random", "seed"), 0),
        (np.random, ("default_rng", "seed", "RandomState", "SeedSequence"), 0),
    ]


def watch_calls(teller: Teller, transformers: list[Any]) -> None:
    """Look at the calls of all cells from now on.

    Parameters
    ----------
    transformers : list
        ``ast_transformers`` of the shell.
    """
    check: Callable[[Any, int], Any] = Calls(teller).check
    setattr(builtins, _CHECK, check)
    transformers.append(_Marking())


def _seed() -> None:
    import numpy as np

    random.seed(0)
    np.random.seed(0)
