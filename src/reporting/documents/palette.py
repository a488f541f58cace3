"""Word, shape and colour of a grade: never colour alone, and readable in black and white."""

from reporting.grades import Grade
from reporting.values import Value


class GradeStyle(Value):
    """How a grade is shown beside its word.

    Attributes
    ----------
    shape : str
        One character that every font of the reports has; none for what is no grade.
    colour : str
        Text colour; at least 4.5 : 1 against white and against ``tint``.
    tint : str
        Pale ground for cells and bars.
    hatch : str
        Matplotlib hatch that tells the grade apart without colour.
    """

    shape: str
    colour: str
    tint: str
    hatch: str


GRADE_STYLES: dict[Grade, GradeStyle] = {
    Grade.DONE: GradeStyle(shape="●", colour="#00603f", tint="#d9efe4", hatch=""),
    Grade.ON_SCHEDULE: GradeStyle(shape="○", colour="#0b4f85", tint="#dcebf7", hatch="//"),
    Grade.BEHIND: GradeStyle(shape="△", colour="#8a4b00", tint="#fdebd0", hatch="\\\\"),
    Grade.FAR_BEHIND: GradeStyle(shape="▲", colour="#a3160f", tint="#fbdcd9", hatch="xxx"),
    Grade.NOT_STARTED: GradeStyle(shape="□", colour="#5e2f75", tint="#ece1f2", hatch="--"),
    Grade.PAUSED: GradeStyle(shape="◇", colour="#475259", tint="#e6eaec", hatch="||"),
    Grade.NOT_REPORTED: GradeStyle(shape="■", colour="#262626", tint="#d9d9d9", hatch="++"),
    Grade.UNDECIDED: GradeStyle(shape="？", colour="#4f4f4f", tint="#f2f2f2", hatch=""),
}

APART_STYLE = GradeStyle(shape="", colour="#595959", tint="#ffffff", hatch="..")
"""What is counted apart from the grades."""

MASTHEAD_RED = "#c00000"
"""The red of the masthead; dark enough to be read on white."""
