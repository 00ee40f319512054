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

_DPI = 150
_ANONYMOUS: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
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
        """Write the picture, in the format of the path's suffix.

        Raises
        ------
        StoreError
            When there is no such format.
        """
        form = path.suffix.lower().lstrip(".")
        if form not in _ANONYMOUS:
            raise StoreError(f"a picture must be one of {', '.join(_ANONYMOUS)}, not {path.suffix!r}")
        self.figure.savefig(path, format=form, dpi=_DPI, metadata=_ANONYMOUS[form])


def blank_sheet(width: float, height: float) -> Sheet:
    """Give an empty sheet, inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  (heavy)
    from matplotlib.figure import Figure  # noqa: PLC0415  (heavy)

    figure = Figure(figsize=(width, height), dpi=_DPI, facecolor="white")
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
