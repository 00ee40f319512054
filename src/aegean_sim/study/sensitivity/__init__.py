"""Sensitivity: which assumptions matter for the answer."""
