"""Pictures of one scenario or of several, a file for each theatre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.errors import AegeanError
from aegean_sim.recording.layers import Layer
from aegean_sim.recording.store import replacing
from aegean_sim.scenario.hints import guess
from aegean_sim.views.ground import ground_of
from aegean_sim.views.maps.asked import check_asked
from aegean_sim.views.maps.beside import beside_page, split_page
from aegean_sim.views.maps.coverage import Coverage, coverage_caption
from aegean_sim.views.maps.crossings import crossings_of
from aegean_sim.views.maps.outcomes import Outcomes, outcomes_caption
from aegean_sim.views.maps.page import draw_page
from aegean_sim.views.maps.subjects import Subject
from aegean_sim.views.maps.unseen import Unseen, unseen_caption
from aegean_sim.views.scene import scene_of
from aegean_sim.views.sheet import own_look

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.views.maps.asked import Asked
    from aegean_sim.views.sheet import Sheet


def draw_coverage(run: StoredRun, path: Path) -> Path:
    """Draw the coverage picture that a run is told by: chance of being seen within an hour.

    Parameters
    ----------
    path : Path
        A PNG, SVG or PDF file, by its suffix; one that is there is replaced. It is of the first theatre;
        others are beside it as ``-<theatre>``.

    Raises
    ------
    StoreError
        When the picture cannot be written.
    """
    subject = Subject(run.manifest.name, (run,))
    with own_look():
        for place, theatre in enumerate(run.scenario.theatres):
            _write(_coverage_page(subject, Layer(), theatre), of_theatre(path, theatre, place))
    return path


def draw_map(subjects: Sequence[Subject], asked: Asked, theatre: str, path: Path, *, in_order: bool) -> None:
    """Draw a map of one theatre: of one scenario, of each of its watchers, or of several side by side.

    Parameters
    ----------
    subjects : sequence of Subject
    asked : Asked
    path : Path
        A PNG, SVG or PDF file, by its suffix; one that is there is replaced.
    in_order : bool
        Whether subjects follow each other, so that each is compared with the one before, not with the first.

    Raises
    ------
    AegeanError
        When what is asked is not there, or the picture cannot be written.
    """
    with own_look():
        if asked.split:
            sheet = split_page(subjects[0], asked, theatre)
        elif len(subjects) > 1:
            sheet = beside_page(subjects, asked, theatre, in_order=in_order)
        else:
            sheet = _single_page(subjects[0], asked, theatre)
        _write(sheet, path)


def theatres_of(subjects: Sequence[Subject], asked: Asked, only: str | None) -> list[str]:
    """Give the theatres to draw: the one that is asked for, or all that all scenarios have.

    Raises
    ------
    AegeanError
        When a scenario does not have the theatre, or what is asked of it.
    """
    scenarios = [subject.first.scenario for subject in subjects]
    common = [name for name in scenarios[0].theatres if all(name in each.theatres for each in scenarios)]
    if only is not None and only not in common:
        raise AegeanError(f"--theatre {only}: {_where(subjects)} has no such theatre{guess(only, common)}")
    if not common:
        raise AegeanError(f"{_where(subjects)} have no theatre in common: draw each by itself")
    theatres = common if only is None else [only]
    for theatre in theatres:
        if len({each.theatres[theatre] for each in scenarios}) > 1:
            raise AegeanError(f"{theatre} is not the same waters in {_where(subjects)}: draw each by itself")
        for scenario in scenarios:
            check_asked(asked, scenario, theatre)
    return theatres


def _where(subjects: Sequence[Subject]) -> str:
    return ", ".join(str(subject.first.folder) for subject in subjects)


def of_theatre(path: Path, theatre: str, place: int) -> Path:
    """Name the picture of a theatre: the first as it is, others with their name."""
    return path if place == 0 else path.with_name(f"{path.stem}-{theatre}{path.suffix}")


def _write(sheet: Sheet, path: Path) -> None:
    with replacing(path) as part:
        sheet.save(part)


def _single_page(subject: Subject, asked: Asked, theatre: str) -> Sheet:
    if asked.kind == "coverage":
        return _coverage_page(subject, asked.layer, theatre)
    ground = ground_of(subject.first.scenario, theatre)
    crossings = crossings_of(subject.runs, theatre, asked.layer)
    if asked.kind == "outcomes":
        outcomes = Outcomes(ground, crossings)
        return draw_page(ground, outcomes, outcomes_caption(subject, asked.layer, outcomes))
    unseen = Unseen.of(ground, crossings)
    return draw_page(ground, unseen, unseen_caption(subject, asked.layer, unseen))


def _coverage_page(subject: Subject, layer: Layer, theatre: str) -> Sheet:
    ground, heat = ground_of(subject.first.scenario, theatre), subject.heat(layer, theatre)
    scene = scene_of(subject.first, ground, heat)
    return draw_page(ground, Coverage.of(scene, subject), coverage_caption(subject, layer, heat, scene))
