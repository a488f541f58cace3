"""Chinese task text and the words of figures: times, numbers, units, quantities, acts.

Its modules are many and stand side by side because each reads what those before it found: signs
are levelled, tokens found by the lexicon, times and numbers read from them, and then what is said
of a figure. ``phrases/`` holds what the other rooms ask of a text.
"""
