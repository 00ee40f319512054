"""Machine code: functions of arrays and plain numbers, compiled when they are first called."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from numba import njit
from numba.core.caching import FunctionCache

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
        dispatcher: Any = njit(cache=True, error_model="numpy")(function)
    except RuntimeError:  # there is no place where anything could be kept
        return _typed(njit(error_model="numpy")(function))
    if hasattr(dispatcher, "_cache"):  # with NUMBA_DISABLE_JIT there is none
        dispatcher._cache = _Kept(function)  # type: ignore[no-untyped-call]  # noqa: SLF001
    return _typed(dispatcher)


def _typed(dispatcher: Callable[P, R]) -> Callable[P, R]:
    return dispatcher


class _Kept(FunctionCache):
    """What is kept of a function: a help, so that no torn file, full disk or missing right ends a run."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Give kept code, or nothing, whatever is wrong with it: it is compiled anew."""
        try:
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001  (what a torn file holds may raise anything)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep code, if need be in place of what is torn; do without where that cannot be."""
        try:
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001
            with suppress(Exception):
                self.flush()  # type: ignore[no-untyped-call]
                super().save_overload(sig, data)  # type: ignore[no-untyped-call]
