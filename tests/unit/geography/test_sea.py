import math
from datetime import UTC, datetime

import numpy as np
import pytest

from aegean_sim.errors import GeographyError
from aegean_sim.geography.fence import holders
from aegean_sim.geography.sea import open_box, open_theatre
from aegean_sim.geography.sight import Sightlines


def test_an_open_box_has_no_land() -> None:
    sea = open_box("lab", (-10.0, -20.0, 30.0, 40.0))
    np.testing.assert_allclose(sea.bounds_m, np.array([-10.0, -20.0, 30.0, 40.0]) * 1852.0)
    x = np.linspace(0.0, 1e4, 5)
    assert not sea.crosses(x, x, -x, x).any()
    np.testing.assert_array_equal(sea.route(0.0, 1.0, 2.0, 3.0), [[0.0, 1.0], [2.0, 3.0]])
    assert set(sea.waters_at(x, x)) == {"high_seas"}
    index, first, last = sea.sight_pieces(Sightlines(x, np.stack([x] * 4), np.stack([x] * 4)), x, x + 9.0)
    np.testing.assert_array_equal(index, range(5))
    np.testing.assert_array_equal([first, last], [x, x + 9.0])


@pytest.mark.parametrize("box", [(0, 0, 0, 1), (0, 5, 1, 4), (0, 0, math.inf, 1), (0, math.nan, 1, 1)])
def test_boxes_that_are_none_are_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(GeographyError, match="of lab is no box"):
        open_box("lab", box)


@pytest.mark.parametrize("theatre", ["aegean", "central-med"])
def test_a_theatre_opens_once_with_all_its_parts(theatre: str) -> None:
    sea = open_theatre(theatre)
    assert open_theatre(theatre) is sea
    west, south, east, north = sea.bounds_m
    corners = sea.frame.to_xy(*np.array(sea.frame.door_bounds).reshape(2, 2).T)
    assert (corners[0] >= west).all()
    assert (corners[0] <= east).all()
    assert (corners[1] >= south).all()
    assert (corners[1] <= north).all()
    regions = sea.zones.regions_in_force(datetime(2016, 6, 1, tzinfo=UTC))
    assert any(holders(several, np.zeros(1), np.zeros(1))[0] for several in regions.values())


def test_sea_asks_the_coast() -> None:
    sea = open_theatre("aegean")
    x, y = sea.frame.to_xy([25.7, 26.65], [39.2, 39.15])
    assert sea.crosses(x[:1], y[:1], x[1:], y[1:])[0]
    still = np.zeros(1)
    pair = Sightlines(still, np.stack([x[:1], y[:1], x[1:], y[1:]]), np.stack([still] * 4))
    assert len(sea.sight_pieces(pair, still, still + 100.0)[0]) == 0
    assert len(sea.route(x[0], y[0], x[1], y[1])) > 2


def test_unknown_theatres_are_told_with_a_guess() -> None:
    with pytest.raises(GeographyError, match=r"no theatre named 'agean'; did you mean 'aegean'\?"):
        open_theatre("agean")
    with pytest.raises(GeographyError, match="known: aegean, central-med"):
        open_theatre("pacific")
