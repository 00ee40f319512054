"""Daylight, weather and the moments when they change."""
