"""The door for notebooks and scripts: the commands as calls, with results to work on and pictures to show.

Calls and commands read each other's folders. `docs/notebooks.md` shows how.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from aegean_sim.cli.comparison_pictures import draw_comparison
from aegean_sim.engine.coverage.layers import coverage_of
from aegean_sim.engine.pairs import simulate_pairs, that_only_tell
from aegean_sim.engine.run import simulate
from aegean_sim.errors import AegeanError
from aegean_sim.recording.layers import Layer
from aegean_sim.recording.manifest import read_manifest
from aegean_sim.recording.reading import StoredRun, read_runs
from aegean_sim.recording.replications import fill_parent, folder_name
from aegean_sim.recording.store import KPIS, fill, staged
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.study.comparison.comparison import compare as compared
from aegean_sim.study.comparison.loading import material_of
from aegean_sim.study.comparison.question import Question
from aegean_sim.study.comparison.rows import COLUMNS, rows_of
from aegean_sim.study.sweeps.cells import overrides_of
from aegean_sim.study.sweeps.planning import Changes, plan_sweep
from aegean_sim.study.sweeps.runner import LocalRunner, OwnRunner
from aegean_sim.study.sweeps.sweeping import Wishes, run_sweep
from aegean_sim.views.charts.charts import draw_chart
from aegean_sim.views.charts.runs import Runs
from aegean_sim.views.maps.asked import asked_for
from aegean_sim.views.maps.atlas import draw_map, theatres_of
from aegean_sim.views.maps.subjects import Subject
from aegean_sim.views.maps.titles import titles_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aegean_sim.scenario.loading import Loaded
    from aegean_sim.study.comparison.comparison import Comparison
    from aegean_sim.views.charts.charts import Chart

__all__ = [
    "Layer", "Picture", "StoredRun", "chart", "compare", "coverage_of", "map_of", "numbers", "read_runs",
    "run", "ship_chart", "sweep", "table",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, which a notebook shows."""

    png: bytes

    def _repr_png_(self) -> bytes:
        return self.png

    def save(self, path: str | Path) -> Path:
        """Write it as a PNG file, and give the path."""
        Path(path).write_bytes(self.png)
        return Path(path)


def run(
    scenario: str | Path,
    folder: str | Path,
    changes: Mapping[str, Any] | None = None,
    *,
    replications: int = 1,
    pairs: bool = True,
    overwrite: bool = False,
) -> tuple[StoredRun, ...]:
    """Run a scenario and write its result folder, as `aegean-sim run` does.

    Parameters
    ----------
    scenario : str or Path
        Name of a built-in scenario, or a file.
    folder : str or Path
        Where to.
    changes : mapping of dotted path to value
        As ``--set``: ``{"duration_h": 72, "deployments.nato.ships": 7}``.
    replications : int
        Of more than one, each has a folder below.
    pairs : bool
        Whether each is run again without the reports of those who only watch and tell.
    overwrite : bool
        Whether a result folder that is there is replaced.

    Returns
    -------
    tuple of StoredRun
        The runs, one for each replication.

    Raises
    ------
    AegeanError
        When the scenario is wrong, or the folder is there already.
    """
    loaded, target = load_scenario(str(scenario), overrides_of(changes or {})), Path(folder)
    with staged(target, overwrite=overwrite) as part:
        if replications == 1:
            _fill(loaded, 0, part, pairs=pairs)
        else:
            folders = {number: part / folder_name(number) for number in range(replications)}
            figures = [_fill(loaded, number, place, pairs=pairs) for number, place in folders.items()]
            fill_parent(loaded.scenario, figures, part, inputs=loaded.folder)
    return read_runs(target)


def _fill(loaded: Loaded, replication: int, folder: Path, *, pairs: bool) -> dict[str, float]:
    record = simulate(loaded, replication)
    if pairs:
        record = simulate_pairs(loaded, record, that_only_tell(loaded.scenario))
    return fill(record, folder, inputs=loaded.folder)


def numbers(folder: str | Path) -> pd.DataFrame:
    """Read the key figures of a result folder, a row a replication; `docs/tables.md` says what each is.

    Raises
    ------
    StoreError
        When it is not a result folder.
    """
    read_manifest(Path(folder))
    return pd.read_csv(Path(folder) / KPIS, index_col="replication")


