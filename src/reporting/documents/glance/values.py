"""What the tall page shows; texts are data, never markup."""

from reporting.grades import Grade
from reporting.language.visible import SafeText
from reporting.values import Value


class State(Value):
    """How many tasks have a grade; ``share`` in words, ``part`` of all from 0 to 1."""

    grade: Grade
    count: int
    share: SafeText
    part: float


class Bar(Value):
    """One line with a bar: a name, words beside it, and how far it goes from 0 to 1."""

    name: SafeText
    words: SafeText
    part: float


class Praise(Value):
    """A task that exceeds its plan, with its figure."""

    task: SafeText
    figure: SafeText


class Glance(Value):
    """The page from its head to its foot; a part without anything is left out.

    ``title`` is in parts that a narrow page puts below one another. ``rate`` is the part of the
    tasks that are ``good``. ``apart`` says what the states do not count, ``figures_of`` how the
    figures were chosen.
    """

    place: SafeText
    period: SafeText
    title: tuple[SafeText, ...]
    issuer: SafeText
    published: SafeText
    is_sample: bool
    tasks: int
    rate: SafeText
    good: SafeText
    states: tuple[State, ...]
    apart: SafeText = ""
    praise: tuple[Praise, ...]
    figures: tuple[Bar, ...]
    figures_of: SafeText = ""
    groups_title: SafeText = ""
    groups: tuple[Bar, ...]
    coming: SafeText
    notes: tuple[SafeText, ...]

    @property
    def headline(self) -> str:
        """What the picture is called."""
        return f"{self.place}{self.period}{''.join(self.title)}"

    @property
    def alt(self) -> str:
        """The words of the picture, for who cannot see it."""
        sample = "示例数据。" if self.is_sample else ""
        states = "、".join(f"{one.grade}{one.count}项（{one.share}）" for one in self.states)
        apart = f"，{self.apart}" if self.apart else ""
        parts = [f"{self.tasks}项任务，{self.rate}{self.good}：{states}{apart}"]
        parts += [f"工作亮点：{'；'.join(f'{p.task}，{p.figure}' for p in self.praise)}"] * bool(
            self.praise
        )
        for title, bars in (("年度指标", self.figures), (self.groups_title, self.groups)):
            parts += [f"{title}：{'；'.join(f'{b.name}{b.words}' for b in bars)}"] * bool(bars)
        return f"{sample}{'。'.join([*parts, self.coming.rstrip('。')])}。{''.join(self.notes)}"
