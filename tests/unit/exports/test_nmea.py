"""Read back by a decoder of our own, since pyais wrote it."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.unit.exports.hearing import Heard, checked, heard
from tests.unit.exports.made_up import Rows, request, scenario, stored

from aegean_sim.errors import StoreError
from aegean_sim.exports.ais.messages import position, six_bit, who
from aegean_sim.exports.ais.sentences import text_sentence
from aegean_sim.exports.ais.traffic import Report, stations_of
from aegean_sim.exports.ais.writing import write_nmea
from aegean_sim.exports.formats import check_known
from aegean_sim.exports.request import Request
from aegean_sim.exports.ways import ways_of

START_S = 1_464_818_400  # 2016-06-01T22:00:00Z
FRIGATE, LYNX = 799_000_001, 111_799_002


def test_the_decoder_reads_sentences_of_real_stations() -> None:
    moored, who_it_is, aircraft = heard(
        [
            "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C",
            "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C",
            "!AIVDM,2,2,1,A,88888888880,2*25",
            "!AIVDM,1,1,,A,91b77=h3h00nHt0Q3r@@07000<0b,0*69",
        ]
    )
    assert moored.said["mmsi"] == 477_553_000
    assert (moored.said["status"], moored.said["speed"], moored.said["heading"]) == (5, 0.0, 181)
    assert (moored.said["lon"], moored.said["lat"]) == pytest.approx((-122.345833, 47.582833), abs=1e-6)
    assert (moored.said["course"], moored.said["second"]) == (51.0, 15)
    assert (who_it_is.said["name"], who_it_is.said["call_sign"]) == ("EVER DIADEM", "3FOF8")
    assert (who_it_is.said["imo"], who_it_is.said["destination"]) == (9_134_270, "NEW YORK")
    assert [who_it_is.said[name] for name in ("month", "day", "hour", "minute")] == [5, 15, 14, 0]
    assert (aircraft.said["mmsi"], aircraft.said["altitude"], aircraft.said["second"]) == (
        111_265_591,
        15,
        28,
    )
    assert (aircraft.said["lon"], aircraft.said["lat"]) == pytest.approx((11.8816, 57.778455), abs=1e-6)


@pytest.fixture(scope="module")
def file(asked: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("nmea") / "made-up.nmea"
    write_nmea(asked, path)
    return path


@pytest.fixture(scope="module")
def messages(file: Path) -> list[Heard]:
    return list(heard(file.read_text(encoding="ascii").splitlines()))


def test_positions_and_times_are_those_that_were_sailed(messages: list[Heard], asked: Request) -> None:
    ways = ways_of(asked.tracks(), asked.run.frames)
    reports = [each for each in messages if each.kind in (1, 9)]
    assert len(reports) == 2 * (120 // 2) + 1 + 1 * 60 + 1 + (60 // 2 + 1)
    for each in reports:
        way = ways["frigate" if each.said["mmsi"] == FRIGATE else "lynx"]
        at = way.door_at(float(each.utc_s - START_S))
        np.testing.assert_allclose((each.said["lon"], each.said["lat"]), at, atol=2e-6)
        assert each.said["second"] == each.utc_s % 60


def test_reports_go_by_time_at_the_interval_and_none_from_port(messages: list[Heard]) -> None:
    times = [each.utc_s for each in messages]
    assert times == sorted(times)
    frigate = np.unique([each.utc_s for each in messages if each.said["mmsi"] == FRIGATE]) - START_S
    assert set(np.diff(frigate)) == {120, 4 * 3600}
    assert frigate.min() == 0
    assert frigate.max() == 10 * 3600


def test_only_units_that_move_report_and_aircraft_as_aircraft(messages: list[Heard]) -> None:
    kinds = {(each.said["mmsi"], each.kind) for each in messages}
    assert kinds == {(FRIGATE, 1), (FRIGATE, 5), (LYNX, 9), (LYNX, 5)}


def test_speed_and_course_are_those_of_the_leg(messages: list[Heard]) -> None:
    first = next(each.said for each in messages if each.kind == 1)
    assert first["course"] == pytest.approx(90.0, abs=0.3)
    assert first["heading"] == 90
    assert first["speed"] == pytest.approx(0.2 * 60 * np.cos(np.radians(38.5)) / 2.0, rel=0.01)
    north = [each.said for each in messages if each.kind == 1 and each.utc_s == START_S + 3 * 3600]
    assert (north[0]["course"] + 180.0) % 360.0 == pytest.approx(180.0, abs=0.3)
    flying = next(each.said for each in messages if each.kind == 9)
    assert flying["speed"] == pytest.approx(67, abs=1)


def test_everything_is_marked_as_simulated(file: Path, messages: list[Heard], asked: Request) -> None:
    assert {each.source for each in messages} == {"SIMULATED"}
    names = {each.said["name"] for each in messages if each.kind == 5}
    assert names == {"SIM FRIGATE", "SIM LYNX"}
    assert {each.said["destination"] for each in messages if each.kind == 5} == {"SIMULATED"}
    opening = file.read_text(encoding="ascii").splitlines()[:3]
    assert "not real" in opening[0]
    assert asked.run.manifest.fingerprint[:12] in opening[2]
    assert all(line.startswith("$AITXT,03,0") for line in opening)


def test_all_checksums_hold_and_no_line_is_too_long(file: Path) -> None:
    lines = file.read_bytes().decode("ascii").split("\r\n")
    assert lines.pop() == ""
    for line in lines:
        *tag, sentence = line.removeprefix("\\").split("\\")
        assert all(checked(part) for part in (*tag, sentence[1:]))
        assert len(sentence) <= 80
        assert len(tag) == (0 if sentence.startswith("$") else 1)


def test_places_south_and_west_come_through() -> None:
    at_rest = Report(START_S, FRIGATE, flies=False, lon=-179.5, lat=-33.25, speed_kn=0.0, course_deg=np.nan)
    too_fast = at_rest._replace(utc_s=START_S + 7, lon=0.25, lat=0.0, speed_kn=200.0, course_deg=359.99)
    flying = at_rest._replace(mmsi=LYNX, flies=True, speed_kn=90.6, course_deg=0.26)
    rest, fast, racing = heard(position(each) for each in (at_rest, too_fast, flying))
    assert (rest.said["lon"], rest.said["lat"]) == pytest.approx((-179.5, -33.25), abs=1e-9)
    assert (rest.said["speed"], rest.said["course"], rest.said["heading"]) == (0.0, 360.0, 511)
    assert (rest.said["status"], rest.said["turn"]) == (15, -128)
    assert (rest.said["manoeuvre"], rest.said["rest"]) == (0, 0)
    assert fast.said["speed"] == pytest.approx(102.2)
    assert (fast.said["lon"], fast.said["course"], fast.said["second"]) == (0.25, 0.0, 7)
    assert (racing.said["speed"], racing.said["altitude"]) == (91, 4095)
    assert racing.said["course"] == pytest.approx(0.3)


def test_speeds_and_courses_are_rounded_and_not_cut() -> None:
    tenths = np.arange(1022) / 10.0
    reports = (Report(0, FRIGATE, flies=False, lon=0, lat=0, speed_kn=kn, course_deg=kn) for kn in tenths)
    told = [each.said for each in heard(map(position, reports))]
    for name in ("speed", "course"):
        np.testing.assert_allclose([each[name] for each in told], tenths)


def test_names_that_ais_has_no_letters_for(asked: Request) -> None:
    (frigate, _) = stations_of(asked)
    lines = who(replace(frigate, way=replace(frigate.way, mover="βάρκα_2 <b>@{")))
    assert [line.rsplit(",", 1)[1][0] for line in lines] == ["0", "2"]
    (message,) = heard(lines)
    assert message.said["name"] == "SIM ?????_2 <B>??"
    assert [message.said[name] for name in ("month", "day", "hour", "minute")] == [0, 0, 24, 60]
    assert six_bit("é{") == "??"
    assert text_sentence(1, 1, "a,b*c\\!$é").startswith("$AITXT,01,01,01,abc*")


def test_what_is_missing_is_told_before_anything_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyais", None)
    check_known(["csv"])
    with pytest.raises(StoreError, match=r"pip install 'aegean-sim\[ais\]'"):
        check_known(["csv", "nmea"])


def test_nobody_at_sea_is_told(tmp_path: Path) -> None:
    made = Rows()
    made.track("site", "unit", ((0.0, 26.1, 38.2), (12.0, 26.1, 38.2)))
    still = request(stored(tmp_path / "still", made, scenario()))
    with pytest.raises(StoreError, match=r"no unit .* moved"):
        write_nmea(still, tmp_path / "still.nmea")
    assert not (tmp_path / "still.nmea").exists()
