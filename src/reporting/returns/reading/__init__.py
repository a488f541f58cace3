"""From return workbooks to progress rows and findings.

More modules than elsewhere stand together here, for they are the steps of one reading that call
each other in turn: which files came and what else is in them (``files``, ``extras``, ``names``),
whose they are and which version holds (``identity``, ``versions``), the table of a sheet
(``grid``, ``structure``, ``context``), what was typed (``typed``, ``answers``, ``extra_columns``,
``replies``), what is held against what (``checks``), and the way to today's questions (``lead``).
"""
