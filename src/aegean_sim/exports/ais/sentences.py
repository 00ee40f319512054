"""What stands around AIS messages in a file: who sent them and when, and texts for people."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pyais.messages import TagBlock
from pyais.util import checksum

_LONGEST = 60


@lru_cache(maxsize=1)
def tag_block(source: str, utc_s: int) -> str:
    r"""Write what stands before a sentence: who sent it and when, between backslashes."""
    told: dict[str, Any] = {"source_station": source, "receiver_timestamp": utc_s}
    return f"\\{TagBlock.create_str(**told)}\\"


def text_sentence(number: int, count: int, text: str) -> str:
    """Write a sentence that holds a text for people, without the letters that have a meaning in NMEA."""
    kept = "".join(letter for letter in text if letter.isascii() and (letter.isalnum() or letter in " -_:."))
    body = f"AITXT,{count:02},{number:02},01,{kept[:_LONGEST]}"
    return f"${body}*{checksum(body.encode('ascii')):02X}"
