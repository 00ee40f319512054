"""The laws of detection by name: a new law is a file with two functions and a line here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.detection import definite_range, disc_rate, inverse_cube, radar

if TYPE_CHECKING:
    from collections.abc import Callable

    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray


@dataclass(frozen=True, slots=True)
class Law:
    """A rate of detection along straight relative motion.

    Parameters
    ----------
    numbers : tuple of str
        Names of the law's numbers, in their order in a sensor table.
    exposure : callable
        ``(piece, numbers, factor)``: the integral of the rate over each piece of relative motion, which lies
        within reach. ``numbers`` has shape (pieces, 3), ``factor`` is the boat's lasting cross-section.
    delay : callable
        ``(piece, numbers, factor, amount)``: seconds from the start of each piece until its exposure comes to
        ``amount``, which the whole piece does bring.
    at_once : bool
        Whether every encounter is a contact from its start.
    """

    numbers: tuple[str, ...]
    exposure: Callable[[Motion, FloatArray, FloatArray], FloatArray]
    delay: Callable[[Motion, FloatArray, FloatArray, FloatArray], FloatArray]
    at_once: bool = False


LAWS = {
    "definite_range": Law(
        definite_range.NUMBERS, definite_range.exposure, definite_range.delay, at_once=True
    ),
    "disc_rate": Law(disc_rate.NUMBERS, disc_rate.exposure, disc_rate.delay),
    "inverse_cube": Law(inverse_cube.NUMBERS, inverse_cube.exposure, inverse_cube.delay),
    "radar": Law(radar.NUMBERS, radar.exposure, radar.delay),
}
LAW_CODES = {name: code for code, name in enumerate(LAWS)}
