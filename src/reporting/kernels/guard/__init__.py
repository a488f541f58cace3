"""What a notebook may read and write while it publishes, and how anything else is told of.

`reporting.kernels.guard.install` is called in the kernel, when it is ready and before the first
cell: Python's own audit events name files, networks and commands (`watch`), each call of a cell
is looked at for clocks and chance (`calls`), the environment answers for itself
(`surroundings`), and the system keeps what no event tells of out of reach (`landlock`). What was
refused is written where the program that runs the notebook reads it (`told`).
"""
