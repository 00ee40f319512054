"""What maps of coverage say in words: what the colours are, and what came out, in one number."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.recording.labels import force_in_words
from aegean_sim.recording.layers import ALL, ANY, MEAN, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.views.maps.heat import Heat

_HARDLY = 0.05


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a map is summed up by: the sea on the good side of a value.

    Parameters
    ----------
    values : tuple of float
        The value, and of gaps the lesser ones that are taken when units were out for a short time.
    sea : str
        Which sea that is.
    short : str
        The same beside a number.
    """

    values: tuple[float, ...]
    sea: str
    short: str
    at_least: bool = True


_MARKS = {
    "seen": _Mark((0.5,), "where {boat} is as likely as not seen within {hours}", "at 50 % or more"),
    "in_time": _Mark((0.5,), "from which a report of {boat} is as likely as not in time", "at 50 % or more"),
    "unit_hours": _Mark((1.0,), "where units spend an hour a day or more in a cell", "at 1 h a day or more"),
    "gap_mean": _Mark(
        (6.0, 3.0, 1.0, 0.5),
        "last covered {value} ago or less, on average",
        "at {h:.2g} h or less",
        at_least=False,
    ),
    "gap_worst": _Mark(
        (24.0, 12.0, 6.0, 3.0, 1.0, 0.5),
        "never uncovered for longer than {value}",
        "at {h:.2g} h or less",
        at_least=False,
    ),
}
_COLOURS = {
    "seen": "chance that {boat} in the cell{light} is seen within {hours}",
    "in_time": "chance that somebody who may act reaches {boat} seen in the cell{light} before it lands"
    " (units free, no queue, median delays)",
    "unit_hours": "hours a day that units spend in the cell{light}, added up over units",
    "gap_mean": "hours since the cell was last covered, for {boat}; mean over the run",
    "gap_worst": "longest time that the cell was not covered, for {boat}",
}


def colours_in_words(layer: Layer) -> str:
    """Tell in one line what the colours of a layer say."""
    boat = "a boat of the usual mixture" if layer.boat == MEAN else boat_in_words(layer.boat)
    light = "" if layer.light == ANY else f" by {layer.light}"
    said = _COLOURS[layer.metric].format(boat=boat, light=light, hours=hours_in_words(layer.hours))
    whose = "" if layer.by == ALL else f"; only what {force_in_words(layer.by)} watches"
    return f"Colour: {said}{whose}"


def hours_in_words(hours: float) -> str:
    """Tell a number of hours as a person would."""
    if hours < 0.5:
        return f"{60.0 * hours:.3g} minutes"
    return {0.5: "half an hour", 1.0: "an hour", 24.0: "a day"}.get(hours, f"{hours:.3g} hours")


def boat_in_words(boat: str) -> str:
    """Name a type of boat, or what sensors take it for."""
    name = boat.replace("_", " ").replace("-", " ")
    noun = f"{name} boat" if name in ("rubber", "wooden") else name
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def mark_of(metric: str, heats: Sequence[Heat]) -> float:
    """Give the value that maps are summed up by: of gaps at most half of what is never covered in any."""
    values, most = _MARKS[metric].values, min(0.5 * heat.never for heat in heats)
    return next((value for value in values if value <= most), most)


def good_sea_km2(heat: Heat, metric: str, value: float) -> float:
    """Give the area of the sea on the good side of a value, that of `mark_of`."""
    with np.errstate(invalid="ignore"):
        good = heat.values >= value if _MARKS[metric].at_least else heat.values <= value
    return heat.square_km(good & heat.sea)


def good_sea(layer: Layer, value: float) -> str:
    """Say which sea that is: ``where a boat is as likely as not seen within an hour``."""
    boat = "a boat" if layer.boat in (MEAN, Layer().boat) else boat_in_words(layer.boat)
    hours, gap = hours_in_words(layer.hours), hours_in_words(value)
    return _MARKS[layer.metric].sea.format(hours=hours, boat=boat, value=gap)


def in_short(heat: Heat, metric: str, value: float) -> str:
    """Sum a heat up beside its map."""
    return f"{area_in_words(good_sea_km2(heat, metric, value))} {_MARKS[metric].short.format(h=value)}"


def area_in_words(area_km2: float) -> str:
    """Tell an area with two digits: cells are too coarse for more."""
    if area_km2 < 1.0:
        return "no sea"
    step = 10.0 ** (floor(log10(area_km2)) - 1)
    return f"{step * round(area_km2 / step):,.0f} km²"


def change_in_words(layer: Layer, names: Sequence[str], heats: Sequence[Heat]) -> str:
    """Tell what becomes of the good sea from the first of several maps to the last."""
    value = mark_of(layer.metric, heats)
    first, last = (good_sea_km2(heat, layer.metric, value) for heat in (heats[0], heats[-1]))
    if first == last:
        return f"Sea {good_sea(layer, value)}: unchanged, {area_in_words(first)}"
    told = f"from {area_in_words(first)} ({names[0]}) to {area_in_words(last)} ({names[-1]})"
    if abs(last - first) <= _HARDLY * max(first, last):
        return f"Sea {good_sea(layer, value)}: hardly changed, {told}"
    return f"Sea {good_sea(layer, value)}: {'up' if last > first else 'down'} {told}"


def most_in_words(layer: Layer, names: Sequence[str], heats: Sequence[Heat]) -> str:
    """Tell whose good sea is the largest; the first is that of all together."""
    value = mark_of(layer.metric, heats)
    areas = [good_sea_km2(heat, layer.metric, value) for heat in heats]
    best = 1 + int(np.argmax(areas[1:]))
    together, alone = area_in_words(areas[0]), area_in_words(areas[best])
    if areas[best] < 1.0:
        return f"Sea {good_sea(layer, value)}: {together} together, and nobody has any alone"
    return (
        f"Sea {good_sea(layer, value)}: {together} together, {alone} by {names[best]} alone, the most of any"
    )


def points_in_words(change: Heat, layer: Layer) -> str:
    """Tell how much sea is better, and how much is worse, than before."""
    low, high = (change.scale.bins[len(change.scale.bins) // 2 - 1 + each] for each in (0, 1))
    with np.errstate(invalid="ignore"):
        more, less = (
            change.square_km(cells & change.sea) for cells in (change.values >= high, change.values < low)
        )
    better, worse = (more, less) if _MARKS[layer.metric].at_least else (less, more)
    return f"better {area_in_words(better)}\nworse {area_in_words(worse)}"
