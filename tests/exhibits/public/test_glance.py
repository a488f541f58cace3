"""一图读懂: its numbers add up to the tasks it speaks of, and say how they were chosen."""

from exhibits.public.samples import public
from reporting.exhibits.public.glance import glance_of
from reporting.language.comparators import Certainty


def test_states_and_what_is_apart_add_up() -> None:
    page = glance_of(public())
    assert page.tasks == 3
    assert sum(one.count for one in page.states) == 2
    assert page.apart == "本季度无到期事项的1项，不计算占比"
    assert page.rate == "50.0%"


def test_figure_says_itself_and_its_year() -> None:
    """A figure in doubt, or far beyond its plan, is none."""
    (bar,) = glance_of(public()).figures
    assert (bar.name, bar.words, bar.part) == ("新增企业", "120／400家", 0.3)
    assert glance_of(public("actuals")).figures == ()
    assert glance_of(public(actual="999999")).figures == ()
    assert glance_of(public(certainty=Certainty.UNCERTAIN)).figures == ()


def test_groups_are_actions_or_headings_that_group() -> None:
    """A table without actions goes by its headings; headings of one task each group nothing."""
    page = glance_of(public())
    assert (page.groups_title, [b.words for b in page.groups]) == ("各专项行动", ["1／2项"])
    tasks = tuple(
        t.model_copy(update={"action": None, "heading": f"抓好{t.number // 3}类工作"})
        for t in public().plan.tasks
    )
    whole = public()
    named = whole.plan.model_copy(update={"tasks": tasks})
    page = glance_of(whole.model_copy(update={"plan": named}))
    found = [(bar.name, bar.words) for bar in page.groups]
    assert (page.groups_title, found) == ("各类工作", [("抓好0类工作", "1／2项")])
    each = tuple(t.model_copy(update={"heading": f"抓好{t.number}类工作"}) for t in tasks)
    named = whole.plan.model_copy(update={"tasks": each})
    assert glance_of(whole.model_copy(update={"plan": named})).groups == ()


def test_next_step_is_counted() -> None:
    page = glance_of(public())
    assert page.coming == "第二季度应推进的任务2项，共有事项2个。"


def test_withheld_tasks_are_a_number() -> None:
    assert glance_of(public(2)).notes[1] == "另有1项任务按规定不予公开，不在统计之内。"
