"""How well tables of other offices are read: invented ones, held against a careful reader's list.

Each table is one file of YAML under ``tests/plan/styles``: the table itself (``text`` verbatim, or
``parts`` with a grid of cells) and what a careful reader finds in it.

In a grid ``^`` joins a cell to the one above, ``<`` to the one on its left; ``<raised>``,
``<struck>`` and ``<hidden>`` mark text that is printed so. ``hidden`` lists rows and columns of
the sheet, counted from 1. A figure is one line::

    goal Q4 = 64 公里 cumulative higher
    schedule Q2|Q3 range 3~5 家 in_quarter|cumulative higher aspirational of:民宿
    schedule Q3 ? 18 篇 ? ? uncertain

source, quarter it is due in, comparator, value, unit, basis and direction, then words that add to
it: ``aspirational``; ``uncertain`` where asking is the right answer; ``optional`` where it may be
read or left out; ``of:`` words of which one must be in the measure; ``as:`` how the table spells
it. What is equally right stands side by side with ``|``; ``?`` leaves a field open.
"""
