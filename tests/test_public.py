"""The names that a notebook may import from the package itself, and that a command loads none."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import reporting


def test_every_public_name_is_given() -> None:
    """As the module that defines it does; ``dir`` lists them for completion."""
    for name in reporting.__all__:
        assert getattr(reporting, name) is not None
    assert dir(reporting) == sorted(reporting.__all__)
    assert reporting.load.__module__ == "reporting.notebook"
    assert reporting.show.__name__ == "reporting.exhibits.show"


def test_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="module 'reporting' has no attribute 'laod'"):
        reporting.laod  # noqa: B018


def test_type_checkers_are_told_of_the_same_names() -> None:
    """What reads the source, as the keys of reports do, finds each name where it is."""
    tree = ast.parse(Path(reporting.__file__).read_text(encoding="utf-8"))
    (told,) = (node for node in tree.body if isinstance(node, ast.If))
    homes = {
        alias.name: node.module
        for node in told.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert set(homes) == set(reporting.__all__) - {"__version__"}
    for name, module in homes.items():
        assert module is not None
        given = getattr(reporting, name)
        scope: dict[str, object] = {}
        exec(f"from {module} import {name}", scope)
        assert scope[name] is given


def test_importing_the_package_loads_no_library() -> None:
    """A command starts as quickly as if there were no frames."""
    source = (
        "import sys, reporting; print(*{'pandas', 'pydantic', 'matplotlib'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
