"""What documents are coloured with besides grades, which bring their own look."""

from reporting.grades import GradeStyle

APART_STYLE = GradeStyle(shape="", colour="#595959", tint="#ffffff", hatch="..")
"""What is counted apart from the grades."""

MASTHEAD_RED = "#c00000"
"""The red of the masthead; dark enough to be read on white."""
