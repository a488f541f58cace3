"""Which modules are changed, and which tests must notice."""

from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).parents[2]
_CODE = HOME / "src"


@dataclass(frozen=True)
class Room:
    """Modules, by files and folders of the package, and the tests of their room."""

    name: str
    code: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """The modules; the mere docstrings of packages aside."""
        places = [_CODE / "reporting" / name for name in self.code]
        found = [f for p in places for f in ([p] if p.suffix else sorted(p.rglob("*.py")))]
        return tuple(file for file in found if file.name != "__init__.py")

    @property
    def test_paths(self) -> tuple[str, ...]:
        """What pytest is given: the tests, and the modules for the examples in them."""
        return (*self.tests, *(str(file.relative_to(HOME)) for file in self.files))


ROOMS = (
    Room("assess", ("assess", "plan/figures/gaps.py"), ("tests/assess",)),
    Room(
        "returns",
        (
            "returns/reading/checks.py", "returns/reading/identity.py", "returns/reading/typed.py",
            "returns/prose",
            "returns/series.py",
        ),
        ("tests/returns",),
    ),
    Room(
        "plan", ("plan/targets", "plan/values.py", "language"), ("tests/plan", "tests/language")
    ),
    Room(
        "documents",
        ("documents/html", "documents/markdown", "documents/word/pandoc.py"),
        ("tests/documents",),
    ),
    Room(
        "publish",
        ("publish/keys",),
        tuple(
            f"tests/publish/test_{name}.py"
            for name in ("keys", "store", "slices", "memory", "reports", "run", "manifest")
        ),
    ),
)  # fmt: skip


def module_of(file: Path) -> str:
    """Name the module of a file."""
    return ".".join(file.relative_to(_CODE).with_suffix("").parts)
