"""The code that each result depends on: what executes, sets, reads, and what makes the pack."""

from collections.abc import Mapping
from pathlib import Path

from reporting.publish.keys.cells import notebook_modules
from reporting.publish.keys.code import Code, Edge, read_code
from reporting.publish.keys.hashes import FileHashes
from reporting.publish.keys.inputs import ReadingCode
from reporting.publish.keys.package import package_hash
from reporting.publish.keys.store import Store
from reporting.system.digests import digest_of

KIND = "reached"
"""Kind of record: hashes of modules and files, by the hash of them all."""

_EXECUTION = ("reporting.publish.pool.workers", "reporting.kernels.provisioner")
"""What executes a notebook; jupyter_client finds the second by its entry point."""
FACES = {
    "html": ("reporting.documents.html.page",),
    "pdf": ("reporting.documents.typst.pdf", "reporting.documents.fonts.chosen"),
    "docx": ("reporting.documents.word.docx",),
    "pptx": ("reporting.documents.slides.pptx",),
}
"""What sets a format, besides `reporting.documents.artifacts`, which chooses among them."""
_OWN = "pptx"
"""What Quarto is never asked for."""
QUARTO = "reporting.documents.quarto"
_ARTIFACTS = "reporting.documents.artifacts"
_NOTEBOOK, _PIPELINE = "reporting.notebook", "reporting.pipeline"
_WARM = "reporting.kernels.warm"
CUT: frozenset[Edge] = frozenset(
    {
        # Executing and setting have keys of their own, and so has each format.
        ("reporting.publish.pool.workers", _ARTIFACTS),
        (_ARTIFACTS, QUARTO),
        *((_ARTIFACTS, module) for modules in FACES.values() for module in modules),
        # Only by hand does a notebook read table and returns: here they come with its slice.
        (_NOTEBOOK, _PIPELINE),
        # Loaded ahead of time, and used by the notebooks that load them anyway: a kernel that
        # starts cold gives the same bytes.
        (_WARM, "reporting.exhibits.show"),
        (_WARM, "reporting.exhibits.charts"),
    }
)


NOTHING: Mapping[str, str] = {}


class ReachedCode:
    """What of the package can change each result, hashed.

    Every hash that is given can be taken apart again by `differing`.
    """

    def __init__(self, hashes: FileHashes, store: Store) -> None:
        self._code: Code = read_code(hashes, store)
        self._whole = package_hash(hashes)
        self._store = store

    def execution(self, notebook: bytes) -> str:
        """Hash what executing a notebook can reach; all of the package if that is unknown."""
        shown = notebook_modules(notebook, self._code)
        if shown is None:
            return self._kept({"reporting": self._whole})
        return self._kept(self._code.reach([*_EXECUTION, *shown], CUT))

    def faces(self, renderer: str, own: Mapping[str, str] = NOTHING) -> dict[str, str]:
        """Hash what setting a report in each format can reach.

        Parameters
        ----------
        own : mapping of str to str
            Hashes of the project's own templates, which stand for the package's, by path.
        """
        instead = {f"documents/{path}": sha256 for path, sha256 in own.items()}
        quarto = FACES.keys() - {_OWN} if renderer == "quarto" else ()
        roots = {name: (QUARTO,) if name in quarto else FACES[name] for name in FACES}
        found = {
            name: self._code.reach([_ARTIFACTS, *modules], CUT) for name, modules in roots.items()
        }
        return {
            name: self._kept(reached | {path: instead[path] for path in instead.keys() & reached})
            for name, reached in found.items()
        }

    def reading(self) -> ReadingCode:
        """Hash what reads the inputs."""
        plan = self._code.reach(["reporting.plan.read"])
        return ReadingCode(
            plan=digest_of(plan),
            returns=digest_of(plan | self._code.reach(["reporting.returns.reading.read"])),
            survey=digest_of(self._code.reach(["reporting.publish.survey"])),
        )

    def pack(self, root: str = "reporting.publish.pack.site") -> str:
        """Hash what makes a pack's own files: tables, annex, front page."""
        return digest_of(self._code.reach([root]))

    def _kept(self, found: Mapping[str, str]) -> str:
        name = digest_of(found)
        if self._store.record(KIND, name) is None:
            self._store.write_record(KIND, name, dict(found))
        return name

    def differing(self, old: str, new: str) -> tuple[str, ...] | None:
        """Name the modules and files that differ between two hashes; None when one is unknown."""
        before, after = self._store.record(KIND, old), self._store.record(KIND, new)
        if before is None or after is None:
            return None
        return tuple(sorted(n for n in before | after if before.get(n) != after.get(n)))


def is_asset(name: str) -> bool:
    """Tell a file from a module among what can be reached."""
    return bool(Path(name).suffix) and "/" in name
