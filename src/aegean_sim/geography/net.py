"""What a search of ways is given: corners that see each other, and the bends next to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aegean_sim.quantities import Float32Array, FloatArray, IntArray


class Net(NamedTuple):
    """Corners and which of them see each other.

    Parameters
    ----------
    corner : array, shape (n, 2)
        Places of the corners, metres.
    first : array, shape (n + 1,)
        Where each corner's rows begin in ``there`` and ``step_m``.
    there, step_m : arrays
        Corners in its sight, and how far they are.
    landmark_m : array, shape (n, landmarks)
        Ways to all from a few far corners, none longer than over this net; 0 where there is none.
    """

    corner: FloatArray
    first: IntArray
    there: IntArray
    step_m: FloatArray
    landmark_m: Float32Array


class Bends(NamedTuple):
    """The corners that may be the bend next to an end.

    Parameters
    ----------
    place : array, shape (2,)
    corner : array, shape (n,)
    off_m : array, shape (n,)
        How far they are.
    seen : array, shape (n,)
        Whether nothing lies before them, as far as it was looked at; changed by a search.
    """

    place: FloatArray
    corner: IntArray
    off_m: FloatArray
    seen: NDArray[np.uint8]
