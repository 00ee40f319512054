"""The moments at which boats are sent through the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.environment.conditions import SEAS
from aegean_sim.recording.layers import ANY, LIGHTS
from aegean_sim.scenario.sensing import SENSOR_KINDS
from aegean_sim.streams import Streams, identity

if TYPE_CHECKING:
    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.environment.conditions import Conditions
    from aegean_sim.quantities import FloatArray

MOMENTS = 24


class Moments(NamedTuple):
    """Moments, and what each counts for.

    Parameters
    ----------
    time_s, weight : array, shape (n,)
        The weights add up to 1.
    factor : array, shape (n, kinds of sensors)
        Lasting cross-section factors of the boat that is sent.
    """

    time_s: FloatArray
    weight: FloatArray
    factor: FloatArray


_NEVER = Moments(np.empty(0), np.empty(0), np.empty((0, len(SENSOR_KINDS))))


def moments_of(watch: Watch, light: str, lasts_s: float) -> Moments:
    """Give moments in the time that units are out, one drawn in each of equal parts of day, and of night.

    What begins at a moment ends ``lasts_s`` later, within that time if it is long enough. ``any`` has the
    moments of day and those of night, weighted by how long each is. There are none when the light asked for
    never was.
    """
    since_s, until_s = watch.between_s
    if since_s < until_s - lasts_s:
        until_s -= lasts_s
    parts = [_in_light(watch, each, since_s, until_s) for each in LIGHTS[1:] if light in {ANY, each}]
    time_s, weight, factor = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Moments(time_s, weight / weight.sum() if len(weight) else weight, factor)


def light_stretches(conditions: Conditions, light: str, since_s: float, until_s: float) -> FloatArray:
    """Give when it is day, or night, or any of both, between two moments: shape (stretches, 2), rising."""
    edges = np.concatenate([[since_s], np.clip(conditions.change_s[1:-1], since_s, until_s), [until_s]])
    wanted = np.ones(len(conditions.code), dtype=np.bool_)
    if light != ANY:
        wanted = conditions.code // len(SEAS) == LIGHTS[1:].index(light)
    stretches = np.column_stack([edges[:-1], edges[1:]])
    return np.asarray(stretches[wanted & (edges[1:] > edges[:-1])])


def _in_light(watch: Watch, light: str, since_s: float, until_s: float) -> Moments:
    """Give the moments of day or of night; the weights add up to how long it lasted, in seconds."""
    stretches = light_stretches(watch.conditions, light, since_s, until_s)
    if not len(stretches):
        return _NEVER
    lasts_s = np.append(0.0, np.cumsum(stretches[:, 1] - stretches[:, 0]))
    streams = Streams(watch.scenario.seed, 0)
    shares = streams.uniform("probe", np.arange(MOMENTS, dtype=np.uint64), identity("moment", light))
    gone_s = (np.arange(MOMENTS) + shares) / MOMENTS * lasts_s[-1]
    stretch = np.searchsorted(lasts_s[1:-1], gone_s, side="right")
    time_s = stretches[stretch, 0] + gone_s - lasts_s[stretch]
    return Moments(time_s, np.full(MOMENTS, lasts_s[-1] / MOMENTS), _factors(watch, light))


def _factors(watch: Watch, light: str) -> FloatArray:
    """Spread lasting cross-sections evenly over the moments: the middles of equal parts of their law.

    Each kind of sensor has them in an order of its own.
    """
    from scipy.special import ndtri  # noqa: PLC0415  (slow to import, needed only for maps)

    streams, each = Streams(watch.scenario.seed, 0), np.arange(MOMENTS, dtype=np.uint64)
    found = np.ones((MOMENTS, len(SENSOR_KINDS)))
    for column, kind in enumerate(SENSOR_KINDS):
        spread = np.log(10.0) / 10.0 * watch.scenario.variation.spread_db.get(kind, 0.0)
        place = streams.uniform("probe", each, identity("cross-section", light, kind)).argsort()
        normal = ndtri((place + 0.5) / MOMENTS)
        found[:, column] = np.exp(spread * normal - 0.5 * spread**2)
    return found
