"""Reporting: what a unit tells of a boat that it sees, when, and how often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import HOUR_S, course, laboratory, sail, still, unit, voyage

from aegean_sim.behaviour.classing import HARMLESS, SUSPECT
from aegean_sim.quantities import MINUTE_S

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

RANGE_NM, SPEED_KN = 4.0, 8.0
FIRST_S = (20.0 - RANGE_NM) / SPEED_KN * HOUR_S
LAST_S = (20.0 + RANGE_NM) / SPEED_KN * HOUR_S


def disc(range_nm: float) -> dict[str, Any]:
    return {"law": "definite_range", "range_nm": range_nm}


def passing(*ranges_nm: float, copies: int = 1, distress_h: float | None = None, **handoffs: Any) -> Tables:
    """Send boats straight through a watcher: 8 kn, seen from 2 h to 3 h at 4 nm."""
    sensors = [disc(range_nm) for range_nm in ranges_nm or (RANGE_NM,)]
    ship = unit("watch", still((0, 0)), *sensors, owner="NATO")
    boats = voyage("boat", course((-20, 0), (SPEED_KN, 0), 5.0), copies, distress_h=distress_h)
    desk = {"id": "hq", "handling_min": 0, "hears": ["NATO"], "officers": copies}
    return sail(laboratory(6.0, [ship], voyages=[boats], handoffs={"desks": [desk], **handoffs}))


def to_and_fro(**handoffs: Any) -> Tables:
    """Let a boat cross the watcher's range twice: seen from 1 h to 2 h, and from 4 h to 5 h."""
    ship = unit("watch", still((0, 0)), disc(4), owner="NATO")
    boat = voyage("boat", [[0, -12, 0], [3, 12, 0], [6, -12, 0]])
    desk = {"id": "hq", "handling_min": 0, "hears": ["NATO"]}
    return sail(laboratory(6.0, [ship], voyages=[boat], handoffs={"desks": [desk], **handoffs}))


def test_a_boat_is_reported_when_it_has_been_looked_at() -> None:
    tables = passing(classing={"look_min": 25})
    assert tables["contacts"]["start_s"] == pytest.approx([FIRST_S])
    assert tables["handoffs"]["observed_s"] == pytest.approx([FIRST_S + 25 * MINUTE_S])
    assert tables["contacts"]["classed"].tolist() == [SUSPECT]


def test_a_boat_out_of_sight_before_the_look_is_over_is_not_reported() -> None:
    tables = passing(classing={"look_min": 61})
    assert len(tables["handoffs"]["report"]) == 0
    assert tables["contacts"]["classed"].tolist() == [""]


def test_a_look_that_came_to_nothing_is_begun_anew() -> None:
    look = {"triangular": [1, 90, 119]}
    tables = [to_and_fro(classing={"look_min": look}, response={"report_again_min": 600})]
    again = to_and_fro(classing={"look_min": 61}, response={"report_again_min": 600})
    assert again["contacts"]["classed"].tolist() == ["", ""]
    words = tables[0]["contacts"]["classed"].tolist()
    assert len(tables[0]["handoffs"]["report"]) == min(1, words.count(SUSPECT))


def test_a_second_sensor_of_the_unit_does_not_report_again() -> None:
    for look_min in (0, 5, 20):  # the second sensor sees the boat after 15 min
        tables = passing(4.0, 2.0, classing={"look_min": look_min})
        assert tables["contacts"]["classed"].tolist() == [SUSPECT, SUSPECT]
        assert tables["handoffs"]["contact"].tolist() == [0]


@pytest.mark.parametrize(("again_min", "reports"), [(179, 2), (181, 1)])
def test_a_boat_found_anew_is_news_when_the_last_report_is_old(again_min: float, reports: int) -> None:
    tables = to_and_fro(response={"report_again_min": again_min})
    assert tables["contacts"]["start_s"] == pytest.approx([HOUR_S, 4 * HOUR_S])
    assert len(tables["handoffs"]["report"]) == reports
    assert tables["contacts"]["classed"].tolist() == [SUSPECT, SUSPECT]


