"""Colours of charts, by what they stand for (Okabe and Ito)."""

from __future__ import annotations

from aegean_sim.views import style
from aegean_sim.views.charts.boats import REACHED, SEEN, SENT, TOLD, UNKNOWN

_BEST_TO_WORST = ("#1F4E79", "#56B4E9", "#E69F00", "#F0E4A0", "#9A9A9A")
WORD_COLOURS = dict(zip((REACHED, SENT, TOLD, SEEN, UNKNOWN), _BEST_TO_WORST, strict=True))
REPORT_COLOURS = dict(zip(("acted", "known", "in_vain", "open", "harmless"), _BEST_TO_WORST, strict=True))
FATE_COLOURS = {
    "dead": style.DEAD, "rescued": "#009E73", "met": "#0072B2", "stopped": "#CC79A7", "landed": "#777777",
    "at_sea": "#C8C8C8",
}  # fmt: skip
