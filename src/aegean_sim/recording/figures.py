"""What the name of a KPI says: its theatre, and what it is a share of."""

from __future__ import annotations

_AT = "@"
_COUNTED = ("boats", "reports", "messages")
_WHOLES = {
    "deaths_worst_tenth_share": ("persons_dead",),
    "arrivals_met_share": ("persons_arrived",),
    "stopped_share": ("persons_stopped", "persons_arrived"),
    "returned_share": ("persons_returned", "persons_arrived"),
}
_BROUGHT_IN = "brought_in_share_"


def at_theatre(figure: str, theatre: str) -> str:
    """Name a figure of one theatre; of all together where the theatre is empty."""
    return f"{figure}{_AT}{theatre}" if theatre else figure


def figure_of(name: str) -> str:
    """Give what a KPI counts or times, without its theatre."""
    return name.partition(_AT)[0]


def theatre_of(name: str) -> str:
    """Name the theatre of a KPI; empty for all together."""
    return name.partition(_AT)[2]


def is_difference(name: str) -> bool:
    """Tell whether a KPI compares two runs, so that it may be below 0."""
    return name.startswith("deaths_averted_")


def wholes_of(name: str) -> tuple[str, ...]:
    """Name the KPIs that a share is a share of, together; none for what is not a share."""
    figure, theatre = figure_of(name), theatre_of(name)
    return tuple(at_theatre(whole, theatre) for whole in _wholes(figure))


def _wholes(figure: str) -> tuple[str, ...]:
    if figure.startswith(_BROUGHT_IN):
        return ("persons_brought_in",)
    if figure in _WHOLES:
        return _WHOLES[figure]
    return tuple(whole for whole in _COUNTED if figure.startswith(f"{whole}_") and "_share" in figure)
