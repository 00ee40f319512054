"""Figures of a run beside the published ones."""

from aegean_sim.recording.beside import beside, plain
from aegean_sim.recording.estimates import Estimate, exact
from aegean_sim.recording.figures import at_theatre
from aegean_sim.recording.history import published
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario

FIGURES = (
    "persons", "persons_arrived", "persons_stopped", "persons_returned", "stopped_share", "returned_share",
    "persons_dead_recorded", "fatal_incidents", "told_to_scene_min", "arrivals_met_share",
    "brought_in_share_NGO", "brought_in_share_Sophia", "persons_per_event_Sophia",
)  # fmt: skip
NUMBERS = {name: float(place) for place, name in enumerate(FIGURES)}


def month(start: str, duration_h: float, *coasts: str) -> Scenario:
    return Scenario.model_validate(
        {
            "name": "month",
            "start": f"{start}-01T00:00:00Z",
            "duration_h": duration_h,
            "theatres": {f"the-{coast}": {"coast": coast} for coast in coasts},
        }
    )


def test_each_figure_stands_beside_its_fact() -> None:
    found = beside(month("2016-06", 720, "central-med"), exact(NUMBERS))
    compared = {each.seen.metric: (each.kpi, each.seen.value) for each in found}
    assert compared["attempts"] == ("persons", 25_676)
    assert compared["arrivals"] == ("persons_arrived", 22_339)
    assert compared["stopped_at_sea"] == ("persons_returned", 2_949)
    assert compared["dead_or_missing"] == ("persons_dead_recorded", 388)
    assert compared["fatal_incidents"] == ("fatal_incidents", 10)
    assert compared["rescued_share_NGO"] == ("brought_in_share_NGO", 0.263)
    assert compared["persons_per_event_Sophia"] == ("persons_per_event_Sophia", 145)
    assert compared["told_to_rescue_min"] == ("told_to_scene_min", 240)
    assert "rescued_share_GuardiaDiFinanza" not in compared
    assert all(each.estimate.mean == NUMBERS[each.kpi] for each in found)
    uses = {each.seen.metric: each.seen.use for each in found}
    assert (uses["attempts"], uses["arrivals"]) == ("calibration", "not used")


def test_the_turkish_coast_guard_is_compared_with_those_stopped() -> None:
    found = beside(month("2016-10", 744, "aegean"), exact(NUMBERS))
    compared = {each.seen.metric: (each.kpi, each.seen.value) for each in found}
    assert compared["stopped_at_sea"] == ("persons_stopped", 2_437)
    assert compared["stopped_share"] == ("stopped_share", 0.451)


def test_half_a_month_is_compared_with_its_share_of_the_days() -> None:
    (dead,) = [
        each
        for each in beside(month("2016-06", 360, "central-med"), exact(NUMBERS))
        if each.seen.metric == "dead_or_missing"
    ]
    assert (dead.seen.value, dead.seen.pro_rata) == (194, True)


def test_of_several_theatres_each_has_its_own() -> None:
    coasts = ("aegean", "central-med")
    estimates = {
        at_theatre(name, f"the-{coast}"): Estimate(value, value - 1, value + 1)
        for name, value in NUMBERS.items()
        for coast in coasts
    }
    found = beside(month("2016-06", 720, *coasts), estimates)
    dead = [each for each in found if each.seen.metric == "dead_or_missing"]
    names = [f"persons_dead_recorded@the-{coast}" for coast in coasts]
    assert [(each.theatre, each.kpi) for each in dead] == [
        (f"the-{coast}", name) for coast, name in zip(coasts, names, strict=True)
    ]
    assert [each.seen.value for each in dead] == [0, 388]
    assert dead[0].estimate == estimates[names[0]]
    assert plain(dead[1])["months"] == ["2016-06", "2016-06"]


def test_a_laboratory_and_a_time_without_facts_have_none() -> None:
    assert beside(load_scenario("lab-crossing").scenario, exact(NUMBERS)) == []
    assert beside(month("2019-06", 720, "aegean"), exact(NUMBERS)) == []


def test_every_published_metric_has_a_figure_to_answer_to() -> None:
    scenarios = {
        "aegean": month("2015-08", 744, "aegean"),
        "central-med": month("2016-06", 720, "central-med"),
    }
    forces = {row.metric.rpartition("_")[2] for row in published()}
    numbers = NUMBERS | {f"brought_in_share_{force}": 0.0 for force in forces}
    known = {each.seen.metric for some in scenarios.values() for each in beside(some, exact(numbers))}
    assert known == {row.metric for row in published()}
