"""The tables of an assessment as pandas DataFrames, documented column by column."""

from collections.abc import Iterator

import pandas as pd

from reporting.assess.values import Assessment
from reporting.grades import Grade
from reporting.tables.dtypes import dtype_name, frame_of, grade_dtype
from reporting.tables.fields import FURTHER, PERIOD, TABLES, DataTable
from reporting.tables.further import further_table
from reporting.tables.rows import dated, tables

_ALL = {**TABLES, **FURTHER}


class Frames:
    """What an assessment holds, as DataFrames: of its own subject, up to its quarter.

    ``tasks``, ``milestones``, ``targets``, ``units`` and ``findings`` hold the same columns and
    rows as the files of the pack's ``data/``, and so does ``extra`` where the return sheets have
    columns of the office's own; ``progress``, ``ratings``, ``changes`` and ``sources`` are told
    only here. Each access gives a frame of its own, which can be changed without changing the
    next.

    The dtypes are the same in all of them:

    - ``str``: text, with what is hidden in it made visible; missing is ``NaN``, never ``""``.
    - ``Int64``: whole numbers; missing is ``pd.NA``.
    - ``float64``: other numbers; missing is ``NaN``.
    - ``datetime64[s]``: days; missing is ``NaT``.
    - ``ordered category``: words in an order, so that ``tasks.grade >= "未达序时进度"`` can be
      asked and ``max`` gives what weighs most; missing is ``NaN``. Grades have the office's words
      in the order of the rating rule: 已完成, 达到序时进度, 暂缓或调整, 无法判定, 未报送,
      未达序时进度, 未启动, 严重滞后 where it has none of its own.
    - ``category``: words of a fixed list.
    - ``bool``: never missing.
    - ``tuple``: several values, for ``explode``; empty where there is none.

    In front of each row, ``report_year`` and ``report_quarter`` tell the report it is of, so that
    the frames of several quarters can be laid together.
    """

    def __init__(self, assessment: Assessment) -> None:
        self._assessment = assessment
        self._made: dict[str, pd.DataFrame] = {}

    def __dir__(self) -> list[str]:
        return [*_ALL, "columns"]

    @property
    def tasks(self) -> pd.DataFrame:
        """One row a task, with its rating of the quarter; those are the ones that reports count.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        task_id, label : str
            The id that never moves (``2023-001``), and the number that reports call it by.
        number, source_number : Int64
            Its place in the table from 1; the number printed there, missing where there is none.
        action, heading, goal : str
            专项行动 (missing where the heading names none), 总体要求 and 年度目标及工作内容.
        leaders, lead_units : tuple
            责任领导, empty where none is named; 牵头单位.
        self_rating, grade, previous : ordered category
            The unit's own word, the office's grade and that of last quarter; missing where there
            is none. For the city, ``grade`` is the worst among the lead units.
        gap : float64
            百分点 short of the plan, 0 when met; missing where no figure was judged.
        rule, reason : str
            Clause of the printed rule that decided, and why in a sentence.
        evidence, evidence_cell : str
            The first quote it rests on and its sheet and cell; missing where it rests on none.
            All of them are in ``sources``.
        nothing_due : bool
            Nothing of it is due or running: counted apart from the grades, and in no share.
        """
        return self._frame("tasks")

    @property
    def milestones(self) -> pd.DataFrame:
        """One row a milestone and unit that was rated this quarter, with what the unit reported.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        milestone_id, task_id, unit : str
            The milestone (``2023-005-02``), its task, and the unit that reports on it.
        workstream : str
            工作子项; missing where the schedule names none.
        quarters : tuple
            The quarters it spans, whole numbers ascending; due by the last.
        text : str
            The words of the schedule.
        self_rating, grade, previous : ordered category
            As in ``tasks``, on this unit's return alone.
        gap : float64
            百分点 short of the plan, 0 when met; missing where no figure was judged.
        rule, reason, evidence, evidence_cell : str
            As in ``tasks``.
        progress, problem, cause, next_step, coordination : str
            What the unit wrote; missing where it left the cell empty or sent no return.
        due_date : datetime64[s]
            The day by which the next step is promised; missing where none is.
        """
        return self._frame("milestones")

    @property
    def targets(self) -> pd.DataFrame:
        """One row a target of the plan and reporting unit, due or not yet.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        target_id, task_id, unit, measure : str
            The target (``2023-005-T03``), its task, the unit that reports, what is counted.
        quarter : Int64
            The quarter by whose end it is due.
        comparator : category
            How the actual is held against the plan: ``>=``, ``>``, ``=``, ``<=``, ``range``.
        plan, plan_high, actual : float64
            In ``measure_unit``: the plan value, the upper end of a range (missing elsewhere), and
            what was reported this quarter (missing where nothing usable was: no return, no
            figure, or one in doubt).
        measure_unit : str
            亿元, 家, %, …; missing where the words name none.
        basis : category
            ``cumulative`` since 1 January, ``in_quarter`` alone, ``level`` at the quarter's end.
        actual_file, actual_cell : str
            The return and the cell that the actual came from; missing with it.
        self_rating, grade, previous : ordered category
            As in ``tasks``; missing where the target was not rated this quarter.
        gap : float64
            百分点 short of the plan, 0 when met; missing where it was not judged.
        rule, reason, evidence, evidence_cell : str
            As in ``tasks``; missing where the target was not rated this quarter.
        """
        return self._frame("targets")

    @property
    def units(self) -> pd.DataFrame:
        """One row a lead unit, with the state of its return of this quarter.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        unit : str
            Its name.
        state : ordered category
            按时报送, 报送材料不及时, 未按要求报送 or 未报送.
        reported_on : datetime64[s]
            The day typed in the return; missing where there is none.
        tasks : Int64
            How many tasks it leads.
        file : str
            The return; missing where none came.
        """
        return self._frame("units")

    @property
    def findings(self) -> pd.DataFrame:
        """One row a finding in the table or this quarter's returns.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        code : str
            What kind it is (``RET-ACTUAL-UNIT``).
        severity : ordered category
            ``note``, ``warning``, ``confirm`` (待确认), ``error``.
        unit, task_id : str
            Whom and which task it concerns; missing where it concerns none.
        file, sheet, cell : str
            Where; missing where it stands in none.
        line : Int64
            Line of a text or row of a table; missing elsewhere.
        message : str
            The finding in a sentence.
        expected, found : str
            Its two sides; missing where it has none.
        """
        return self._frame("findings")

    @property
    def progress(self) -> pd.DataFrame:
        """One row a row of a return, of every quarter up to the report's.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        quarter : Int64
            The quarter of the return.
        unit, task_id, milestone_id : str
            Who reports on what.
        self_rating : ordered category
            The unit's own word; missing where it gave none that was understood.
        progress, problem, cause, next_step, coordination : str
            What the unit wrote; missing where the cell was empty.
        due_date : datetime64[s]
            The day by which the next step is promised; missing where none is.
        proof, reporter, approver : str
            佐证材料, 填报人 and 审定人; missing where the cell was empty.
        reported_on : datetime64[s]
            The day typed in the row; missing where none is.
        file, sheet, progress_cell : str
            Where the progress stands; the cell is missing where it was empty.

        The office's own columns follow by their names: ``float64`` for numbers, ``datetime64[s]``
        for dates, ``str`` for text and choices; missing where nothing usable was reported.
        """
        return self._frame("progress")

    @property
    def extra(self) -> pd.DataFrame:
        """One row a filled cell of the office's own columns, of every quarter up to the report's.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        quarter : Int64
            The quarter of the return.
        unit, task_id, milestone_id : str
            Who reports on what.
        column, measure_unit : str
            The column's name, and the unit of measure of a number; missing where it has none.
        value : str
            What was reported, in words.
        figure : float64
            The number; missing where the column holds none.
        day : datetime64[s]
            The date; missing where the column holds none.
        file, sheet, cell : str
            Where it stands.
        """
        return self._frame("extra")

    @property
    def ratings(self) -> pd.DataFrame:
        """One row a rating of a task, a milestone or a target, of every quarter up to the report's.

        A task has one rating for each lead unit, and for the city and leaders one more over all
        of them, whose ``unit`` is missing.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        level : category
            ``task``, ``milestone`` or ``target``.
        subject_id, task_id : str
            What was rated, and its task.
        unit : str
            On whose return it rests; missing for a task over all its lead units.
        quarter : Int64
            The quarter rated.
        plan, actual : float64
            For targets, in the target's unit; missing elsewhere and where nothing was reported.
        self_rating, grade, previous : ordered category
            As in ``tasks``; ``previous`` is the quarter before the one rated.
        gap : float64
            百分点 short of the plan, 0 when met; missing where no figure was judged.
        rule, reason, evidence, evidence_cell : str
            As in ``tasks``.
        nothing_due : bool
            As in ``tasks``; false for milestones and targets.
        """
        return self._frame("ratings")

    @property
    def changes(self) -> pd.DataFrame:
        """One row a fact that a later edition of the report changed; no row in the first.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        edition : Int64
            The edition that changed it, from 2.
        issued_on : datetime64[s]
            That edition's date; missing while nobody gave it one.
        kind : category
            补报, 更正 or 修订.
        task_id, label, unit : str
            Whom it concerns; missing where it concerns everybody.
        quarter : Int64
            The quarter it concerns; missing where it concerns none alone.
        field, old, new : str
            What it is, and the two states; missing where there was or is nothing.
        old_where, new_where : str
            File, sheet and cell of each; missing where it stands in none.
        reason : str
            By which decision or why; missing where the office wrote nothing.
        source_on : datetime64[s]
            The day of the source of the new state; missing where it has none.
        """
        return self._frame("changes")

    @property
    def sources(self) -> pd.DataFrame:
        """One row a quote or figure that a rating rests on, down to its cell.

        Those of a rating have its ``level``, ``subject_id``, ``unit`` and ``quarter``, as in
        ``ratings``. A rating that rests on no return has none.

        Columns
        -------
        report_year, report_quarter : Int64
            The report that the row is of.
        level : category
            ``task``, ``milestone`` or ``target``.
        subject_id, task_id, unit : str
            The rating's own; ``unit`` is missing for a task over all its lead units.
        quarter : Int64
            The quarter rated.
        quote : str
            The text or figure, as reported.
        source_quarter : Int64
            The quarter of the return it stands in; missing where it stands in no file.
        file, sheet, cell : str
            Where; missing where it stands in none.
        sha256 : str
            The digest of that file; missing where it is no return of a unit.
        submission : Int64
            Which submission it was, 1 for the first; missing where the digest is.
        received_on : datetime64[s]
            The registered day of receipt; missing where it is not known.
        """
        return self._frame("sources")

    @property
    def columns(self) -> pd.DataFrame:
        """One row a column of the tables.

        Columns
        -------
        table, column : str
            Their names.
        label : str
            Its words in the workbook and in `reporting.exhibits.show.frame`.
        dtype : str
            As above.
        """
        told = [
            (name, field.name, field.label, dtype_name(field))
            for name, (_, fields) in _ALL.items()
            for field in (*PERIOD, *fields)
        ]
        return pd.DataFrame(told, columns=["table", "column", "label", "dtype"], dtype="str")

    def _frame(self, name: str) -> pd.DataFrame:
        if name not in self._made:
            graded = grade_dtype(self._grades())
            for table in self._tables(name):
                self._made[table.name] = frame_of(dated(table, self._assessment), graded)
        return self._made[name].copy()

    def _grades(self) -> Iterator[Grade]:
        """Go through the office's grades, and those that it had in an earlier quarter."""
        yield from self._assessment.scale.grades
        for one in self._assessment.ratings:
            yield from filter(None, (one.grade, one.self_rating, one.previous))
        yield from (row.self_rating for row in self._assessment.progress if row.self_rating)

    def _tables(self, name: str) -> tuple[DataTable, ...]:
        """Set out a table, and with a published one the others, which are made together."""
        if name in FURTHER:
            return (further_table(self._assessment, name),)
        return tables(self._assessment)
