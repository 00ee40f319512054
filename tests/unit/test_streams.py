"""Known answers of the cipher, and what keyed chance promises."""

from hashlib import blake2b

import numpy as np
import pytest
from scipy import stats

from aegean_sim.streams import Streams, identity, mixed, threefry2x64

ONES = 2**64 - 1


@pytest.mark.parametrize(
    ("key", "counter", "expected"),
    [  # known answers of the Random123 distribution, threefry2x64 with 20 rounds
        ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
        ((ONES, ONES), (ONES, ONES), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
        (
            (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
            (0x243F6A8885A308D3, 0x13198A2E03707344),
            (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
        ),
    ],
)
def test_cipher_gives_published_answers(key, counter, expected):
    x, y = threefry2x64(key, np.array([counter[0]], dtype=np.uint64), np.array([counter[1]], dtype=np.uint64))
    assert (int(x[0]), int(y[0])) == expected


def test_draws_do_not_depend_on_order_or_company():
    streams = Streams(seed=7, replication=3)
    together = streams.uniform("speed", np.arange(10, dtype=np.uint64))
    alone = [streams.uniform("speed", number)[0] for number in reversed(range(10))]
    assert together.tolist() == alone[::-1]


def test_draws_change_with_everything_that_keys_them():
    draws = {
        Streams(seed, replication).uniform(purpose, who, whom, turn=turn)[0]
        for seed in (1, 2)
        for replication in (0, 1)
        for purpose in ("a", "b")
        for who in (5, 6)
        for whom in (0, 9)
        for turn in (0, 1)
    }
    assert len(draws) == 64


@pytest.mark.parametrize(
    ("name", "law"), [("uniform", "uniform"), ("exponential", "expon"), ("normal", "norm")]
)
def test_draws_follow_their_law(name, law):
    draws = getattr(Streams(1, 0), name)("law", np.arange(20_000, dtype=np.uint64))
    assert stats.kstest(draws, law).pvalue > 1e-3


def test_identities_of_different_things_differ():
    assert len({identity("a", 1), identity("a", "1"), identity("a1"), identity(1, "a")}) == 4


def test_a_single_draw_keeps_to_its_key_and_follows_its_law():
    streams = Streams(seed=2**63 - 1, replication=12)
    draws = {(who, whom): streams.one("wait", who, whom) for who in range(100) for whom in range(100)}
    assert all(streams.one("wait", *pair) == draws[pair] for pair in reversed(draws))
    assert len(set(draws.values())) == len(draws)
    assert stats.kstest(list(draws.values()), "uniform").pvalue > 1e-3
    for others in (Streams(1, 12).one("wait", 3, 4), streams.one("watch", 3, 4), streams.one("wait", 4, 3)):
        assert others != draws[3, 4]


def test_mixed_numbers_keep_their_order_and_their_count():
    keys = {mixed(*numbers) for numbers in ((), (0,), (0, 0), (1, 2), (2, 1), (1, 2, 0), (ONES, ONES))}
    assert len(keys) == 7
    assert mixed(1, 2) == int.from_bytes(
        blake2b(bytes([1, *[0] * 7, 2, *[0] * 7]), digest_size=8).digest(), "little"
    )


def test_counters_are_broadcast_whatever_their_shapes() -> None:
    first, second = np.arange(3, dtype=np.uint64), np.arange(4, dtype=np.uint64)
    table = threefry2x64((1, 2), first[:, np.newaxis], second)[0]
    for row in range(3):
        np.testing.assert_array_equal(table[row], threefry2x64((1, 2), first[row : row + 1], second)[0])
    assert len(threefry2x64((1, 2), first[:0], second[:1])[0]) == 0
    with pytest.raises(ValueError, match="shape mismatch"):
        threefry2x64((1, 2), first, second)
