"""Coverage: what every cell of the sea is asked, worked out from sensors, tracks, islands and light."""
