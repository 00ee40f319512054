"""Classing: the share of errors by light, sea and range, and what units make of boats that they see."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import (
    assert_share,
    assert_uniform,
    course,
    laboratory,
    sail,
    still,
    unit,
    voyage,
)

from aegean_sim.behaviour.classing import HARMLESS, SUSPECT, Classer, error_share
from aegean_sim.environment.conditions import CONDITIONS
from aegean_sim.quantities import MINUTE_S, NM_M
from aegean_sim.scenario.doctrine import Classing
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

TRIES = 20_000
DAY, NIGHT = CONDITIONS.index("day, sea 0-2"), CONDITIONS.index("night, sea 0-2")


def share(condition: str, range_nm: float = 0.0, **rules: Any) -> float:
    law = Classing.model_validate({"missed": [0.01, 0.04], **rules})
    return error_share(law, law.missed, CONDITIONS.index(condition), range_nm * NM_M)


def test_day_and_night_have_their_own_share() -> None:
    assert (share("day, sea 0-2"), share("night, sea 0-2")) == (0.01, 0.04)


@pytest.mark.parametrize("range_nm", [0.0, 1.0, 5.0, 12.5])
def test_the_share_doubles_with_range(range_nm: float) -> None:
    wanted = 0.01 * math.exp(math.log(2.0) * range_nm / 5.0)
    assert share("day, sea 0-2", range_nm, doubles_nm=5.0) == pytest.approx(wanted, rel=1e-12)
    assert share("day, sea 0-2", range_nm) == 0.01


def test_the_share_grows_with_every_class_of_the_sea() -> None:
    seas = ("sea 0-2", "sea 3", "sea 4", "sea 5+")
    for light, calm in (("day", 0.01), ("night", 0.04)):
        found = [share(f"{light}, {sea}", sea_factor=1.5) for sea in seas]
        assert found == pytest.approx([calm, calm * 1.5, calm * 2.25, calm * 3.375], rel=1e-12)


def test_no_share_is_above_one() -> None:
    assert share("night, sea 5+", 40.0, doubles_nm=5.0, sea_factor=2.0) == 1.0
    assert share("day, sea 0-2", 40.0, doubles_nm=0.001) == 1.0
    assert share("day, sea 0-2", 40.0, doubles_nm=5e-324, missed=[1e-300, 0]) == 1.0
    assert share("night, sea 0-2", 40.0, doubles_nm=0.001, missed=[0.1, 0]) == 0.0


@pytest.mark.parametrize(("condition", "range_nm", "wanted"), [(DAY, 0.0, 0.1), (NIGHT, 6.0, 0.4)])
def test_words_are_wrong_as_often_as_said(condition: int, range_nm: float, wanted: float) -> None:
    rules = Classing.model_validate({"missed": [0.1, 0.2], "doubles_nm": 6.0})
    classer = Classer(rules, Streams(3, 0))
    words = [classer.word(condition, range_nm * NM_M, key) for key in range(TRIES)]
    assert set(words) == {SUSPECT, HARMLESS}
    assert_share(words.count(HARMLESS), TRIES, wanted)


def test_who_is_never_wrong_says_so() -> None:
    assert Classer(Classing(), Streams(1, 0)).at_once_and_sure
    assert not Classer(Classing.model_validate({"look_min": 1}), Streams(1, 0)).at_once_and_sure
    assert not Classer(Classing.model_validate({"missed": [0, 0.1]}), Streams(1, 0)).at_once_and_sure


def seen(classing: dict[str, Any], copies: int, **more: Any) -> Tables:
    """Send boats past a watcher with a range of 6 nm, 3 nm from it."""
    ship = unit("watch", still((0, 0)), {"law": "definite_range", "range_nm": 6}, owner="NATO")
    boats = voyage("boat", course((-20, 3), (8.0, 0.0), 5.0), copies)
    desk = {"id": "hq", "handling_min": 0, "hears": ["NATO"], "officers": copies}
    handoffs = {"desks": [desk], "classing": classing}
    return sail(laboratory(6.0, [ship], voyages=[boats], handoffs=handoffs, **more))


def test_boats_are_missed_by_the_range_at_first_sight() -> None:
    copies = 4000
    tables = seen({"missed": [0.05, 0.5], "doubles_nm": 3.0}, copies)
    words = tables["contacts"]["classed"].tolist()
    assert_share(words.count(HARMLESS), copies, 0.05 * 2.0 ** (6.0 / 3.0))
    reported = tables["contacts"]["classed"][tables["handoffs"]["contact"]]
    assert (reported == SUSPECT).all()
    assert len(reported) == words.count(SUSPECT)


def test_boats_are_missed_more_in_a_high_sea() -> None:
    copies = 4000
    weather = {"lab": {"wave_m": 1.5}}  # Douglas sea state 4: two classes above calm
    words = seen({"missed": [0.05, 0.5], "sea_factor": 2.0}, copies, weather=weather)["contacts"]["classed"]
    assert_share(words.tolist().count(HARMLESS), copies, 0.05 * 4.0)


def test_the_look_takes_its_time() -> None:
    tables = seen({"look_min": {"triangular": [1, 1, 9]}}, 2000)
    look_s = tables["handoffs"]["observed_s"] - tables["contacts"]["start_s"][tables["handoffs"]["contact"]]
    assert (tables["handoffs"]["sent_s"] == tables["handoffs"]["observed_s"]).all()
    assert len(look_s) == 2000
    # With the least value most likely the share of looks still going on falls as a square.
    assert_uniform(np.square(1.0 - (look_s / MINUTE_S - 1.0) / 8.0))
