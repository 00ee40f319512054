"""Whole studies of made-up sweep folders: what is found, what is lost, and what is refused."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegean_sim.errors import AegeanError
from aegean_sim.study.comparison.complete import most_complete
from aegean_sim.study.sensitivity import design
from aegean_sim.study.sensitivity.document import document
from aegean_sim.study.sensitivity.rows import COLUMNS, rows_of
from aegean_sim.study.sensitivity.sensitivity import sensitivity
from aegean_sim.study.sensitivity.words import may_be_concluded, may_not_be_concluded

from .made_worlds import LINEAR, linear, write_worlds

SHIPS: dict[str, Any] = {
    "levers": {"ships": [0, 1]},
    "uncertainties": LINEAR,
    "sampling": {"design": "morris", "points": 4},
    "replications": 5,
}


def test_what_matters_to_the_level_and_what_to_the_answer(tmp_path: Path) -> None:
    study = sensitivity(write_worlds(tmp_path / "sweep", linear, **SHIPS))
    (part,) = study.parts
    (found,) = part.found
    assert part.worlds.levels.lever == "ships"
    assert found.influences["level"].others["mu"] == pytest.approx([20.0, -10.0, -4.0, 0.0], abs=2.0)
    assert found.influences["effect"].others["mu"] == pytest.approx([0.0, 0.0, -8.0, 0.0], abs=3.0)
    assert found.influences["level"].told.tolist() == [True, True, True, False]
    assert found.influences["effect"].told.tolist() == [False, False, True, False]
    assert any(said.startswith("Deaths, ships 1 less 0: 1 of 4") for said in may_be_concluded(part))
    assert any("the choice survives" in said for said in may_be_concluded(part))
    text = document(study, {"": ["picture.png"]})
    assert "`boats.shares`: shares must add up to 1" in text
    rows = list(rows_of(study))
    assert all(tuple(row) == COLUMNS for row in rows)
    assert {row["statistic"] for row in rows} >= {"mu_star", "mu", "sigma", "best", "regret_most"}


def turning(label: Mapping[str, Any], chance: np.random.Generator) -> dict[str, float]:
    """A ship saves lives where a is above 0.3, and costs some where it is not."""
    return {"persons_dead": 50.0 - 20.0 * label["ships"] * (label["a"] - 0.3) + chance.normal(0.0, 0.05)}


def test_a_ranking_that_turns(tmp_path: Path) -> None:
    folder = write_worlds(tmp_path / "sweep", turning, **{**SHIPS, "sampling": {"points": 20}})
    study = sensitivity(folder)
    ranking = study.parts[0].found[0].ranking
    assert ranking is not None
    assert ranking.best.tolist() == [0.3, 0.7]
    assert ranking.choice == 1
    assert ranking.beaten.mean() == pytest.approx(0.3, abs=0.051)
    assert ranking.regret_most == pytest.approx([14.0, 6.0], abs=1.0)
    assert any("hangs on what is not known, most on a" in said for said in may_be_concluded(study.parts[0]))


def test_without_luck_or_difference_nothing_is_ranked(tmp_path: Path) -> None:
    folder = write_worlds(tmp_path / "sweep", lambda _label, _chance: {"persons_dead": 7.0}, **SHIPS)
    part = sensitivity(folder).parts[0]
    assert may_be_concluded(part) == []
    assert may_not_be_concluded(part) == [
        "Deaths, mean over ships: no path changes it in any run.",
        "Deaths, ships 1 less 0: no path changes it in any run.",
        "Deaths: no level of ships does better than another in any world.",
    ]


def test_other_levers_make_strata_and_no_lever_is_needed(tmp_path: Path) -> None:
    levers = {"ships": [0, 1], "desks": [2, 3]}
    folder = write_worlds(tmp_path / "two", linear, **{**SHIPS, "levers": levers})
    with pytest.raises(AegeanError, match="--vary ships"):
        sensitivity(folder)
    assert [part.worlds.name for part in sensitivity(folder, lever="ships").parts] == ["desks 2", "desks 3"]
    (part,) = sensitivity(write_worlds(tmp_path / "none", linear, **{**SHIPS, "levers": {}})).parts
    assert list(part.found[0].influences) == ["level"]
    assert part.found[0].ranking is None


def test_a_world_without_runs_loses_its_trajectory_and_nothing_else(tmp_path: Path) -> None:
    whole = write_worlds(tmp_path / "whole", linear, **SHIPS)
    torn = write_worlds(tmp_path / "torn", linear, left_out=lambda world, _run: world == 7, **SHIPS)
    worlds, all_worlds = (sensitivity(folder).parts[0].worlds for folder in (torn, whole))
    assert worlds.lost == 5
    assert worlds.replications == 5
    kept = np.delete(np.arange(20), np.arange(5, 10))
    np.testing.assert_array_equal(worlds.design.points, all_worlds.design.points[kept])


def test_shares_of_the_variance_when_a_base_point_is_lost(tmp_path: Path) -> None:
    """The variances of 20 a and 10 b are as 4 to 1; c has no part at ship 0, d none at all."""
    sampling = {"design": "saltelli", "points": 64}
    written = {**SHIPS, "levers": {}, "sampling": sampling, "replications": 2}
    part = sensitivity(write_worlds(tmp_path / "s", linear, left_out=lambda w, _: w == 20, **written)).parts[
        0
    ]
    some = part.found[0].influences["level"]
    assert (part.worlds.lost, some.units) == (6, 63)
    assert some.strength == pytest.approx([0.8, 0.2, 0.0, 0.0], abs=0.1)
    assert some.others["first"] == pytest.approx([0.8, 0.2, 0.0, 0.0], abs=0.2)


def test_an_unfinished_replication_is_left_out(tmp_path: Path) -> None:
    folder = write_worlds(tmp_path / "s", linear, left_out=lambda world, run: world > 2 and run == 4, **SHIPS)
    worlds = sensitivity(folder).parts[0].worlds
    assert (worlds.lost, worlds.replications) == (0, 4)


def test_what_is_most_complete() -> None:
    whole = np.ones((4, 5), dtype=np.bool_)
    assert [len(each) for each in most_complete(whole)] == [4, 5]
    whole[:, 2] = False
    assert [each.tolist() for each in most_complete(whole)] == [[0, 1, 2, 3], [0, 1, 3, 4]]
    whole[3] = False
    assert [each.tolist() for each in most_complete(whole)] == [[0, 1, 2], [0, 1, 3, 4]]
    assert not most_complete(whole[:1])[1].size


def test_too_few_worlds_for_the_paths(tmp_path: Path) -> None:
    folder = write_worlds(tmp_path / "sweep", linear, **{**SHIPS, "sampling": {"points": 9}})
    part = sensitivity(folder).parts[0]
    assert part.found[0].influences == {}
    assert part.found[0].ranking is not None
    assert "9 complete sampled worlds for 4 paths, and it takes 10" in may_not_be_concluded(part)[0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"uncertainties": {}}, "no uncertainties.*--assumptions"),
        ({"replications": 1}, "all levels of ships were run.*and there is 1: go on"),
        (
            {"left_out": lambda world, _run: world % 5 == 0},
            "in all 5 worlds of a trajectory.*and there is none: go on",
        ),
    ],
    ids=["certain", "one replication", "torn"],
)
def test_what_cannot_be_studied_is_refused(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    folder = write_worlds(tmp_path / "sweep", linear, **{**SHIPS, **changed})
    with pytest.raises(AegeanError, match=said):
        sensitivity(folder)


def test_a_lever_or_measure_that_is_not_there(tmp_path: Path) -> None:
    folder = write_worlds(tmp_path / "sweep", linear, **SHIPS)
    with pytest.raises(AegeanError, match=r"--vary shipz: .*ships"):
        sensitivity(folder, lever="shipz")
    with pytest.raises(AegeanError, match=r"--measure persons_deaf: .*persons_dead"):
        sensitivity(folder, ("persons_deaf",))


def test_without_salib_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_worlds(tmp_path / "sweep", linear, **SHIPS)
    monkeypatch.setitem(sys.modules, "SALib.sample.morris", None)
    with pytest.raises(AegeanError, match=r"pip install 'aegean-sim\[sensitivity\]'"):
        sensitivity(folder)


def test_worlds_of_another_sample_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_worlds(tmp_path / "sweep", linear, **SHIPS)
    points = design.morris_points
    monkeypatch.setattr(design, "morris_points", lambda *how: points(*how)[::-1].copy())
    with pytest.raises(AegeanError, match="another version of SALib"):
        sensitivity(folder)


def test_whole_numbers_and_texts_are_taken_for_what_they_are(tmp_path: Path) -> None:
    def law(label: Mapping[str, Any], chance: np.random.Generator) -> dict[str, float]:
        dear = {"calm": 0.0, "rough": 10.0, "storm": 30.0}[label["sea"]]
        return {"persons_dead": dear + 2.0 * label["officers"] + chance.normal(0.0, 0.1)}

    written = {
        **SHIPS,
        "uncertainties": {"sea": ["calm", "rough", "storm"], "officers": "1..4"},
        "sampling": {"design": "morris", "points": 6},
    }
    found = sensitivity(write_worlds(tmp_path / "morris", law, **written)).parts[0].found[0]
    assert found.influences["level"].told.tolist() == [True, True]
    part = sensitivity(
        write_worlds(tmp_path / "latin", law, **{**written, "sampling": {"points": 30}})
    ).parts[0]
    assert part.worlds.design.unordered == ("sea",)
    assert any(
        "Texts have no order, and were passed over: sea" in said for said in may_not_be_concluded(part)
    )
