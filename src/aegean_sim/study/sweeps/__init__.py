"""Sweeps: what is varied, the cells that come of it, the runs and where their numbers are kept."""
