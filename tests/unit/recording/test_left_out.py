from aegean_sim.recording.left_out import left_out
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario

SHIP = {"id": "tankers", "theatre": "central-med", "per_1000_nm2": 1, "speed_kn": 12, "capacity": 50}


def both(*passing: dict[str, object]) -> Scenario:
    return Scenario.model_validate(
        {
            "name": "both",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 24,
            "theatres": {name: {"coast": name} for name in ("aegean", "central-med")},
            "passing_ships": passing,
        }
    )


def test_every_report_says_first_that_nobody_reacts() -> None:
    for scenario in (load_scenario("aegean-2016").scenario, load_scenario("lab-crossing").scenario, both()):
        assert left_out(scenario)[0].startswith("Departures do not react to patrols or rescue")


def test_merchant_ships_are_left_out_where_there_are_none() -> None:
    assert "Merchant ships are left out." in left_out(both())
    some = left_out(both(SHIP))
    assert "Merchant ships are left out in aegean." in some
    assert any(each.startswith("Merchant ships come when called") for each in some)
    all_of_them = left_out(both(SHIP, {**SHIP, "id": "ferries", "theatre": "aegean"}))
    assert not any(
        "are left out in" in each or each == "Merchant ships are left out." for each in all_of_them
    )


def test_a_laboratory_leaves_out_nothing_that_it_does_not_mean() -> None:
    assert len(left_out(load_scenario("lab-crossing").scenario)) == 1
    assert any("published totals" in each for each in left_out(load_scenario("aegean-2016").scenario))
