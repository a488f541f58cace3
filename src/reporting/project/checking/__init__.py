"""What an office wrote into parameters and notebooks, held against what can be used.

Every fault is found, each is one sentence in Chinese: where, expected, found.
"""
