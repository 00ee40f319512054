"""The paper a picture is drawn on: places in inches, lines of text that fit, files that hold no date."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 150
ANONYMOUS = {".png": {"Software": None}, ".svg": {"Date": None, "Creator": None}}
"""What each format writes of itself and of the day; left out, so that equal runs give equal pictures."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure, with places told in inches from the left and from the top."""

    figure: Figure
    width: float
    height: float

    def axes(self, left: float, down: float, width: float, height: float) -> Axes:
        """Add a panel."""
        bottom = self.height - down - height
        return self.figure.add_axes(
            (left / self.width, bottom / self.height, width / self.width, height / self.height)
        )

    def write(
        self, left: float, down: float, text: str, size: float, colour: str, *, bold: bool = False
    ) -> None:
        """Write a line as wide as the sheet allows, smaller where it would not fit."""
        line = self.figure.text(
            left / self.width, 1.0 - down / self.height, text, fontsize=size, color=colour, va="top",
            weight="bold" if bold else "normal", parse_math=False,
        )  # fmt: skip
        room = (self.width - 2.0 * left) * self.figure.dpi
        line.set_fontsize(size * min(1.0, room / line.get_window_extent().width))

    def save(self, path: Path) -> None:
        """Write the picture.

        Raises
        ------
        StoreError
            When it cannot be written.
        """
        try:
            self.figure.savefig(path, dpi=DPI, metadata=ANONYMOUS[path.suffix])
        except OSError as error:
            raise StoreError(f"cannot write {path}: {error.strerror or error}") from error


def blank_sheet(width: float, height: float) -> Sheet:
    """Give an empty sheet, inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  (heavy)
    from matplotlib.figure import Figure  # noqa: PLC0415  (heavy)

    figure = Figure(figsize=(width, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return Sheet(figure, width, height)


@contextmanager
def own_look() -> Iterator[None]:
    """Draw with the library's own settings, whatever the user's are, and the same marks in every SVG."""
    import matplotlib as mpl  # noqa: PLC0415  (heavy)

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.hashsalt"] = "aegean-sim"
        yield
