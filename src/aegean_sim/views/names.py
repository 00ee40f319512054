"""Names written on maps: where each stands, and what it is the name of."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from aegean_sim.geography.layers import stored

Kind: TypeAlias = Literal["country", "sea", "island", "port"]
COUNTRIES = {
    "DZ": "ALGERIA", "GR": "GREECE", "IT": "ITALY", "LY": "LIBYA", "MT": "MALTA", "TN": "TUNISIA",
    "TR": "TÜRKIYE",
}  # fmt: skip
_SHOWN_ROLES = frozenset({"port", "departure_area"})


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name and its place, degrees."""

    text: str
    kind: Kind
    lon: float
    lat: float


_ISLANDS = {
    "aegean": (
        ("Lesbos", 26.25, 39.20), ("Chios", 26.02, 38.42), ("Samos", 26.78, 37.73), ("Rhodes", 28.00, 36.22),
        ("Kos", 27.12, 36.82), ("Lemnos", 25.25, 39.91), ("Crete", 24.90, 35.22), ("Ikaria", 26.14, 37.60),
        ("Karpathos", 27.16, 35.58), ("Samothrace", 25.60, 40.46), ("Gökçeada", 25.88, 40.17),
        ("Thasos", 24.70, 40.68), ("Naxos", 25.50, 37.05), ("Andros", 24.85, 37.85), ("Euboea", 23.90, 38.55),
        ("Skyros", 24.53, 38.87), ("Kalymnos", 26.97, 36.99), ("Leros", 26.85, 37.15),
        ("Patmos", 26.55, 37.32), ("Symi", 27.83, 36.60), ("Kastellorizo", 29.58, 36.145),
        ("Tilos", 27.37, 36.43),
        ("Astypalaia", 26.33, 36.56), ("Santorini", 25.45, 36.37), ("Kasos", 26.92, 35.40),
        ("Psara", 25.57, 38.57), ("Bozcaada", 26.04, 39.82), ("Oinousses", 26.23, 38.52),
        ("Agathonisi", 26.97, 37.46), ("Farmakonisi", 27.09, 37.29), ("Fournoi", 26.50, 37.58),
        ("Milos", 24.43, 36.69), ("Amorgos", 25.88, 36.83), ("Nisyros", 27.17, 36.59),
    ),
    "central-med": (
        ("Sicily", 14.20, 37.50), ("Malta", 14.44, 35.88), ("Lampedusa", 12.59, 35.51),
        ("Linosa", 12.87, 35.87), ("Pantelleria", 12.00, 36.79), ("Djerba", 10.90, 33.81),
        ("Gozo", 14.25, 36.045), ("Kerkennah", 11.20, 34.73),
    ),
}  # fmt: skip
_SEAS = {
    "aegean": (
        ("Aegean Sea", 25.00, 38.75), ("Sea of Crete", 25.30, 35.90), ("Sea of Marmara", 28.10, 40.75),
        ("Thracian Sea", 25.10, 40.35), ("Icarian Sea", 25.95, 37.38), ("Levantine Sea", 28.60, 35.40),
    ),
    "central-med": (
        ("Ionian Sea", 17.50, 37.30), ("Strait of Sicily", 12.80, 36.55), ("Gulf of Sidra", 18.00, 31.60),
        ("Gulf of Gabès", 11.00, 34.20), ("Libyan Sea", 16.50, 34.00),
    ),
}  # fmt: skip


@cache
def place_names(coast: str) -> tuple[PlaceName, ...]:
    """Give the names of a theatre's islands, ports and seas, the ones to place first at the front."""
    islands = [PlaceName(name, "island", lon, lat) for name, lon, lat in _ISLANDS[coast]]
    seas = [PlaceName(name, "sea", lon, lat) for name, lon, lat in _SEAS[coast]]
    taken = {island.text for island in islands}
    return (*islands, *(port for port in _ports(coast) if port.text not in taken), *seas)


def _ports(coast: str) -> list[PlaceName]:
    with stored("places.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["theatre"] == coast]
    return [
        PlaceName(row["name"].partition(" (")[0], "port", float(row["lon"]), float(row["lat"]))
        for row in rows
        if _SHOWN_ROLES & set(row["role"].split(";"))
    ]
