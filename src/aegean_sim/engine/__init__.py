"""Wiring: one scenario and replication in, rows out."""
