"""Machine code: functions of arrays and plain numbers, compiled when they are first called."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function, and keep its code beside the source, or in the user's cache, for the next process.

    Notes
    -----
    Arithmetic is IEEE's in the order written, so that results are those of NumPy to the last bit; a division
    by zero gives infinity or NaN. Numba looks only at a function's own file to tell whether its code is still
    good: what calls one another stays in one file.
    """
    try:
        return _typed(njit(cache=True, error_model="numpy")(function))
    except RuntimeError:  # there is no place where anything could be kept
        return _typed(njit(error_model="numpy")(function))


def _typed(dispatcher: Callable[P, R]) -> Callable[P, R]:
    return dispatcher
