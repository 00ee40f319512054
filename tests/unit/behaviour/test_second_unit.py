"""A second unit for a boat in distress: when the first is long on the way, or a desk does not know of it."""

import numpy as np
import pytest
from tests.unit.behaviour.test_rescue import adrift, ship
from tests.unit.behaviour.test_searches import PHONE, run

from aegean_sim.quantities import HOUR_S

EYE = {
    "id": "eye", "theatre": "lab", "owner": "eye", "patrol": {"kind": "station", "at": [0, 5]},
    "sensors": [{"law": "definite_range", "range_nm": 10}],
}  # fmt: skip
BOTH = {"duties": ["intercept", "rescue"], "side": "destination"}


@pytest.mark.parametrize(("far_nm", "sent"), [(150, ["far", "near"]), (40, ["far"])])
def test_a_ship_that_is_long_on_the_way_is_not_waited_for_once_there_is_distress(
    far_nm: float, sent: list[str]
) -> None:
    """Before distress only the far ship has room for all; then any that is much sooner is sent as well."""
    far = ship("far", (0, -far_nm), capacity=500, **BOTH)
    near = ship("near", (0, 20), capacity=40, **BOTH)
    responses = run([far, near, EYE], [adrift("boat", (0, 0), 60)]).tables["responses"]
    assert responses["unit"].tolist()[: len(sent)] == sent
    assert responses["tasked_s"][0] == 0.0
    if len(sent) > 1:
        assert responses["tasked_s"][1] == HOUR_S
        assert responses["on_scene_s"][1] < 3 * HOUR_S
    assert np.nansum(responses["persons"]) == 60


@pytest.mark.parametrize(("latency_min", "sent"), [(None, ["one", "other"]), (5, ["one"])])
def test_a_desk_knows_of_others_once_it_is_told(latency_min: float | None, sent: list[str]) -> None:
    """Both hear the same call, the second an hour later; the first tells it at once, or cannot."""
    desks = [
        {"id": name, "officers": 5, "handling_min": 0, "commands": [force]}
        for name, force in (("hq", "CG"), ("far-hq", "OG"))
    ]
    later = {**PHONE, "id": "again", "receiver": "far-hq", "delay_min": 60}
    linked = latency_min is not None
    links = [{"sender": "hq", "receiver": "far-hq", "latency_min": latency_min}] if linked else []
    sharing = [{"sender": "hq", "receivers": ["far-hq"]}] if linked else []
    responses = run(
        [ship("one", (0, -60)), ship("other", (0, 60), owner="OG")],
        [adrift("boat", (0, 0), 60)],
        desks=desks, tips=[PHONE, later], links=links, sharing=sharing,
        jurisdiction={"desks": {"GR": ["hq"]}, "elsewhere": ["hq", "far-hq"]},
    ).tables["responses"]  # fmt: skip
    assert responses["unit"].tolist() == sent
