"""Fatal incidents: the published list, and how runs stand beside it."""

import csv

import numpy as np
import pytest

from aegean_sim.datafiles import history_folder
from aegean_sim.recording.history import published
from aegean_sim.study.incidents import beside_published, dead_by_incident, published_dead, spread


def test_the_list_adds_up_to_the_published_months() -> None:
    with (history_folder() / "incidents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for metric in ("dead_or_missing", "fatal_incidents"):
        months = {
            row.first: row.value
            for row in published()
            if row.theatre == "central-med" and row.metric == metric and row.first.startswith("2016")
        }
        assert len(months) == 12
        for month, value in months.items():
            mine = [int(row["dead_or_missing"]) for row in rows if row["date"].startswith(month)]
            assert (len(mine) if metric == "fatal_incidents" else sum(mine)) == value


def test_only_boats_with_dead_are_incidents() -> None:
    assert dead_by_incident({"persons_dead": np.array([0, 3, 0, 1])}).tolist() == [3, 1]


def test_a_spread_has_quantiles_and_the_share_of_the_worst_tenth() -> None:
    found = spread(np.array([1] * 18 + [41, 41]))
    assert (found.incidents, found.mean) == (20, 5.0)
    assert found.quantiles[:4] == (1.0, 1.0, 1.0, 1.0)
    assert found.worst_tenth_share == pytest.approx(0.82)


def test_the_published_ones_do_not_differ_from_themselves() -> None:
    dead = published_dead("central-med").astype(np.int64)
    found = beside_published([dead[:60], dead[60:]], "central-med")
    assert found is not None
    assert found.simulated == found.published
    assert (found.distance, found.chance) == (0.0, 1.0)
    assert found.published.incidents == 135
    twice = beside_published([2 * dead + 10], "central-med")
    assert twice is not None
    assert twice.distance > 0.3
    assert twice.chance < 0.001


def test_nothing_stands_beside_where_nothing_was_published_or_nobody_died() -> None:
    assert beside_published([np.array([3])], "aegean") is None
    assert beside_published([np.array([], dtype=np.int64)], "central-med") is None
