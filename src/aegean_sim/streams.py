"""Chance keyed by identity: a draw depends on seed, replication, purpose and whom it is for, not on order.

The generator is Threefry-2x64 with 20 rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as
easy as 1, 2, 3", SC11), over arrays so that a day's boats draw in one call. A single number comes from
BLAKE2b (RFC 7693) instead, which takes plain numbers of Python.
"""

from __future__ import annotations

import hashlib
import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray, KeyArray

_ROTATIONS = tuple((np.uint64(left), np.uint64(64 - left)) for left in (16, 42, 12, 31, 16, 32, 24, 21))
_PARITY = np.uint64(0x1BD11BDAA9FC1A22)
_TO_UNIT = 2.0**-53
_WORD = struct.Struct("<Q")
_WORDS = [struct.Struct(f"<{count}Q").pack for count in range(8)]


def threefry2x64(key: tuple[int, int], first: KeyArray, second: KeyArray) -> tuple[KeyArray, KeyArray]:
    """Encrypt counters ``(first, second)`` (broadcast together) under a key of two 64-bit words."""
    words = np.uint64(key[0]), np.uint64(key[1])
    if first.ndim == second.ndim == 1 and (1 in {len(first), len(second)} or len(first) == len(second)):
        return _encrypted(*words, first, second)
    one, other = np.broadcast_arrays(first, second)
    x, y = _encrypted(*words, one.ravel(), other.ravel())
    return x.reshape(one.shape), y.reshape(one.shape)


@compiled
def _encrypted(
    one: np.uint64, other: np.uint64, first: KeyArray, second: KeyArray
) -> tuple[KeyArray, KeyArray]:
    """Encrypt counters, each of shape (n,) or (1,)."""
    words = one, other, one ^ other ^ _PARITY
    count = len(first) if len(second) == 1 else len(second)
    x, y = np.empty(count, dtype=np.uint64), np.empty(count, dtype=np.uint64)
    for place in range(count):
        high, low = first[place % len(first)] + words[0], second[place % len(second)] + words[1]
        for turn in range(20):
            left, right = _ROTATIONS[turn % 8]
            high += low
            low = ((low << left) | (low >> right)) ^ high
            if turn % 4 == 3:
                times = turn // 4 + 1
                high += words[times % 3]
                low += words[(times + 1) % 3] + np.uint64(times)
        x[place], y[place] = high, low
    return x, y


@lru_cache(maxsize=4096)
def _stream_key(seed: int, replication: int, purpose: str) -> int:
    return identity("stream", seed, replication, purpose)


def identity(*parts: str | int) -> int:
    """Give a lasting 64-bit key for a named thing, the same in every run and on every machine."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in parts)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")


def mixed(*numbers: int) -> int:
    """Give a lasting 64-bit key for some 64-bit numbers in their order, four times as fast as `identity`."""
    words = _WORDS[len(numbers)](*numbers)
    (key,) = _WORD.unpack(hashlib.blake2b(words, digest_size=8).digest())
    return key  # type: ignore[no-any-return]


def identities(first: int, second: KeyArray | int) -> KeyArray:
    """Give keys for many members of one family: the family's key and each member's number."""
    members = np.atleast_1d(np.asarray(second, dtype=np.uint64))
    return threefry2x64((first, 0), members, np.zeros(1, dtype=np.uint64))[0]


@dataclass(frozen=True, slots=True)
class Streams:
    """All chance of one run.

    Parameters
    ----------
    seed : int
        The scenario's seed.
    replication : int
        Number of the run, from 0.
    """

    seed: int
    replication: int

    def uniform(
        self, purpose: str, who: KeyArray | int, whom: KeyArray | int = 0, *, turn: int = 0
    ) -> FloatArray:
        """Draw one number in (0, 1), open, for each pair ``(who, whom)``; ``turn`` counts its draws."""
        base = _stream_key(self.seed, self.replication, purpose)
        one = np.atleast_1d(np.asarray(who, dtype=np.uint64))
        other = np.atleast_1d(np.asarray(whom, dtype=np.uint64))
        bits = threefry2x64((base, turn), one, other)[0] >> np.uint64(11)
        return (bits.astype(np.float64) + 0.5) * _TO_UNIT

    def one(self, purpose: str, who: int, whom: int = 0) -> float:
        """Draw a number in (0, 1) for a single pair; it has nothing to do with what `uniform` draws."""
        base = _stream_key(self.seed, self.replication, purpose)
        return ((mixed(base, who, whom) >> 11) + 0.5) * _TO_UNIT

    def exponential(
        self, purpose: str, who: KeyArray | int, whom: KeyArray | int = 0, *, turn: int = 0
    ) -> FloatArray:
        """Draw from the exponential law of mean 1, one number for each pair."""
        return -np.log(self.uniform(purpose, who, whom, turn=turn))

    def normal(
        self, purpose: str, who: KeyArray | int, whom: KeyArray | int = 0, *, turn: int = 0
    ) -> FloatArray:
        """Draw from the standard normal law (Box and Muller), one number for each pair."""
        radius = np.sqrt(2.0 * self.exponential(purpose, who, whom, turn=2 * turn))
        angle = 2.0 * np.pi * self.uniform(purpose, who, whom, turn=2 * turn + 1)
        return np.asarray(radius * np.cos(angle))

    def generator(self, purpose: str, *who: str | int) -> np.random.Generator:
        """Give a generator of its own to one thing that draws a whole sequence, such as a random patrol."""
        return np.random.Generator(
            np.random.Philox(key=[identity("stream", self.seed, self.replication, purpose), identity(*who)])
        )
