"""NMEA 0183 sentences: six bits a letter, checksums, and tag blocks that tell the time."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import xor
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aegean_sim.exports.ais.messages import Bits

SOURCE = "SIMULATED"
_LONGEST = 60
_LETTER_BITS = 6
_WORTH = np.array([32, 16, 8, 4, 2, 1], dtype=np.uint8)


def alone(messages: Bits) -> list[str]:
    """Write messages of whole letters, a sentence each."""
    letters = _armoured(messages)
    head, tail = "AIVDM,1,1,,A,", ",0"
    rest = reduce(xor, (head + tail).encode())
    sums = np.bitwise_xor.reduce(letters, axis=1) ^ rest
    texts = letters.tobytes().decode("ascii")
    width = letters.shape[1]
    return [
        f"!{head}{texts[row * width : (row + 1) * width]}{tail}*{check:02X}"
        for row, check in enumerate(sums.tolist())
    ]


def in_parts(message: Bits, sequence: int) -> list[str]:
    """Write one long message as several sentences of one sequence number, 0 to 9."""
    fill = -message.shape[1] % _LETTER_BITS
    text = _armoured(np.pad(message, ((0, 0), (0, fill)))).tobytes().decode("ascii")
    parts = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]
    last = len(parts)
    return [
        checked("!", f"AIVDM,{last},{number},{sequence},A,{part},{fill if number == last else 0}")
        for number, part in enumerate(parts, start=1)
    ]


@lru_cache(maxsize=1)
def tag_block(utc_s: int) -> str:
    r"""Write what stands before a sentence: who sent it and when, between backslashes."""
    return "\\" + checked("", f"s:{SOURCE},c:{utc_s}") + "\\"


def text_sentence(number: int, count: int, text: str) -> str:
    """Write a sentence that holds a text for people, without the letters that have a meaning in NMEA."""
    kept = "".join(letter for letter in text if letter.isascii() and (letter.isalnum() or letter in " -_:."))
    return checked("$", f"AITXT,{count:02},{number:02},01,{kept[:_LONGEST]}")


def checked(start: str, body: str) -> str:
    """Add the checksum: all bytes of the body put together by exclusive or."""
    return f"{start}{body}*{reduce(xor, body.encode(), 0):02X}"


def _armoured(messages: Bits) -> NDArray[np.uint8]:
    """Give each six bits as a letter, shape (messages, letters)."""
    rows, bits = messages.shape
    sixes = messages.reshape(rows, bits // _LETTER_BITS, _LETTER_BITS) @ _WORTH
    return sixes + np.where(sixes < 40, 48, 56).astype(np.uint8)
