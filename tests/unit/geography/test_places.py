import csv

import pytest
import shapely

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.layers import stored
from aegean_sim.geography.places import place


def rows(file_name: str) -> list[dict[str, str]]:
    with stored(file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_place_has_a_sea_point_and_the_reverse() -> None:
    names = {(row["theatre"], row["name"]) for row in rows("places.csv")}
    assert names == {(row["theatre"], row["name"]) for row in rows("sea_points.csv")}
    assert {theatre for theatre, _ in names} == set(THEATRES)


@pytest.mark.parametrize("row", rows("sea_points.csv"), ids=lambda row: row["name"])
def test_sea_points_are_clear_of_land(row: dict[str, str]) -> None:
    x, y = THEATRES[row["theatre"]].to_xy(*place(row["theatre"], row["name"]))
    off_m = shapely.distance(load_coastline(row["theatre"]).land, shapely.Point(x, y))
    assert off_m > 500.0


def test_names_are_found_in_any_case_and_without_their_brackets() -> None:
    assert place("aegean", "Samos (Vathy)") == place("aegean", "samos") == (26.9553, 37.7655)


@pytest.mark.parametrize(
    ("theatre", "name", "told"),
    [
        ("aegean", "Mitilene", "no place named 'Mitilene' in the aegean theatre; did you mean 'mytilene'"),
        ("aegean", "Tripoli", "no place named 'Tripoli' in the aegean theatre"),
        ("central-med", "qqq", "known: al khums, augusta"),
    ],
)
def test_unknown_places_are_told_with_a_guess(theatre: str, name: str, told: str) -> None:
    with pytest.raises(GeographyError, match=told):
        place(theatre, name)
