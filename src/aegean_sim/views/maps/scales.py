"""What colours on maps mean: bins that are fixed for each measure, never for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aegean_sim.views.style import PROBABILITY_BINS

if TYPE_CHECKING:
    from matplotlib.colors import BoundaryNorm, Colormap

_Colour: TypeAlias = tuple[float, float, float, float]
_CLEAR: _Colour = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Colours of a measure.

    Parameters
    ----------
    title : str
        Over the bar of colours.
    bins : tuple of float
        Edges of the bins, rising.
    ticks : tuple of str
        What is written at the edges.
    clear : str
        What sea without colour means; empty where all sea has one.
    palette : str
        One of Crameri's maps.
    cut : tuple of float
        The part of the palette that is used, from the first bin to the last: its ends may hide ships.
    beyond : bool
        Whether values above the last edge have a colour of their own, not that of the last bin.
    """

    title: str
    bins: tuple[float, ...]
    ticks: tuple[str, ...]
    clear: str
    palette: str
    cut: tuple[float, float]
    beyond: bool = False

    @property
    def is_difference(self) -> bool:
        """Whether values lie on both sides of nothing."""
        return self.bins[0] < 0.0

    def colours(self) -> tuple[Colormap, BoundaryNorm]:
        """Give the colour map and the norm; no colour where there is no value, and in the clear bin."""
        from matplotlib.colors import BoundaryNorm, ListedColormap  # noqa: PLC0415  (heavy)

        shades = self._differing() if self.is_difference else self._rising()
        under = shades[0] if self.is_difference else _CLEAR
        inner = shades[:-1] if self.beyond else shades
        colours = ListedColormap(inner).with_extremes(under=under, over=shades[-1], bad=_CLEAR)
        return colours, BoundaryNorm(self.bins, len(inner))

    def _rising(self) -> list[_Colour]:
        from cmcrameri import cm  # noqa: PLC0415  (heavy)

        count = len(self.bins) - 1 + self.beyond
        return [tuple(cm.cmaps[self.palette](share)) for share in np.linspace(*self.cut, count)]

    def _differing(self) -> list[_Colour]:
        """Give the colours of both sides, and none to the bin round nothing."""
        from cmcrameri import cm  # noqa: PLC0415  (heavy)

        side = (len(self.bins) - 2) // 2
        shares = np.linspace(self.cut[0], 0.5 - 0.12, side)
        palette = cm.cmaps[self.palette]
        low, high = ([tuple(palette(share)) for share in each] for each in (shares, 1.0 - shares[::-1]))
        return [*low, _CLEAR, *high]


_LAJOLLA, _OSLO, _VIK = (0.0, 0.73), (0.08, 0.8), (0.04, 0.96)
_PERCENT = tuple(f"{100 * edge:.0f}" for edge in PROBABILITY_BINS)
_POINT_BINS = (-0.8, -0.6, -0.4, -0.2, -0.05, 0.05, 0.2, 0.4, 0.6, 0.8)
_WATCH_BINS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_GAP_BINS = (0.0, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 48.0, 96.0, 168.0)
_WATCH_STEPS = (-20.0, -10.0, -5.0, -2.0, -0.5, 0.5, 2.0, 5.0, 10.0, 20.0)
_GAP_STEPS = (-96.0, -48.0, -24.0, -6.0, -1.0, 1.0, 6.0, 24.0, 48.0, 96.0)


def _numbers(bins: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(f"{edge:,g}" for edge in bins)


def _signed(bins: tuple[float, ...], times: float = 1.0) -> tuple[str, ...]:
    return tuple(f"{times * edge:+g}".replace("-", "−") for edge in bins)


def _gaps(title: str) -> Scale:
    return Scale(title, _GAP_BINS, _numbers(_GAP_BINS), "", "oslo_r", _OSLO, beyond=True)


def _shares(title: str) -> Scale:
    return Scale(title, PROBABILITY_BINS, _PERCENT, "sea, below 5 %", "lajolla_r", _LAJOLLA)


def scale_of(metric: str, hours: float) -> Scale:
    """Give the colours of a measure; log steps for hours and gaps."""
    if metric == "seen":
        within = "an hour" if hours == 1.0 else f"{hours:g} hours"
        return _shares(f"Seen within {within}, per cent")
    if metric == "in_time":
        return _shares("Report still in time, per cent")
    if metric == "unit_hours":
        return Scale(
            "Unit-hours a day in a cell", _WATCH_BINS, _numbers(_WATCH_BINS), "sea, below 0.1 h a day",
            "lajolla_r", _LAJOLLA, beyond=True,
        )  # fmt: skip
    return _gaps(f"Hours since last covered, {'mean' if metric == 'gap_mean' else 'longest (dark: never)'}")


def difference_of(metric: str) -> Scale:
    """Give the colours of differences of a measure: blue is better, red is worse."""
    if metric in ("seen", "in_time"):
        return Scale(
            "Change, percentage points", _POINT_BINS, _signed(_POINT_BINS, 100.0), "within ±5 points",
            "vik_r", _VIK,
        )  # fmt: skip
    if metric == "unit_hours":
        return Scale(
            "Change, unit-hours a day",
            _WATCH_STEPS,
            _signed(_WATCH_STEPS),
            "within ±0.5 h a day",
            "vik_r",
            _VIK,
        )
    return Scale("Change, hours", _GAP_STEPS, _signed(_GAP_STEPS), "within ±1 h", "vik", _VIK)


UNSEEN = Scale(
    "Boats nobody sees there, per cent", PROBABILITY_BINS, _PERCENT, "below 5 %", "oslo_r", (0.12, 0.85)
)
