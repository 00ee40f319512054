"""A small decoder of AIS files by the tables of ITU-R M.1371-5, annex 8: no part in writing them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import xor

LETTERS = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"
ANGLE = 1 / 600_000
# By message: first bit, width (below zero: signed), and worth of each field.
FIELDS: dict[int, dict[str, tuple[int, int, float | str]]] = {
    1: {
        "mmsi": (8, 30, 1), "status": (38, 4, 1), "turn": (42, -8, 1), "speed": (50, 10, 0.1),
        "lon": (61, -28, ANGLE), "lat": (89, -27, ANGLE), "course": (116, 12, 0.1), "heading": (128, 9, 1),
        "second": (137, 6, 1), "manoeuvre": (143, 2, 1), "rest": (145, 23, 1),
    },
    5: {
        "mmsi": (8, 30, 1), "imo": (40, 30, 1), "call_sign": (70, 42, "text"), "name": (112, 120, "text"),
        "kind": (232, 8, 1), "size": (240, 30, 1), "month": (274, 4, 1), "day": (278, 5, 1),
        "hour": (283, 5, 1), "minute": (288, 6, 1), "draught": (294, 8, 0.1),
        "destination": (302, 120, "text"),
    },
    9: {
        "mmsi": (8, 30, 1), "altitude": (38, 12, 1), "speed": (50, 10, 1), "lon": (61, -28, ANGLE),
        "lat": (89, -27, ANGLE), "course": (116, 12, 0.1), "second": (128, 6, 1),
    },
}  # fmt: skip
WIDTHS = {1: 168, 5: 424, 9: 168}


@dataclass
class Heard:
    kind: int
    utc_s: int
    source: str
    said: dict[str, float | str]


def heard(lines: Iterable[str]) -> Iterator[Heard]:
    """Decode lines with or without a tag block; texts for people are left out."""
    parts: list[str] = []
    for line in lines:
        *before, sentence = line.removeprefix("\\").split("\\")
        body = checked(sentence[1:]).split(",")
        tags = dict(tag.split(":", 1) for tag in checked(before[0]).split(",")) if before else {}
        if body[0] != "AIVDM":
            continue
        parts.append(body[5])
        assert len(parts) == int(body[2])
        if body[1] == body[2]:
            kind, said = decoded("".join(parts), int(body[6]))
            yield Heard(kind, int(tags.get("c", 0)), tags.get("s", ""), said)
            parts = []


def checked(text: str) -> str:
    """Take the checksum off: two digits, all bytes before it put together by exclusive or."""
    body, checksum = text.rsplit("*", 1)
    assert checksum == f"{reduce(xor, body.encode(), 0):02X}", text
    return body


def decoded(payload: str, fill: int) -> tuple[int, dict[str, float | str]]:
    sixes = (ord(letter) - 48 for letter in payload)
    bits = "".join(f"{six - 8 if six > 40 else six:06b}" for six in sixes)
    bits = bits[: len(bits) - fill]
    kind = int(bits[:6], 2)
    assert len(bits) in (WIDTHS[kind], WIDTHS[kind] - 2)
    return kind, {name: _value(bits, *field) for name, field in FIELDS[kind].items()}


def _value(bits: str, first: int, width: int, worth: float | str) -> float | str:
    found = bits[first : first + abs(width)]
    number = int(found, 2)
    if isinstance(worth, str):
        sixes = [int(found[at : at + 6], 2) for at in range(0, len(found), 6)]
        return "".join(LETTERS[six] for six in sixes).split("@")[0].rstrip()
    below = width < 0 and found[0] == "1"
    value = number - (1 << -width) if below else number
    return value * worth
