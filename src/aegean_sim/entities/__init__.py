"""Boats, units and desks: state and nothing else."""
