"""Whose waters a boat is heading for, on the real coast and in open sea."""

import pytest

from aegean_sim.behaviour.belief import heading
from aegean_sim.geography.sea import open_box, open_theatre


@pytest.mark.parametrize(
    ("lon", "lat", "east", "north", "state"),
    [
        (26.30, 39.46, 0.0, -3.0, "GR"),  # from off Ayvacik south to Lesvos
        (26.30, 39.40, 0.0, -3.0, "TR"),  # already in Greek waters: over the island, to the shore beyond
        (26.30, 39.40, 0.0, 3.0, "TR"),  # back to Turkey
        (25.40, 38.90, 0.0, 0.0, ""),  # at rest
    ],
)
def test_the_first_other_state_ahead(lon: float, lat: float, east: float, north: float, state: str) -> None:
    sea = open_theatre("aegean")
    x, y = sea.frame.to_xy([lon], [lat])
    assert heading(sea, (float(x[0]), float(y[0])), (east, north)) == state


def test_a_laboratory_has_no_states() -> None:
    assert heading(open_box("lab", (-9, -9, 9, 9)), (0.0, 0.0), (1.0, 0.0)) == ""