@pytest.mark.parametrize(("again_min", "second"), [(29, SUSPECT), (31, HARMLESS)])
def test_a_boat_taken_for_harmless_is_so_for_a_while(again_min: float, second: str) -> None:
    """At 4 nm every boat is missed, at 1/8 nm hardly any; there it is half an hour later, less a minute."""
    classing = {"missed": [1e-12, 1e-12], "doubles_nm": 0.1}
    tables = passing(4.0, 0.125, classing=classing, response={"report_again_min": again_min})
    assert tables["contacts"]["classed"].tolist() == [HARMLESS, second]
    assert tables["handoffs"]["contact"].tolist() == ([1] if second == SUSPECT else [])


def told_h(tables: Tables) -> list[tuple[float, bool]]:
    """Give when each report was made, in hours, and whether it told of distress."""
    table = tables["handoffs"]
    return list(
        zip((table["observed_s"] / HOUR_S).round(6).tolist(), table["distress"].tolist(), strict=True)
    )


def test_distress_is_plain_at_first_sight() -> None:
    tables = passing(classing={"look_min": 30, "missed": [1, 1]}, distress_h=1.5)
    assert told_h(tables) == [(2.0, True)]
    assert tables["contacts"]["classed"].tolist() == [SUSPECT]


def test_a_boat_that_is_held_is_reported_when_it_falls_into_distress() -> None:
    assert told_h(passing(4.0, 2.0, distress_h=2.5)) == [(2.0, False), (2.5, True)]


def test_distress_breaks_off_a_look_and_mends_an_error() -> None:
    assert told_h(passing(4.0, 2.0, classing={"look_min": 45}, distress_h=2.5)) == [(2.5, True)]
    missed = passing(classing={"missed": [1, 1]}, distress_h=2.5)
    assert told_h(missed) == [(2.5, True)]
    assert missed["contacts"]["classed"].tolist() == [HARMLESS]


def test_distress_is_news_of_a_boat_reported_before() -> None:
    """It falls into distress between the two times when it is seen."""
    ship = unit("watch", still((0, 0)), disc(4), owner="NATO")
    boat = voyage("boat", [[0, -12, 0], [3, 12, 0], [6, -12, 0]], distress_h=3.0)
    desk = {"id": "hq", "handling_min": 0, "hears": ["NATO"]}
    handoffs = {"desks": [desk], "response": {"report_again_min": 600}}
    assert told_h(sail(laboratory(6.0, [ship], voyages=[boat], handoffs=handoffs))) == [
        (1.0, False), (4.0, True),
    ]  # fmt: skip


def test_a_force_without_a_desk_classes_nothing() -> None:
    ship = unit("watch", still((0, 0)), disc(4), owner="NGO")
    boat = voyage("boat", course((-20, 0), (SPEED_KN, 0), 5.0))
    tables = sail(laboratory(6.0, [ship], voyages=[boat]))
    assert tables["contacts"]["classed"].tolist() == [""]
    assert len(tables["handoffs"]["report"]) == 0


def test_a_silenced_unit_changes_no_word_of_others() -> None:
    one = unit("one", still((0, 0)), disc(4), owner="NATO")
    other = unit("other", still((1, 1)), disc(4), owner="NATO")
    boats = voyage("boat", course((-20, 0), (SPEED_KN, 0), 5.0), 50)
    desk = {"id": "hq", "handling_min": 0, "hears": ["NATO"]}
    classing = {"missed": [0.4, 0.4], "look_min": {"exponential": 5}}
    both, alone = (
        sail(laboratory(
            6.0, [one, other], voyages=[boats],
            handoffs={"desks": [desk], "classing": classing, "silenced": {"units": silenced}},
        ))
        for silenced in ([], ["other"])
    )  # fmt: skip
    assert both["contacts"]["classed"].tolist() == alone["contacts"]["classed"].tolist()
    assert set(alone["handoffs"]["unit"]) == {"one"}
    assert np.isin(alone["handoffs"]["contact"], both["handoffs"]["contact"]).all()
