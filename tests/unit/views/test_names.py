import numpy as np
import pytest
import shapely

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import THEATRES
from aegean_sim.views.names import COUNTRIES, place_names


@pytest.mark.parametrize("coast", THEATRES)
def test_islands_and_ports_are_named_where_there_is_land_and_seas_where_there_is_none(coast: str) -> None:
    names, shore = place_names(coast), load_coastline(coast)
    x, y = THEATRES[coast].to_xy([name.lon for name in names], [name.lat for name in names])
    away_m = np.asarray(shapely.distance(shore.land, np.asarray(shapely.points(x, y)))).tolist()
    for name, distance_m in zip(names, away_m, strict=True):
        if name.kind == "sea":
            assert distance_m > 3_000, name.text
        else:
            assert distance_m < (1_500 if name.kind == "island" else 3_000), name.text


@pytest.mark.parametrize("coast", THEATRES)
def test_every_name_is_written_once(coast: str) -> None:
    names = [name.text for name in place_names(coast)]
    assert len(set(names)) == len(names)


def test_every_state_with_a_coast_has_a_name() -> None:
    states = {state for coast in THEATRES for state in np.unique(load_coastline(coast).states)}
    assert states - set(COUNTRIES) <= {"MK"}
