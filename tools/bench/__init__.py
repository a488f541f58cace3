"""Speed and memory side by side, as ratios of one run: ``python -m tools.bench``."""
