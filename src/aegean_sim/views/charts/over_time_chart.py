"""Draws what a run saw, told and did, hour by hour, day by day or week by week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.scenario.taking_part import in_theatre
from aegean_sim.views import style
from aegean_sim.views.charts.boats import REACHED, UNKNOWN
from aegean_sim.views.charts.look import REPORT_COLOURS, WORD_COLOURS
from aegean_sim.views.charts.over_time import over_time
from aegean_sim.views.charts.runs import Runs, counted, with_interval
from aegean_sim.views.charts.words import SMALL_PT, dead_of, key_line, of_boats, write_heading
from aegean_sim.views.panels import plain_axes
from aegean_sim.views.sheet import blank_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.axes import Axes

    from aegean_sim.views.charts.over_time import Bins, Layers, OverTime
    from aegean_sim.views.sheet import Sheet

_WIDTH, _LEFT, _PANEL, _KEY = 11.0, 0.8, 6.9, 7.95
_TOP, _GAP, _FOOT = 1.3, 0.5, 0.75
_DEAD, _TALL, _LOW = 0.55, 1.75, 1.25
_LINE = 0.19
_MOST_TICKS, _MOST_NUMBERS = 10, 15
_STEPS = (1, 2, 3, 4, 5, 6, 7, 12, 14, 24)
_LOWEST = 0.08
_BAR = 0.86


@dataclass(frozen=True, slots=True)
class _Panel:
    """A title, what is stacked, its colours, and its height in inches."""

    title: str
    layers: Layers
    colours: Mapping[str, str]
    height: float


def draw_over_time(runs: Runs) -> Sheet:
    """Draw what happened when: the dead, boats by how far word of them came, sightings, reports."""
    told = over_time(runs)
    panels = _panels(runs, told)
    tall = sum(panel.height for panel in panels) + _GAP * (len(panels) - 1)
    sheet = blank_sheet(_WIDTH, _TOP + tall + _FOOT)
    _write_words(sheet, runs, told)
    down = _TOP
    for panel in panels:
        axes = sheet.axes(_LEFT, down, _PANEL, panel.height)
        _draw_layers(axes, panel.layers, panel.colours)
        plain_axes(axes, panel.title, "")
        _mark_time(axes, told.bins, named=panel is panels[-1])
        _mark_counts(axes)
        if panel.layers is told.deaths:
            _mark_dead(axes, panel.layers)
        _write_key(sheet, down, panel)
        down += panel.height + _GAP
    return sheet


def _panels(runs: Runs, told: OverTime) -> list[_Panel]:
    """List the panels from above; without deaths there is none of them."""
    each = told.bins.name
    deaths = _Panel(f"Died, by the {each} their boat set out", told.deaths, {"dead": style.DEAD}, _DEAD)
    boats = f"Boats, by the {each} they set out and how far word of them came"
    seen = _force_colours(runs, told.sightings.names)
    return [
        *([deaths] if told.deaths.sums.mean.any() else []),
        _Panel(boats, told.boats, WORD_COLOURS, _TALL),
        _Panel("Boats seen, by who saw them first", told.sightings, seen, _LOW),
        _Panel("Reports, by what came of them", told.reports, REPORT_COLOURS, _LOW),
    ]


def _force_colours(runs: Runs, forces: Iterable[str]) -> dict[str, str]:
    """Give forces the colours that they have on the theatre's map."""
    owners = dict.fromkeys(craft.owner for craft in in_theatre(runs.scenario, runs.theatre).values())
    looks = style.owner_styles(owners)
    return {force: looks.get(force, style.OTHERS).colour for force in forces}


def _draw_layers(axes: Axes, layers: Layers, colours: Mapping[str, str]) -> None:
    """Stack the kinds in each bin, and put the interval of all of them, where there is one, on top."""
    places = np.arange(layers.totals.mean.size) + 0.5
    below = np.zeros(places.size)
    for name, counts in zip(layers.names, layers.counts.mean, strict=True):
        axes.bar(places, counts, _BAR, below, color=colours[name], linewidth=0)
        below += counts
    if np.isfinite(layers.totals.low).all():
        errors = np.abs(np.array([layers.totals.low, layers.totals.high]) - layers.totals.mean)
        axes.errorbar(places, layers.totals.mean, errors, fmt="none", ecolor=style.FAINT_INK, elinewidth=0.7)
    axes.set_ylim(0.0, max(1.0, 1.08 * float(np.nanmax([below.max(), *layers.totals.high]))))


def _mark_time(axes: Axes, bins: Bins, *, named: bool) -> None:
    """Name some bins by the moment when they begin, below the lowest panel only."""
    step = next((step for step in _STEPS if bins.count <= step * _MOST_TICKS), bins.count)
    places = range(0, bins.count, step)
    hourly = bins.name == "hour"
    moments = [bins.begins(place) for place in places if named]
    axes.set_xlim(0, bins.count)
    axes.set_xticks(
        [place if hourly else place + 0.5 for place in places],
        [f"{time:%H:%M}" if hourly else f"{time.day} {time:%b}" for time in moments] or [""] * len(places),
    )


def _mark_counts(axes: Axes) -> None:
    """Write whole counts at the levels."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415  (heavy)

    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")


def _mark_dead(axes: Axes, deaths: Layers) -> None:
    """Write the largest numbers of deaths above their bars, and let none be too low to be seen."""
    axes.set_yticks([])
    axes.grid(visible=False)
    axes.spines["left"].set_visible(False)
    numbers = deaths.totals.mean
    for place in np.flatnonzero((numbers > 0.0) & (numbers < _LOWEST * numbers.max())):
        axes.plot(place + 0.5, 0.0, "o", ms=3.0, color=style.DEAD, clip_on=False)
    for place in np.argsort(-numbers, kind="stable")[: min(_MOST_NUMBERS, np.count_nonzero(numbers))]:
        axes.annotate(counted(numbers[place]), (place + 0.5, numbers[place]), xytext=(0, 2.5), ha="center",
                      textcoords="offset points", fontsize=SMALL_PT, color=style.INK)  # fmt: skip
    axes.set_ylim(0.0, 1.5 * max(1.0, float(numbers.max())))


def _write_key(sheet: Sheet, down: float, panel: _Panel) -> None:
    """Name the kinds beside their panel, with how many there were, the topmost of the stack first."""
    layers = panel.layers
    sums = zip(layers.sums.mean, layers.sums.low, layers.sums.high, strict=True)
    lines = [
        (panel.colours[name], f"{with_interval(*numbers)} {words}")
        for (name, words), numbers in zip(layers.names.items(), sums, strict=True)
        if numbers[0] > 0.0
    ]
    for row, (colour, text) in enumerate(reversed(lines)):
        key_line(sheet, _KEY, down + _LINE * row, colour, text)


def _write_words(sheet: Sheet, runs: Runs, told: OverTime) -> None:
    reached, unknown = (
        float(told.boats.sums.mean[list(told.boats.names).index(word)]) for word in (REACHED, UNKNOWN)
    )
    boats = float(told.boats.totals.mean.sum())
    finding = f"{runs.where()}{dead_of(float(told.deaths.sums.mean[0]))}; {of_boats(reached, boats, unknown)}"
    means = " Thin lines: 95 % intervals of the sums." if runs.several else ""
    write_heading(sheet, runs, finding, f"What happened, {told.bins.name} by {told.bins.name}, UTC.{means}")
