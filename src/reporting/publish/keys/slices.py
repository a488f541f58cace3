"""The slices of a run, parsed at most once each."""

from collections.abc import Iterable

from pydantic import ValidationError

from reporting.assess.values import Assessment
from reporting.publish.keys.store import Store


class Slices:
    """Slices by the hash of their bytes, which the store keeps.

    Those that a run cut itself are at hand; parsing one takes longer than much of a run.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Assessment | None] = {}

    def put(self, assessment: Assessment) -> str:
        """Keep a slice; returns the hash by which it is found."""
        name = self._store.put(assessment.model_dump_json().encode())
        self._known[name] = assessment
        return name

    def keep(self, names: Iterable[str]) -> None:
        """Have no others at hand than these."""
        kept = frozenset(names)
        self._known = {name: known for name, known in self._known.items() if name in kept}

    def get(self, name: str) -> Assessment | None:
        """Return a slice; None when it is lost, or of another version of the program."""
        if name not in self._known:
            self._known[name] = self._parsed(name)
        return self._known[name]

    def _parsed(self, name: str) -> Assessment | None:
        data = self._store.get(name)
        try:
            return None if data is None else Assessment.model_validate_json(data)
        except ValidationError:
            return None
