import csv
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.manifest import read_manifest
from aegean_sim.recording.record import RunRecord
from aegean_sim.recording.replications import aligned, estimate, fill_parent, folder_name

NAN = math.nan


def runs_of(name: str, values: list[float], boats: list[float] | None = None) -> list[dict[str, float]]:
    whole = boats or [1.0] * len(values)
    return [{name: value, "boats": count} for value, count in zip(values, whole, strict=True)]


def test_a_mean_has_the_interval_of_student() -> None:
    values = [3.0, 5.0, 4.0, 8.0]
    got = estimate(runs_of("persons_dead", values), "persons_dead")
    low, high = stats.t.interval(0.95, 3, np.mean(values), stats.sem(values))
    assert (got.mean, got.low, got.high) == pytest.approx((5.0, low, high))


def test_an_interval_does_not_fall_below_0() -> None:
    got = estimate(runs_of("persons_dead", [0.0, 0.0, 0.0, 4.0]), "persons_dead")
    assert (got.mean, got.low) == (1.0, 0.0)
    assert got.high == pytest.approx(1.0 + 3.182446 * 1.0, rel=1e-6)


def test_a_median_is_averaged_over_the_runs_that_have_one() -> None:
    got = estimate(runs_of("first_contact_min", [30.0, NAN, 40.0, NAN, 50.0]), "first_contact_min")
    low, high = stats.t.interval(0.95, 2, 40.0, stats.sem([30.0, 40.0, 50.0]))
    assert (got.mean, got.low, got.high) == pytest.approx((40.0, low, high))


def test_a_share_counts_boats_and_not_runs() -> None:
    got = estimate(runs_of("boats_seen_share", [1.0, 0.0, NAN], [2.0, 8.0, 0.0]), "boats_seen_share")
    assert got.mean == pytest.approx(2 / 10)
    assert got.low == 0.0


def test_the_interval_of_a_share_holds_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(1000):
        boats = rng.poisson(4.0, 20)
        seen = rng.binomial(boats, 0.6)
        shares = [part / whole if whole else NAN for part, whole in zip(seen, boats, strict=True)]
        got = estimate(runs_of("boats_seen_share", shares, boats.astype(float).tolist()), "boats_seen_share")
        inside += got.low <= 0.6 <= got.high
    assert abs(inside / 1000 - 0.95) < 4 * math.sqrt(0.95 * 0.05 / 1000)


def test_without_runs_that_define_it_there_is_no_mean() -> None:
    assert math.isnan(estimate(runs_of("first_contact_min", [NAN, NAN]), "first_contact_min").mean)
    assert math.isnan(estimate(runs_of("boats_seen_share", [NAN, NAN], [0.0, 0.0]), "boats_seen_share").mean)


def test_one_run_has_no_interval() -> None:
    for name in ("persons", "boats_seen_share"):
        got = estimate(runs_of(name, [0.5]), name)
        assert got.mean == 0.5
        assert math.isnan(got.low)
        assert math.isnan(got.high)


def test_a_reason_that_a_run_did_not_meet_counts_0() -> None:
    rows = aligned([{"reports": 1.0}, {"reports": 2.0, "in_vain_too_late": 1.0}])
    assert rows == [{"reports": 1.0, "in_vain_too_late": 0.0}, {"reports": 2.0, "in_vain_too_late": 1.0}]


def test_folders_of_runs_sort_by_number() -> None:
    assert [folder_name(number) for number in (0, 19, 1234)] == ["r000", "r019", "r1234"]


def test_the_parent_has_a_row_a_run_and_says_how_many(
    make_record: Callable[..., RunRecord], tmp_path: Path
) -> None:
    records = [make_record(boats, seed=boats) for boats in (0, 7, 9)]
    runs = [kpis(record.tables, record.scenario) for record in records]
    estimates = fill_parent(records[0].scenario, runs, tmp_path, inputs=Path())
    with (tmp_path / "kpis.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["replication"] for row in rows] == ["0", "1", "2"]
    assert [row["boats"] for row in rows] == ["0", "7", "9"]
    assert rows[0]["boats_seen_share"] == ""
    for row, run in zip(rows[1:], runs[1:], strict=True):
        assert float(row["boats_seen_share"]) == pytest.approx(run["boats_seen_share"], rel=1e-9)
    assert read_manifest(tmp_path).replications == (0, 1, 2)
    assert estimates["boats"].mean == pytest.approx(16 / 3)
    said = (tmp_path / "summary.md").read_text()
    assert "means of 3 runs, with 95 % intervals by Student's t" in said
    assert "replications 0 to 2" in said
