"""Pictures of a study of sensitivity: from what was found to panels, a file a stratum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aegean_sim import __version__
from aegean_sim.study.sensitivity.words import headline, number_in_words, worlds_in_words
from aegean_sim.views.influence_chart import InfluencePanel, draw_influences
from aegean_sim.views.panels import Heading

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.sensitivity.influences import Influences
    from aegean_sim.study.sensitivity.sensitivity import Part, Sensitivity

MOST_STRATA = 12
_MOST_PATHS = 8
_SECOND = {"morris": "sigma", "sobol": "first"}
_ABOUT = {
    "morris": "Bar: mu*, the change over a path's whole range. Dot: sigma, how much that hangs on the rest.",
    "sobol": "Bar: total index, the share of the variance with all interplay. Dot: first index, alone.",
    "regression": "Bar: standardised coefficient of ranks, above 0 where more gives more.",
}
_PALE = "Line: 95 % interval. Pale: not told from luck."
_FLOOR = " Dashed: what luck alone stays below."
_LEFT_OUT = " Paths that change nothing in any run are left out."


def draw_sensitivity(study: Sensitivity, folder: Path) -> dict[str, list[str]]:
    """Draw a picture of each of the first strata into a folder, and name the files by stratum."""
    names: dict[str, list[str]] = {}
    for number, part in enumerate(study.parts[:MOST_STRATA]):
        if part.is_short:
            continue
        slug = re.sub(r"[^A-Za-z0-9.]+", "-", part.worlds.name).strip("-")[:60] or "all"
        name = f"influences-{number + 1}-{slug}.png" if len(study.parts) > 1 else f"influences-{slug}.png"
        _draw(study, part, folder / name)
        names[part.worlds.name] = [name]
    return names


def _draw(study: Sensitivity, part: Part, path: Path) -> None:
    rows = [
        [
            _panel(number_in_words(part.worlds, number), found.measure, some)
            for number, some in found.influences.items()
        ]
        for found in part.found
    ]
    method = part.worlds.design.method
    where = f"{part.worlds.name}. " if part.worlds.name else ""
    floor, left_out = ("", "") if method == "regression" else (_FLOOR, _LEFT_OUT)
    about = (_ABOUT[method], f"{_PALE}{floor}", f"{where}{worlds_in_words(part)}.{left_out}")
    credit = f"aegean-sim {__version__} · {study.material.name} · {study.material.where}"
    draw_influences(rows, Heading(headline(part), about, credit), path)


def _panel(number: str, measure: Measure, some: Influences) -> InfluencePanel:
    places = some.order[~some.inert[some.order]][:_MOST_PATHS]
    in_points = some.method == "morris" and measure.unit == "%"
    scale = 100.0 if in_points else 1.0
    unit = {"sobol": "share of the variance", "regression": "standard deviations of rank"}
    second = some.others.get(_SECOND.get(some.method, ""))
    return InfluencePanel(
        measure.title,
        ", ".join(filter(None, (unit.get(some.method, "points" if in_points else measure.unit), number))),
        tuple(some.paths[place] for place in places.tolist()),
        scale * some.strength[places],
        scale * some.low[places],
        scale * some.high[places],
        None if second is None else scale * second[places],
        scale * some.floor[places],
        some.told[places],
    )
