"""All charts of a run, or of all replications of a scenario: a file for each chart and theatre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from aegean_sim.recording.store import replacing, writing
from aegean_sim.views.charts.delays_chart import draw_delays
from aegean_sim.views.charts.outcomes_chart import draw_outcomes
from aegean_sim.views.charts.over_time_chart import draw_over_time
from aegean_sim.views.charts.runs import Runs
from aegean_sim.views.sheet import own_look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.views.sheet import Sheet

Chart: TypeAlias = Literal["over-time", "delays", "outcomes"]
CHARTS: tuple[Chart, ...] = get_args(Chart)
_DRAWN: Mapping[Chart, Callable[[Runs], Sheet]] = {
    "over-time": draw_over_time,
    "delays": draw_delays,
    "outcomes": draw_outcomes,
}


def draw_charts(
    runs: Sequence[StoredRun], folder: Path, *, form: str = "png", charts: Sequence[Chart] = CHARTS
) -> list[Path]:
    """Draw charts into a folder, made if need be; files that are there are replaced.

    Parameters
    ----------
    runs : sequence of StoredRun
        One run, or all replications of a scenario (`aegean_sim.recording.reading.read_runs`).
    form : {"png", "svg", "pdf"}
    charts : sequence of str
        Which of `CHARTS`.

    Returns
    -------
    list of Path
        The pictures: ``<chart>.<form>``, or ``<chart>-<theatre>.<form>`` of several theatres.

    Raises
    ------
    StoreError
        When there is no such format, or a picture cannot be written.
    """
    theatres = list(runs[0].scenario.theatres)
    pictures = []
    for chart in charts:
        for theatre in theatres:
            named = f"{chart}-{theatre}" if len(theatres) > 1 else chart
            path = folder / f"{named}.{form}"
            pictures.append(draw_chart(chart, Runs(tuple(runs), theatre), path))
    return pictures


def draw_chart(chart: Chart, runs: Runs, path: Path) -> Path:
    """Draw one chart of one theatre; its folder is made if need be, and a file that is there replaced.

    Raises
    ------
    StoreError
        When the path's suffix is of no format, or the picture cannot be written.
    """
    with own_look():
        sheet = _DRAWN[chart](runs)
        with writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            sheet.save(part)
    return path
