"""Small changes of real rules, one at a time, and whether a test of their own room notices.

``python -m tools.mutants --seconds 300`` draws changes of the modules of `rooms.ROOMS`, runs
for each the tests that reach the changed line, and prints the changes that no test noticed.

Written here because the known tools fit badly: they copy or rewrite the tree, run the whole
suite for every change, and cannot hold a module to the tests of its own room.
"""
