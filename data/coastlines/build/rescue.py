"""Build the rescue regions: FIR points closed to polygons, with dates of validity, as a file of their own."""

from __future__ import annotations

import csv
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
Ring = list[tuple[float, float]]

STATES = {
    "Malta": "MT",
    "Libya (sea part)": "LY",
    "Greece": "GR",
    "Turkey (FIR minimum)": "TR",
    "Italy (Roma FIR part)": "IT",
    "Tunisia": "TN",
}
VALID_FROM = {"LY": "2018-06-28", "TN": "2024-06-19"}
TURKISH_LINE_END = (29.809, 36.071)
TURKISH_CLOSURE: Ring = [(30.5, 36.071), (30.5, 41.367)]
LAMPEDUSA: Ring = [(11.5, 36.62), (11.5, 35.25), (13.5267, 35.25), (13.5267, 35.985), (13.5267, 36.62)]


def read_rings() -> dict[str, tuple[dict[str, str], Ring]]:
    """Read the points of each region, in order, with the first row's text columns."""
    rings: dict[str, tuple[dict[str, str], Ring]] = {}
    with (HERE / "rescue_points.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            _, ring = rings.setdefault(STATES[row["srr"]], (row, []))
            ring.append((float(row["lon"]), float(row["lat"])))
    return rings


def closed(state: str, ring: Ring) -> Ring:
    """Close a ring; the Turkish line is cut where it turns inland and closed by hand over land."""
    if state == "TR":
        ring = ring[: ring.index(TURKISH_LINE_END) + 1] + TURKISH_CLOSURE
    return ring if ring[0] == ring[-1] else [*ring, ring[0]]


def feature(state: str, ring: Ring, basis: str, confidence: str, source: str) -> dict[str, object]:
    """Give one region as a GeoJSON feature."""
    return {
        "type": "Feature",
        "properties": {
            "state": state,
            "valid_from": VALID_FROM.get(state),
            "valid_to": None,
            "basis": basis,
            "confidence": confidence,
            "source": source,
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def main() -> None:
    """Write rescue_regions.geojson."""
    features = [
        feature(state, closed(state, ring), row["basis"], row["confidence"], row["source"])
        for state, (row, ring) in sorted(read_rings().items())
    ]
    lampedusa = feature(
        "IT",
        [*LAMPEDUSA, LAMPEDUSA[0]],
        "overlap of the Italian with the Maltese region round Lampedusa and Linosa, drawn by hand",
        "approximate: one point on its edge is known, 35 59.1 N 13 31.6 E",
        "ship log, SOS Mediterranee, August 2018; the rest ASSUMPTION",
    )
    collection = {
        "type": "FeatureCollection",
        "license": "CC-BY-SA-4.0",
        "attribution": "VATSpy data project, closed and dated by the aegean-sim project",
        "features": [*features, lampedusa],
    }
    text = json.dumps(collection, indent=1, ensure_ascii=False) + "\n"
    (HERE.parent / "rescue_regions.geojson").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
