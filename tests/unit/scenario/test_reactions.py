"""The switches of the other side: off by default, and refused where they say nonsense or switch nothing."""

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.recording.reactions_words import NOBODY_REACTS, reactions_in_words
from aegean_sim.scenario.loading import load_scenario

DAYS = "days: {triangular: [1, 3, 10]}"
BAD = [
    ("aegean-2016", f"retry={{share: 1.5, {DAYS}}}", ["reactions.retry.share", "1.5"]),
    ("aegean-2016", "retry={share: 0.5, days: {triangular: [0.5, 3, 10]}}", ["[0.5, 3.0, 10.0]", "1 day"]),
    ("aegean-2016", "retry={share: 0.5, days: {triangular: [3, 2, 10]}}", ["must rise"]),
    ("aegean-2016", "retry={share: 0.5}", ["reactions.retry.days"]),
    ("aegean-2016", "displacement={share: -0.1}", ["reactions.displacement.share", "-0.1"]),
    ("aegean-2016", "displacement={shares: 0.1}", ["unknown key", "share"]),
    ("aegean-2016", "sar_response={wave_half_m_per_ship: 0.1}", ["reference_ships"]),
    (
        "aegean-2016",
        "sar_response={wave_half_m_per_ship: .inf, reference_ships: 1}",
        ["reactions.sar_response.wave_half_m_per_ship"],
    ),
    ("lab-crossing", "displacement={share: 0.1}", ["reactions.displacement", "no flow with a second route"]),
    (
        "lab-crossing",
        "sar_response={wave_half_m_per_ship: 0.1, reference_ships: 1}",
        ["reactions.sar_response", "no flow with launches.wave_half_m"],
    ),
]


@pytest.mark.parametrize(("name", "switch", "said"), BAD, ids=[switch for _, switch, _ in BAD])
def test_a_bad_switch_is_refused_with_its_path_and_rule(name: str, switch: str, said: list[str]) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(name, [f"reactions.{switch}"])
    assert all(word in str(caught.value) for word in said), str(caught.value)


def test_all_is_off_by_default_and_every_report_says_so() -> None:
    for name in ("aegean-2016", "aegean-2015-10", "central-med-2016", "lab-crossing"):
        assert reactions_in_words(load_scenario(name).scenario) == NOBODY_REACTS


def test_what_is_on_is_told_with_its_numbers_as_an_assumption() -> None:
    switches = [
        f"reactions.retry={{share: 0.4, {DAYS}}}",
        "reactions.sar_response={wave_half_m_per_ship: -0.05, reference_ships: 6}",
    ]
    words = reactions_in_words(load_scenario("aegean-2016", switches).scenario)
    assert words.startswith("ASSUMED of the other side: of boats stopped or taken back, 40% try again")
    assert "1 to 10 days (most often 3)" in words
    assert "-0.05 m with each ship at sea that may rescue, counted from 6 ships" in words
    assert "another route" not in words
    assert words.endswith("Off: smugglers do not change where they send boats out.")


def test_a_reaction_of_size_0_is_off() -> None:
    switches = [f"reactions.retry={{share: 0, {DAYS}}}", "reactions.displacement={share: 0}"]
    assert reactions_in_words(load_scenario("aegean-2016", switches).scenario) == NOBODY_REACTS
    words = reactions_in_words(
        load_scenario("aegean-2016", [switches[0], "reactions.displacement={share: 0.3}"]).scenario
    )
    assert words.startswith("ASSUMED of the other side: 30% of launches move")
    assert words.endswith(
        "Off: who is stopped or taken back does not try again;"
        " smugglers do not change in what weather they send boats out."
    )
