"""Words on charts, and how keys are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.views import headline
from aegean_sim.views.charts.runs import counted
from aegean_sim.views.style import FAINT_INK, INK

if TYPE_CHECKING:
    from aegean_sim.views.charts.runs import Runs
    from aegean_sim.views.sheet import Sheet

BOLD_PT, SMALL_PT = 14.0, 8.0
_SWATCH = 0.12


def write_heading(sheet: Sheet, runs: Runs, finding: str, about: str, *, together: bool = False) -> None:
    """Write what came out, what is drawn, of which draws of chance, and at the foot where it comes from.

    ``together`` tells that runs are taken as one, not their mean.
    """
    when = headline.when(runs.scenario, [run.manifest for run in runs.stored], together=together)
    sheet.write(0.3, 0.2, finding, BOLD_PT, INK, bold=True)
    sheet.write(0.3, 0.56, about, 9.5, FAINT_INK)
    sheet.write(0.3, 0.77, f"{when}.", 9.5, FAINT_INK)
    sheet.write(0.3, sheet.height - 0.28, headline.credit_of(runs.stored[0]), 7.5, FAINT_INK)


def dead_of(dead: float) -> str:
    """Begin a finding with the dead."""
    if dead <= 0.0:
        return "Nobody died"
    return f"{counted(dead)} {'person' if dead == 1.0 else 'people'} died"


def of_boats(reached: float, boats: float, unknown: float) -> str:
    """Tell how many boats were reached, and of how many nobody knew."""
    if not boats:
        return "no boat set out"
    return (
        f"of {counted(boats)} boat{'' if boats == 1.0 else 's'} a unit came to {counted(reached)},"
        f" and nobody knew of {counted(unknown) if unknown else 'none'}"
    )


def key_line(sheet: Sheet, left: float, down: float, colour: str, text: str) -> None:
    """Write a line of a key, a swatch before it; inches from the left and from the top."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415  (heavy)

    box = (left / sheet.width, 1.0 - (down + _SWATCH) / sheet.height)
    swatch = Rectangle(box, _SWATCH / sheet.width, _SWATCH / sheet.height, fc=colour, ec="none")
    sheet.figure.add_artist(swatch)
    sheet.figure.text(
        (left + 0.19) / sheet.width, 1.0 - (down + 0.5 * _SWATCH) / sheet.height, text, fontsize=SMALL_PT,
        color=INK, va="center", parse_math=False,
    )  # fmt: skip
