"""Where a boat on a steady course gets, and whose waters it heads for, on the real coast and in open sea."""

import pytest

from aegean_sim.behaviour.belief import heading, straight_on
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


@pytest.mark.parametrize("place", [(0.0, 0.0), (16000.0, -3000.0), (16668.0, 16668.0)])
@pytest.mark.parametrize("velocity", [(0.0, 0.0), (0.05, 0.1), (4.0, -3.0), (-7.0, 0.0), (-1.0, 277.8)])
def test_a_straight_way_ends_at_the_last_whole_minute_inside(
    place: tuple[float, float], velocity: tuple[float, float]
) -> None:
    sea = open_box("lab", (-9, -9, 9, 9))
    minutes = 0
    while minutes < 720 and sea.afloat(*_after(place, velocity, minutes + 1)):
        minutes += 1
    way = straight_on(sea, 100.0, place, velocity)
    assert way.time_s.tolist() == [100.0, 100.0 + 60.0 * minutes]
    assert (way.x_m[-1], way.y_m[-1]) == _after(place, velocity, minutes)


def test_a_straight_way_ends_short_of_land() -> None:
    sea = open_theatre("aegean")
    x, y = sea.frame.to_xy([26.30], [39.46])
    place = float(x[0]), float(y[0])
    way = straight_on(sea, 0.0, place, (0.0, -3.0))
    (x0, x1), (y0, y1), (_, end_s) = way.x_m, way.y_m, way.time_s
    assert not sea.crosses(x0, y0, x1, y1)
    assert sea.crosses(x1, y1, *_after(place, (0.0, -3.0), end_s / 60.0 + 1.0))


def _after(place: tuple[float, float], velocity: tuple[float, float], minutes: float) -> tuple[float, float]:
    return place[0] + velocity[0] * (60.0 * minutes), place[1] + velocity[1] * (60.0 * minutes)
