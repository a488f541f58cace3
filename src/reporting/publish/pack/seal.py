"""The seal of a pack: made from its tables and the edition before, ahead of every report."""

from pathlib import Path

from reporting.assess.editions.seal import Seal, read_seal, seal_of
from reporting.assess.values import Assessment
from reporting.periods import Period
from reporting.project.editions import SEAL, edition_folder, edition_name, frozen_numbers
from reporting.publish.pack.tables import write_tables
from reporting.system.digests import digest
from reporting.system.files import read_if_there

FILE = "seal.json"
"""Its name among the tables."""


def sealed(root: Path, city: Assessment) -> Assessment:
    """Give the city's assessment with the seal that its reports bear."""
    number = city.edition_number
    before, before_seal = _before(root, city.period, number)
    seal = Seal(
        edition=edition_name(city.period, number), before=before, before_seal=before_seal,
        tables={name: digest(data) for name, data in sorted(write_tables(city).items())},
    )  # fmt: skip
    return city.model_copy(update={"seal": seal})


def _before(root: Path, period: Period, number: int) -> tuple[str, str]:
    """Name the edition before one, with its seal.

    What an edition was released with stays, whatever was released of earlier quarters since.
    """
    released = read_if_there(edition_folder(root, period, number) / SEAL)
    if released is not None and (seal := read_seal(released)) is not None:
        return seal.before, seal.before_seal
    if number > 1:
        return _named(root, period, number - 1)
    for quarter in range(period.quarter - 1, 0, -1):
        earlier = Period(year=period.year, quarter=quarter)
        if numbers := frozen_numbers(root, earlier):
            return _named(root, earlier, numbers[-1])
    return "", ""


def _named(root: Path, period: Period, number: int) -> tuple[str, str]:
    data = read_if_there(edition_folder(root, period, number) / SEAL)
    return edition_name(period, number), "" if data is None else seal_of(data)
