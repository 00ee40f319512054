import math
from datetime import UTC, datetime

import numpy as np
import pytest

from aegean_sim.geography.sea import open_box, open_theatre
from aegean_sim.handoff.jurisdiction import Courts
from aegean_sim.scenario.jurisdiction import Jurisdiction
from aegean_sim.streams import Streams

DAY = datetime(2016, 6, 1, tzinfo=UTC)
RULES = {
    "desks": {"GR": ["hcg", "frontex"], "TR": ["tcg"]},
    "elsewhere": ["snmg2"],
    "disputed": {"region": "GR", "claimant": "TR", "east_of_lon": 25.0},
}

NEITHER = {"both": 0.0, "region": 0.0, "claimant": 0.0, "neither": 1.0}


def courts(**changes: object) -> Courts:
    rules = Jurisdiction.model_validate(RULES | changes)
    return Courts(rules, open_theatre("aegean"), DAY, Streams(1, 0))


def acting(court: Courts, lon: float, lat: float, boat: int = 1) -> tuple[str, ...]:
    which, names = court.courts_at(*court.sea.frame.to_xy(np.array([lon]), np.array([lat])))
    return court.desks_of(names[which.item()], boat)


def test_territorial_seas_and_undisputed_regions_have_their_desks() -> None:
    court = courts()
    assert acting(court, 26.35, 39.40) == ("hcg", "frontex")  # off the north of Lesvos
    assert acting(court, 26.20, 39.45) == ("tcg",)  # off the Turkish shore facing it
    assert acting(court, 24.50, 38.90) == ("hcg", "frontex")  # west of 25 E, in the Athens region


def test_shares_of_answers_in_the_disputed_part() -> None:
    answers = {"both": 0.4, "region": 0.3, "claimant": 0.2, "neither": 0.1}
    court = courts(disputed={**RULES["disputed"], "answers": answers})  # type: ignore[dict-item]
    x, y = (axis.item() for axis in court.sea.frame.to_xy([25.5], [38.75]))
    count = 4000
    drawn = [(acting(court, 25.5, 38.75, boat), court.other_side("hcg", x, y, boat)) for boat in range(count)]
    expected = {
        (("hcg", "frontex", "tcg"), None): 0.4,
        (("hcg", "frontex"), None): 0.3,
        (("tcg",), None): 0.2,
        (("hcg", "frontex", "tcg"), "tcg"): 0.1,
    }
    assert set(drawn) == set(expected)
    for each, share in expected.items():
        assert abs(drawn.count(each) / count - share) < 4.0 * math.sqrt(share * (1.0 - share) / count)


def test_a_case_goes_to_and_fro_in_the_disputed_part_only() -> None:
    court = courts(disputed={**RULES["disputed"], "answers": NEITHER})  # type: ignore[dict-item]
    for lon, lat, rival in ((25.5, 38.75, "hcg"), (26.35, 39.40, None), (24.50, 38.90, None)):
        x, y = (axis.item() for axis in court.sea.frame.to_xy([lon], [lat]))
        assert court.other_side("tcg", x, y, 1) == rival


def test_all_who_ask_about_a_boat_hear_the_same() -> None:
    court = courts()
    places = np.linspace(25.3, 25.6, 5)
    assert len({acting(court, lon, 38.75, 77) for lon in places}) == 1


def test_where_a_desk_may_act_is_where_it_is_named() -> None:
    court = courts()
    lon, lat = (
        axis.ravel() for axis in np.meshgrid(np.linspace(24.2, 27.5, 30), np.linspace(36.5, 39.8, 30))
    )
    x, y = court.sea.frame.to_xy(lon, lat)
    for desk in ("hcg", "tcg", "snmg2"):
        named = [desk in acting(court, *point, 5) for point in zip(lon.tolist(), lat.tolist(), strict=True)]
        assert court.may_act(desk, x, y, 5).tolist() == named
        assert any(named) == (desk != "snmg2")


@pytest.mark.parametrize("limit", [25.4, 25.6])
def test_the_limit_of_the_claim_is_a_parameter(limit: float) -> None:
    claimed = {"both": 0.0, "region": 0.0, "claimant": 1.0, "neither": 0.0}
    court = courts(disputed={**RULES["disputed"], "east_of_lon": limit, "answers": claimed})  # type: ignore[dict-item]
    assert acting(court, 25.5, 38.75) == (("tcg",) if limit < 25.5 else ("hcg", "frontex"))


def test_a_laboratory_is_elsewhere() -> None:
    court = Courts(Jurisdiction.model_validate(RULES), open_box("lab", (-9, -9, 9, 9)), DAY, Streams(1, 0))
    which, names = court.courts_at(np.zeros(1), np.zeros(1))
    assert court.desks_of(names[which.item()], 1) == ("snmg2",)
