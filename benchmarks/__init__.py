"""Measurements beside yardsticks. `python -m benchmarks P1 P10` runs two of them; one file a goal."""
