"""Arrow columns built from memory: `pyarrow.array` would load pandas, half a second that no run needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from aegean_sim.quantities import BoolArray, FloatArray, IntArray


def texts(values: Sequence[str]) -> pa.Array:
    """Give a column of texts."""
    import pyarrow as pa  # noqa: PLC0415  (heavy, and `--help` comes by here)

    return _packed(pa.string(), [value.encode() for value in values])


def blobs(values: Sequence[bytes]) -> pa.Array:
    """Give a column of bytes."""
    import pyarrow as pa  # noqa: PLC0415

    return _packed(pa.binary(), values)


def numbers(values: FloatArray) -> pa.Array:
    """Give a column of numbers; NaN becomes empty."""
    import pyarrow as pa  # noqa: PLC0415

    return _plain(pa.float64(), np.asarray(values, np.float64), missing=np.isnan(values))


def wholes(values: IntArray) -> pa.Array:
    """Give a column of whole numbers."""
    import pyarrow as pa  # noqa: PLC0415

    return _plain(pa.int64(), np.asarray(values, np.int64))


def flags(values: BoolArray) -> pa.Array:
    """Give a column of yes and no."""
    import pyarrow as pa  # noqa: PLC0415

    return pa.Array.from_buffers(pa.bool_(), len(values), [None, _bits(values)])


def moments(microseconds: IntArray, missing: BoolArray) -> pa.Array:
    """Give a column of UTC times from microseconds since 1970."""
    import pyarrow as pa  # noqa: PLC0415

    return _plain(pa.timestamp("us", tz="UTC"), microseconds, missing=missing)


def _plain(kind: pa.DataType, values: NDArray[Any], missing: BoolArray | None = None) -> pa.Array:
    import pyarrow as pa  # noqa: PLC0415

    valid = None if missing is None or not missing.any() else _bits(~missing)
    return pa.Array.from_buffers(kind, len(values), [valid, pa.py_buffer(np.ascontiguousarray(values))])


def _packed(kind: pa.DataType, values: Sequence[bytes]) -> pa.Array:
    import pyarrow as pa  # noqa: PLC0415

    ends = np.cumsum([0, *map(len, values)], dtype=np.int32)
    return pa.Array.from_buffers(
        kind, len(values), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(values))]
    )


def _bits(values: BoolArray) -> pa.Buffer:
    import pyarrow as pa  # noqa: PLC0415

    return pa.py_buffer(np.packbits(np.asarray(values, np.bool_), bitorder="little"))
