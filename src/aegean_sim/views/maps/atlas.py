"""Pictures of one scenario, a page for each theatre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.recording.layers import Layer
from aegean_sim.recording.store import replacing
from aegean_sim.views.ground import ground_of
from aegean_sim.views.maps.coverage import Coverage, coverage_caption
from aegean_sim.views.maps.page import draw_page
from aegean_sim.views.maps.subjects import Subject
from aegean_sim.views.scene import scene_of
from aegean_sim.views.sheet import own_look

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from aegean_sim.recording.reading import StoredRun
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
    draw_theatres(lambda theatre: coverage_page(subject, Layer(), theatre), list(run.scenario.theatres), path)
    return path


def draw_theatres(draw: Callable[[str], Sheet], theatres: Sequence[str], path: Path) -> list[Path]:
    """Draw a picture for each theatre: the first as named, others beside it as ``-<theatre>``.

    Raises
    ------
    StoreError
        When one cannot be written.
    """
    written = []
    for place, theatre in enumerate(theatres):
        named = path if place == 0 else path.with_name(f"{path.stem}-{theatre}{path.suffix}")
        with own_look(), replacing(named) as part:
            draw(theatre).save(part)
        written.append(named)
    return written


def coverage_page(subject: Subject, layer: Layer, theatre: str) -> Sheet:
    """Draw a coverage layer of one theatre."""
    ground, heat = ground_of(subject.first.scenario, theatre), subject.heat(layer, theatre)
    scene = scene_of(subject.first, ground, heat)
    return draw_page(ground, Coverage.of(scene), coverage_caption(subject, layer, heat, scene))
