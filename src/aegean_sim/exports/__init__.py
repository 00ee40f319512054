"""Exports: a run as other programs read it; one file a format, one line each in `formats.py`."""
