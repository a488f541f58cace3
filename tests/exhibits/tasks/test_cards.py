"""The cards of a report: one a task, counted in Chinese numerals."""

from assess.rating_samples import milestone, plan, rated, returns, task

from reporting.documents.blocks import Card
from reporting.exhibits import show


def test_cards_are_counted_however_many_there_are() -> None:
    """A heading carries its place as official papers write it, past two hundred as well."""
    numbers = range(1, 211)
    city = rated(plan([task(n) for n in numbers], [milestone(n) for n in numbers]), returns())
    cards = [block for block in show.task_cards(city).blocks if isinstance(block, Card)]
    counted = [card.heading.text.partition("）")[0] for card in cards]
    assert [counted[place - 1] for place in (1, 10, 19, 20, 35, 101, 110, 200, 210)] == [
        "（一", "（十", "（十九", "（二十", "（三十五", "（一百零一", "（一百一十", "（二百",
        "（二百一十",
    ]  # fmt: skip
