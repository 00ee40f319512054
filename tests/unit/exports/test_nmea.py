"""Read back by pyais, which had no part in writing it."""

from dataclasses import dataclass
from functools import reduce
from operator import xor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pyais.stream import FileReaderStream
from tests.unit.exports.made_up import Rows, request, scenario, stored

from aegean_sim.errors import StoreError
from aegean_sim.exports.ais.messages import Reports, ship_positions, six_bit, who
from aegean_sim.exports.ais.sentences import alone, in_parts, text_sentence
from aegean_sim.exports.ais.writing import write_nmea
from aegean_sim.exports.request import Request
from aegean_sim.exports.ways import ways_of

START_S = 1_464_818_400  # 2016-06-01T22:00:00Z
FRIGATE, LYNX = 799_000_001, 111_799_002


@dataclass
class Heard:
    utc_s: int
    source: str
    said: Any


def heard(path: Path) -> list[Heard]:
    told = []
    for message in FileReaderStream(str(path)):
        assert message.is_valid
        message.tag_block.init()
        tag = message.tag_block
        told.append(Heard(int(tag.receiver_timestamp), tag.source_station, message.decode()))
    return told


@pytest.fixture(scope="module")
def file(asked: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("nmea") / "made-up.nmea"
    write_nmea(asked, path)
    return path


@pytest.fixture(scope="module")
def messages(file: Path) -> list[Heard]:
    return heard(file)


def test_positions_and_times_are_those_that_were_sailed(messages: list[Heard], asked: Request) -> None:
    ways = ways_of(asked.tracks(), asked.run.frames)
    reports = [each for each in messages if each.said.msg_type in (1, 9)]
    assert len(reports) == 2 * (120 // 2) + 1 + 1 * 60 + 1 + (60 // 2 + 1)
    for each in reports:
        way = ways["frigate" if each.said.mmsi == FRIGATE else "lynx"]
        at = way.door_at(float(each.utc_s - START_S))
        np.testing.assert_allclose((each.said.lon, each.said.lat), at, atol=2e-6)
        assert each.said.second == each.utc_s % 60


def test_reports_go_by_time_at_the_interval_and_none_from_port(messages: list[Heard]) -> None:
    times = [each.utc_s for each in messages]
    assert times == sorted(times)
    frigate = np.unique([each.utc_s for each in messages if each.said.mmsi == FRIGATE]) - START_S
    assert set(np.diff(frigate)) == {120, 4 * 3600}
    assert frigate.min() == 0
    assert frigate.max() == 10 * 3600


def test_only_units_that_move_report_and_aircraft_as_aircraft(messages: list[Heard]) -> None:
    kinds = {(each.said.mmsi, each.said.msg_type) for each in messages}
    assert kinds == {(FRIGATE, 1), (FRIGATE, 5), (LYNX, 9), (LYNX, 5)}


def test_speed_and_course_are_those_of_the_leg(messages: list[Heard]) -> None:
    first = next(each.said for each in messages if each.said.msg_type == 1)
    assert first.course == pytest.approx(90.0, abs=0.3)
    assert first.heading == 90
    assert first.speed == pytest.approx(0.2 * 60 * np.cos(np.radians(38.5)) / 2.0, rel=0.01)
    north = [each.said for each in messages if each.said.msg_type == 1 and each.utc_s == START_S + 3 * 3600]
    assert north[0].course % 360 == pytest.approx(0.0, abs=0.3) or north[0].course > 359.7
    flying = next(each.said for each in messages if each.said.msg_type == 9)
    assert flying.speed == pytest.approx(67, abs=1)


def test_everything_is_marked_as_simulated(file: Path, messages: list[Heard], asked: Request) -> None:
    assert {each.source for each in messages} == {"SIMULATED"}
    names = {each.said.shipname for each in messages if each.said.msg_type == 5}
    assert names == {"SIM FRIGATE", "SIM LYNX"}
    assert {each.said.destination for each in messages if each.said.msg_type == 5} == {"SIMULATED"}
    opening = file.read_text(encoding="ascii").splitlines()[:3]
    assert "not real" in opening[0]
    assert asked.run.manifest.fingerprint[:12] in opening[2]
    assert all(line.startswith("$AITXT,03,0") for line in opening)


def test_all_checksums_hold_and_no_line_is_too_long(file: Path) -> None:
    lines = file.read_bytes().split(b"\r\n")
    assert lines.pop() == b""
    for line in lines:
        *tag, sentence = line.removeprefix(b"\\").split(b"\\")
        for part in (*tag, sentence.lstrip(b"$!")):
            body, checksum = part.rsplit(b"*", 1)
            assert reduce(xor, body, 0) == int(checksum, 16)
        assert len(sentence) <= 80
        assert len(tag) == (0 if sentence.startswith(b"$") else 1)


def test_places_south_and_west_come_through(tmp_path: Path) -> None:
    reports = Reports(
        np.array([FRIGATE] * 2), np.array([START_S, START_S + 7]), np.array([-179.5, 0.25]),
        np.array([-33.25, 0.0]), np.array([0.0, 200.0]), np.array([np.nan, 359.99]), np.array([False] * 2),
    )  # fmt: skip
    path = tmp_path / "far.nmea"
    path.write_text("\n".join(alone(ship_positions(reports))), encoding="ascii")
    west, fast = (message.decode() for message in FileReaderStream(str(path)))
    assert (west.lon, west.lat, west.speed, west.course, west.heading) == (-179.5, -33.25, 0.0, 360.0, 511)
    assert (fast.lon, fast.speed, fast.course, fast.second) == (0.25, 102.2, 0.0, 7)


def test_names_that_ais_has_no_letters_for(tmp_path: Path) -> None:
    path = tmp_path / "who.nmea"
    lines = in_parts(who(FRIGATE, "SIM1", "SIM βάρκα_2 <b>{", "SIMULATED"), 3)
    assert [line.rsplit(",", 1)[1][0] for line in lines] == ["0", "2"]
    path.write_text("\n".join(lines), encoding="ascii")
    (message,) = FileReaderStream(str(path))
    assert message.decode().shipname == "SIM ?????_2 <B>?"
    assert six_bit("é{") == "??"
    assert text_sentence(1, 1, "a,b*c\\!$é").startswith("$AITXT,01,01,01,abc*")


def test_nobody_at_sea_is_told(tmp_path: Path) -> None:
    made = Rows()
    made.track("site", "unit", ((0.0, 26.1, 38.2), (12.0, 26.1, 38.2)))
    still = request(stored(tmp_path / "still", made, scenario()))
    with pytest.raises(StoreError, match=r"no unit .* moved"):
        write_nmea(still, tmp_path / "still.nmea")
    assert not (tmp_path / "still.nmea").exists()
