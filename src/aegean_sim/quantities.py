"""Units at the door: the inside of the house is metres, seconds and metres per second."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

NM_M = 1852.0
KNOT_MPS = NM_M / 3600.0
MINUTE_S = 60.0
HOUR_S = 3600.0
DAY_S = 86400.0

FloatArray: TypeAlias = NDArray[np.float64]
Float32Array: TypeAlias = NDArray[np.float32]
IntArray: TypeAlias = NDArray[np.int64]
KeyArray: TypeAlias = NDArray[np.uint64]
BoolArray: TypeAlias = NDArray[np.bool_]
