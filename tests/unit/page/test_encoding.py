"""Columns of the payload: what is put in comes out, and equal input gives equal bytes."""

import base64
import gzip
import json
from typing import Any

import numpy as np

from aegean_sim.page.encoding import moments, packed, places, plain, steps, words


def summed(column: list[int | None]) -> list[int | None]:
    """Read a column as the page does."""
    total, values = 0, []
    for step in column:
        total += step or 0
        values.append(None if step is None else total)
    return values


def test_steps_add_up_to_the_values() -> None:
    values = [5, 3, 3, -40, 1_000_000]
    assert summed(steps(values)["steps"]) == values
    assert plain(np.array(values))["plain"] == values
    assert steps([])["steps"] == []


def test_moments_are_cut_as_clocks_are_and_keep_what_did_not_happen() -> None:
    assert summed(moments([59.9, np.nan, 60.0, 12.0, np.nan])["moments"]) == [59, None, 60, 12, None]


def test_words_name_each_text_once() -> None:
    assert words(["b", "a", "b"]) == {"names": ["b", "a"], "plain": [0, 1, 0]}
    assert places(["a", "?"], {"a": 7}).tolist() == [7, -1]


def test_a_document_is_packed_to_the_same_text_and_read_back() -> None:
    document: dict[str, Any] = {"name": "Ağrı </script>", "t": steps(range(1000))}
    text = packed(document)
    assert text == packed(json.loads(json.dumps(document)))
    assert json.loads(gzip.decompress(base64.b64decode(text))) == document
