"""KMZ: units and boats that move with the clock, contacts that come and go, for Google Earth."""
