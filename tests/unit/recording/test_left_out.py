from aegean_sim.recording.left_out import left_out
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario

SHIP = {"id": "tankers", "theatre": "central-med", "per_1000_nm2": 1, "speed_kn": 12, "capacity": 50}


def both(*passing: dict[str, object], tips: tuple[str, ...] = ()) -> Scenario:
    tip = {"id": "ships", "source": "ship", "delay_min": 9, "share": 0.5, "receiver": "centre"}
    return Scenario.model_validate(
        {
            "name": "both",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 24,
            "theatres": {name: {"coast": name} for name in ("aegean", "central-med")},
            "passing_ships": passing,
            "handoffs": {
                "desks": [{"id": "centre", "handling_min": 5}],
                "tips": [{**tip, "id": f"ships-{place}", "theatre": place} for place in tips],
            },
        }
    )


def of_ships(scenario: Scenario) -> list[str]:
    return [each for each in left_out(scenario) if each.startswith("Merchant ships")]


def test_every_report_says_first_that_nobody_reacts() -> None:
    for scenario in (load_scenario("aegean-2016").scenario, load_scenario("lab-crossing").scenario, both()):
        assert left_out(scenario)[0].startswith("Departures do not react to patrols or rescue")


def test_what_merchant_ships_do_not_do_is_told_theatre_by_theatre() -> None:
    assert of_ships(both()) == ["Merchant ships are left out."]
    assert of_ships(both(SHIP)) == [
        "Merchant ships are left out in aegean.",
        "Merchant ships come when they are called, but find no boats in central-med.",
    ]
    assert of_ships(both(SHIP, tips=("aegean", "central-med"))) == [
        "Merchant ships tell of boats, but do not come to them in aegean."
    ]
    ferries = {**SHIP, "id": "ferries", "theatre": "aegean"}
    assert of_ships(both(SHIP, ferries, tips=("aegean", "central-med"))) == []


def test_a_laboratory_leaves_out_nothing_that_it_does_not_mean() -> None:
    assert len(left_out(load_scenario("lab-crossing").scenario)) == 1
    assert any("published totals" in each for each in left_out(load_scenario("aegean-2016").scenario))
