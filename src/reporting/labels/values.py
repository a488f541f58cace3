"""What a report calls things: in Chinese as the exhibits do, or in English by a list of labels."""

from functools import cached_property
from typing import Literal

from pydantic import Field

from reporting.grades import Grade, Scale
from reporting.labels.english import ENGLISH
from reporting.values import Value

Language = Literal["zh", "en"]


class Labels(Value):
    r"""The labels of an office's reports, called with the Chinese label for the one to print.

    Attributes
    ----------
    language : {'zh', 'en'}
        With ``zh`` every label stays as it is.
    own : dict of str to str
        English names of what the office has added itself: its grades, its columns.

    Examples
    --------
    >>> Labels(language="en")("单位自评\n核定结果")
    'Self-rating\nRating'
    >>> Labels(language="en")("区里自己的一列")
    '区里自己的一列'
    """

    language: Language = "zh"
    own: dict[str, str] = Field(default_factory=dict)

    def __call__(self, label: str) -> str:
        """Give the label to print; one that nobody listed stays as it is."""
        if self.language == "zh":
            return label
        if label in self._listed:
            return self._listed[label]
        lines = [(line, self._listed.get(line, line)) for line in label.split("\n")]
        # What needs no word in English, as the （项） below a count, leaves no empty line.
        return "\n".join(found for line, found in lines if found or not line)

    @property
    def are_usual(self) -> bool:
        """Tell whether every label stays as it is."""
        return self.language == "zh"

    @cached_property
    def _listed(self) -> dict[str, str]:
        return ENGLISH | self.own

    def grade(self, grade: Grade) -> Grade:
        """Give a grade under the word to print; it is that grade all the same."""
        if self.language == "zh":
            return grade
        return grade.model_copy(update={"word": grade.en, "short": grade.en})

    def named(self, label: str, value: str) -> str:
        """Set a label before a value."""
        return f"{self(label)}{'' if self.language == 'zh' else ' '}{value}"

    def count(self, count: int) -> str:
        """Say how many tasks."""
        return f"{count}项" if self.language == "zh" else str(count)

    def share(self, share: str) -> str:
        """Say what part of the whole that is, behind the count."""
        return f"，占{share}" if self.language == "zh" else f", {share}"

    def apart(self) -> str:
        """Say that it is no part of the whole."""
        return "，不计占比" if self.language == "zh" else ", no share"

    def change(self, change: int) -> str:
        """Say how much more or less that is than last quarter."""
        if self.language == "en":
            return f", {change:+d} on last quarter" if change else ", as last quarter"
        if not change:
            return "，与上季度持平"
        return f"，较上季度{'增加' if change > 0 else '减少'}{abs(change)}项"


CHINESE = Labels()
"""The labels of an office that says nothing of its own."""


def labels_of(language: Language, scale: Scale, columns: dict[str, str]) -> Labels:
    """Put the labels of an office together.

    Parameters
    ----------
    columns : dict of str to str
        English heads of the columns that its return sheets have besides the usual.
    """
    if language == "zh":
        return CHINESE
    words = {word: grade.en for grade in scale.grades for word in (grade.short, grade.word)}
    reasons = {f"{grade.word}的原因": f"Why {grade.en.lower()}" for grade in scale.grades}
    return Labels(language=language, own=words | reasons | columns)
