"""The same open sea, sailed by other engines."""
