from collections.abc import Callable

import numpy as np

from aegean_sim.quantities import NM_M
from aegean_sim.recording.reading import StoredRun
from aegean_sim.scenario.taking_part import in_theatre
from aegean_sim.views.ground import ground_of
from aegean_sim.views.scene import BOATS_DRAWN, Scene, _mark, scene_of

Laboratory = Callable[..., StoredRun]


def lab_scene(run: StoredRun) -> Scene:
    return scene_of(run, ground_of(run.scenario, "lab"), None)


def test_units_stand_on_their_way_under_their_owner(aegean_run: StoredRun) -> None:
    scene = scene_of(aegean_run, ground_of(aegean_run.scenario, "aegean"), None)
    assert scene.owners() == ["NATO", "HCG", "TCG", "Frontex", "Hellenic-Navy"]
    assert [sum(unit.owner == owner for unit in scene.units) for owner in scene.owners()] == [6, 13, 8, 5, 4]
    assert sum(unit.kind == "station" for unit in scene.units) == 8
    for unit in scene.units:
        low, high = unit.lines[0].min(axis=0), unit.lines[0].max(axis=0)
        assert ((unit.mark >= low) & (unit.mark <= high)).all()
    assert list(in_theatre(aegean_run.scenario, "aegean"))[:6] == [
        "bonn", "fredericton", "mersey", "van-amstel", "salamis", "gokova",
    ]  # fmt: skip


def test_every_boat_that_was_seen_is_a_dot_at_its_first_sighting(laboratory: Laboratory) -> None:
    seen = [
        {"voyage": "lab-0", "start_s": 300.0, "x_m": 1.0, "owner": "HCG"},
        {"voyage": "lab-0", "start_s": 200.0, "x_m": 2.0, "owner": "NATO"},
        {"voyage": "lab-1", "start_s": 400.0, "x_m": 3.0, "owner": "NATO"},
        {"voyage": "lab-2", "start_s": 9e4, "x_m": 4.0, "owner": "NATO"},
    ]
    scene = lab_scene(laboratory(3, contacts=seen, ended_s=5e4))
    assert list(scene.first_seen) == ["NATO"]
    np.testing.assert_allclose(scene.first_seen["NATO"], [[2.0, 0.0], [3.0, 0.0]], atol=1e-6)


def test_pieces_of_a_track_are_lines_of_their_own(laboratory: Laboratory) -> None:
    scene = lab_scene(laboratory(1))
    (ship,) = scene.units
    assert [len(line) for line in ship.lines] == [2, 2]
    np.testing.assert_allclose(ship.lines[1] / NM_M, [[20, 5], [-20, 5]])
    assert ship.kind == "ship"
    assert len(scene.boats) == scene.boats_total == 1


def test_a_mark_stands_where_a_unit_patrols_and_not_on_its_way_from_port() -> None:
    there_h = np.arange(40.0)
    patrol = np.column_stack([100.0 + there_h % 2, np.zeros(40), there_h])
    passage = np.array([[101.0, 0.0, 39.0], [-200.0, 50.0, 54.0]])
    assert _mark([patrol, passage]).tolist() == [100.5, 0.0]
    assert _mark([np.array([[3.0, 4.0, 0.0]])]).tolist() == [3.0, 4.0]


def test_very_many_boats_are_drawn_in_part(laboratory: Laboratory) -> None:
    scene = lab_scene(laboratory(BOATS_DRAWN + 500))
    assert scene.boats_total == BOATS_DRAWN + 500
    assert len(scene.boats) == scene.boats_drawn == (BOATS_DRAWN + 500) / 2


def test_the_map_holds_boats_and_some_sea_round_them(laboratory: Laboratory) -> None:
    points = lab_scene(laboratory(1)).points() / NM_M
    assert points.min(axis=0).round(6).tolist() == [-52.0, -32.0]
    assert points.max(axis=0).round(6).tolist() == [52.0, 32.0]


def test_a_theatre_of_its_own_shows_only_what_is_in_it(laboratory: Laboratory) -> None:
    run = laboratory(2, ("east", "west"))
    for theatre in ("east", "west"):
        scene = scene_of(run, ground_of(run.scenario, theatre), None)
        assert (len(scene.units), scene.boats_total) == (1, 2)