def chart(runs: Sequence[StoredRun], which: Chart, theatre: str | None = None) -> Picture:
    """Draw a chart of a run, or of replications together: ``over-time``, ``delays`` or ``outcomes``.

    ``theatre`` is the scenario's first where it is not given.
    """
    some = Runs(tuple(runs), theatre or next(iter(runs[0].scenario.theatres)))
    return _picture(lambda folder: draw_chart(which, some, folder / "chart.png"))


def map_of(
    *runs: Sequence[StoredRun],
    show: str = "seen",
    hours: float | None = None,
    boat: str | None = None,
    light: str | None = None,
    by: str | None = None,
    theatre: str | None = None,
) -> Picture:
    """Draw a map of a run, or of replications together; of several scenarios beside each other.

    What is asked is asked as of `aegean-sim map`; ``theatre`` is the first where it is not given.

    Raises
    ------
    AegeanError
        When what is asked is not there.
    """
    asked = asked_for(show, hours, boat, light, by)
    titles = titles_of([each[0] for each in runs])
    subjects = [Subject(title, tuple(each)) for title, each in zip(titles, runs, strict=True)]
    sea = theatres_of(subjects, asked, theatre)[0]

    def draw(folder: Path) -> Path:
        draw_map(subjects, asked, sea, folder / "map.png", in_order=False)
        return folder / "map.png"

    return _picture(draw)


def sweep(
    name: str | Path,
    folder: str | Path,
    vary: Mapping[str, Sequence[Any]] | None = None,
    changes: Mapping[str, Any] | None = None,
    *,
    replications: int | None = None,
    workers: int = 1,
) -> Path:
    """Make the runs of a sweep that its folder does not have yet, as `aegean-sim sweep` does.

    Parameters
    ----------
    name : str or Path
        A built-in sweep, a sweep file, or a scenario.
    vary : mapping of dotted path to levels
        As ``--vary``: ``{"fleet.sophia_support": [0, 1, 2]}``.
    changes : mapping of dotted path to value
        As ``--set``: holds in all cells.
    replications : int, optional
        Of each cell; what the sweep or its scenario says where it is not given.
    workers : int
        Processes on this machine; of one the runs are made in this process. More need a script's own calls
        to stand below ``if __name__ == "__main__":``.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    AegeanError
        When the sweep is wrong, or runs failed or were stopped.
    """
    levers = [f"{path}={json.dumps(list(levels))}" for path, levels in (vary or {}).items()]
    plan = plan_sweep(str(name), Changes(levers, overrides_of(changes or {}), replications))
    runner = LocalRunner(workers) if workers > 1 else OwnRunner()
    outcome = run_sweep(plan, Path(folder), runner, Wishes(workers), lambda _: None)
    if outcome.stopped or outcome.failed:
        raise AegeanError(f"{folder}: {outcome.failed} runs failed: see `aegean-sim status {folder}`")
    return Path(folder)


def compare(
    folder: str | Path,
    lever: str | None = None,
    *,
    baseline: str | None = None,
    worth: Mapping[str, float] | None = None,
) -> Comparison:
    """Compare the cells of a sweep by pairs, as `aegean-sim compare` does.

    Parameters
    ----------
    lever : str, optional
        What to compare by; the only lever where it is not given.
    baseline : str, optional
        The level to compare with; the first where it is not given.
    worth : mapping of measure to float
        What is worth having of a measure.

    Raises
    ------
    AegeanError
        When there is too little to compare.
    """
    return compared(material_of([Path(folder)]), Question(lever, baseline, (), worth or {}))


def table(found: Comparison) -> pd.DataFrame:
    """Give all numbers of a comparison, as in ``comparison.csv`` (`docs/comparison.md`)."""
    return pd.DataFrame(rows_of(found), columns=list(COLUMNS))


def ship_chart(found: Comparison, which: Literal["levels", "gains", "pareto"]) -> Picture:
    """Draw a comparison's first stratum: levels, what each step gains, or lives against information."""

    def draw(folder: Path) -> Path:
        names = next(iter(draw_comparison(found, folder).values()))
        return folder / next(name for name in names if name.startswith(which))

    return _picture(draw)


def _picture(draw: Callable[[Path], Path]) -> Picture:
    with TemporaryDirectory() as folder:
        return Picture(draw(Path(folder)).read_bytes())
