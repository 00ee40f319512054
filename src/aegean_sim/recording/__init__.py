"""Rows, result folders, manifests, reading back."""
