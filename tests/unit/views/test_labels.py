from collections.abc import Callable

import numpy as np
import pytest

from aegean_sim.geography.frame import AEGEAN
from aegean_sim.recording.reading import StoredRun
from aegean_sim.views.ground import ground_of
from aegean_sim.views.labels import Label, draw_labels, labels_of, whereabouts
from aegean_sim.views.sheet import blank_sheet
from aegean_sim.views.window import Window, centred, limits_of

NOTHING_TAKEN = np.empty((0, 4))
NOWHERE = np.empty((0, 2))


def round_about(lon: float, lat: float, size_m: float = 50_000.0) -> Window:
    return centred(np.array(AEGEAN.to_xy(lon, lat)), size_m, size_m)


def placed(
    labels: list[Label], busy_xy: np.ndarray = NOWHERE, taken: np.ndarray = NOTHING_TAKEN
) -> list[np.ndarray]:
    """Draw labels on an empty map of 100 km, 5 inches wide, and give the boxes of the texts in pixels."""
    axes = blank_sheet(5.0, 5.0).axes(0.0, 0.0, 5.0, 5.0)
    axes.set(xlim=(0, 1e5), ylim=(0, 1e5))
    draw_labels(axes, labels, busy_xy, taken)
    boxes = [text.get_window_extent() for text in axes.texts]
    return [np.array([box.x0, box.y0, box.x1, box.y1]) for box in boxes]


def test_names_are_those_in_the_window(aegean_run: StoredRun) -> None:
    ground = ground_of(aegean_run.scenario, "aegean")
    names = {label.text: label.kind for label in labels_of(ground, round_about(27.0, 37.65, 60_000.0))}
    assert names == {"Samos": "island", "Agathonisi": "island", "Kusadasi": "port", "Didim": "port"}
    everything = [label.text for label in labels_of(ground, limits_of(ground.frame))]
    assert everything[:2] == ["GREECE", "TÜRKIYE"]


def test_a_laboratory_has_no_names(laboratory: Callable[..., StoredRun]) -> None:
    assert labels_of(ground_of(laboratory(1).scenario, "lab"), Window(0, 0, 1e6, 1e6)) == []


@pytest.mark.parametrize(
    ("lon", "lat", "said"),
    [(26.6, 37.3, "off Patmos"), (25.7, 38.7, "off Psara"), (25.1, 38.4, "round 38.4°N 25.1°E")],
)
def test_a_window_is_told_by_what_is_nearest(
    aegean_run: StoredRun, lon: float, lat: float, said: str
) -> None:
    assert whereabouts(ground_of(aegean_run.scenario, "aegean"), round_about(lon, lat)) == said


def test_a_name_without_room_is_left_out() -> None:
    island = Label("Lonely", "island", 5e4, 5e4, 1e3)
    assert len(placed([island])) == 1
    assert placed([island], taken=np.array([[0.0, 0.0, 1e4, 1e4]])) == []
    assert len(placed([island] * 20)) < 9
    assert placed([Label("Country", "country", 5e4, 5e4, 1e3)]) == []
    assert len(placed([Label("Country", "country", 5e4, 5e4, 9e4)])) == 1


def test_a_name_in_a_corner_is_whole() -> None:
    for x, y in ((500.0, 500.0), (99_500.0, 99_500.0), (500.0, 99_500.0)):
        (box,) = placed([Label("Port in the corner", "port", x, y, 0.0)])
        assert box.min() > 0
        assert box.max() < 750


def test_a_name_hides_as_few_marks_as_may_be() -> None:
    island, crowd = Label("Lonely", "island", 5e4, 5e4, 1e3), np.array([[5.4e4, 5e4]] * 30)
    (box,) = placed([island], busy_xy=crowd)
    (usual,) = placed([island])
    at_crowd = np.array([0.54, 0.5]) * 750
    assert (usual[:2] < at_crowd).all()
    assert (usual[2:] > at_crowd).all()
    assert not ((box[:2] < at_crowd) & (box[2:] > at_crowd)).all()
