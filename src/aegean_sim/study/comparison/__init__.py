"""Comparison: from the rows of a sweep to differences, verdicts and words."""
