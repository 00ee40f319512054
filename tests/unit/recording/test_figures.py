import pytest

from aegean_sim.recording.figures import at_theatre, figure_of, theatre_of, wholes_of


def test_a_name_holds_figure_and_theatre() -> None:
    name = at_theatre("persons_dead", "central-med")
    assert name == "persons_dead@central-med"
    assert (figure_of(name), theatre_of(name)) == ("persons_dead", "central-med")
    assert at_theatre("persons_dead", "") == "persons_dead"
    assert (figure_of("persons_dead"), theatre_of("persons_dead")) == ("persons_dead", "")


@pytest.mark.parametrize(
    ("name", "wholes"),
    [
        ("boats_seen_share_NATO", ("boats",)),
        ("reports_in_vain_share", ("reports",)),
        ("in_vain_no_share", ()),
        ("boats_lost", ()),
        ("desk_busy_share_hcg", ()),
        ("deaths_worst_tenth_share", ("persons_dead",)),
        ("stopped_share@west", ("persons_stopped@west", "persons_arrived@west")),
        ("brought_in_share_NGO@west", ("persons_brought_in@west",)),
    ],
)
def test_shares_know_what_they_are_shares_of(name: str, wholes: tuple[str, ...]) -> None:
    assert wholes_of(name) == wholes
