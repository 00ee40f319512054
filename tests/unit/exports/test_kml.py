"""Read back by libkml, through GDAL."""

import html
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pytest
from PIL import Image
from tests.unit.exports.made_up import BOATS, MARKUP

from aegean_sim.exports.kml.text import plain
from aegean_sim.exports.kml.writing import write_kmz
from aegean_sim.exports.request import Request

SPACES = {"kml": "http://www.opengis.net/kml/2.2", "gx": "http://www.google.com/kml/ext/2.2"}


@pytest.fixture(scope="module")
def archive(asked: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kml") / "made-up.kmz"
    write_kmz(asked, path)
    return path


def document(archive: Path) -> ET.Element:
    with zipfile.ZipFile(archive) as opened:
        return ET.fromstring(opened.read("doc.kml"))  # noqa: S314


def test_units_and_boats_are_tracks_with_times(archive: Path) -> None:
    units, boats = (gpd.read_file(archive, layer=name) for name in ("Units", "Boats"))
    assert units["Name"].tolist() == ["frigate", "lynx", "site"]
    assert f"{units['begin'][0]:%F %T %Z}" == "2016-06-01 22:00:00 UTC"
    assert f"{units['end'][0]:%F %T}" == "2016-06-02 08:00:00"
    first, second = units.geometry[0].geoms
    np.testing.assert_allclose(
        np.array(first.coords)[:, :2], [(26, 38.5), (26.2, 38.5), (26.2, 38.7)], atol=1e-6
    )
    np.testing.assert_allclose(np.array(second.coords)[:, :2], [(26.2, 38.7), (26, 38.5)], atol=1e-6)
    assert boats["Name"].tolist() == list(BOATS)


def test_contacts_come_and_go(archive: Path) -> None:
    contacts = gpd.read_file(archive, layer="Contacts")
    assert contacts["Name"].tolist() == [MARKUP, MARKUP, "fishing"]
    spans = [
        f"{begin:%H:%M}-{end:%H:%M}" for begin, end in zip(contacts["begin"], contacts["end"], strict=True)
    ]
    assert spans == ["00:00-01:00", "23:30-23:42", "23:00-23:00"]
    np.testing.assert_allclose(contacts.geometry[2].coords[0][:2], (26.25, 38.3), atol=1e-6)


def test_names_with_markup_are_text_in_balloons_too(archive: Path) -> None:
    described = [each.text or "" for each in document(archive).iterfind(".//kml:description", SPACES)]
    about_boat = [text for text in described if text.startswith("theatre") and "voyage: " in text]
    assert f"voyage: {html.escape(MARKUP)}" in about_boat[0]
    assert not any("<b>" in text for text in described)
    assert "title: Ships &amp; &lt;boats&gt;" in described[0]


def test_every_track_has_as_many_times_as_places_and_a_style(archive: Path) -> None:
    root = document(archive)
    tracks = root.findall(".//gx:Track", SPACES)
    assert len(tracks) == 4 + len(BOATS)
    for whole in root.iterfind(".//gx:MultiTrack", SPACES):
        assert whole.findtext("gx:interpolate", namespaces=SPACES) == "0"
    for track in tracks:
        assert len(track.findall("kml:when", SPACES)) == len(track.findall("gx:coord", SPACES)) > 1
    styles = {f"#{style.get('id')}" for style in root.iterfind(".//kml:Style", SPACES)}
    assert {url.text for url in root.iterfind(".//kml:styleUrl", SPACES)} <= styles
    colours = [each.text for each in root.iterfind(".//kml:Style[@id='c0072B2']/*/kml:color", SPACES)]
    assert colours == ["ffb27200", "ffb27200"]


def test_nothing_is_fetched_from_elsewhere(archive: Path) -> None:
    assert {each.text for each in document(archive).iterfind(".//kml:href", SPACES)} == {"dot.png"}
    with zipfile.ZipFile(archive) as opened, opened.open("dot.png") as file:
        assert Image.open(file).getpixel((16, 16)) == (255, 255, 255, 255)


def test_equal_runs_give_equal_files(archive: Path, asked: Request, tmp_path: Path) -> None:
    write_kmz(asked, tmp_path / "again.kmz")
    assert (tmp_path / "again.kmz").read_bytes() == archive.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.kmz"]


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert plain("a\x00b\x1f\ud800c\uffff\t\U0001f6a2") == "abc\t\U0001f6a2"
