"""The page of one run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.page.assembling import Front, assembled
from aegean_sim.page.replay import replay_of
from aegean_sim.views.headline import when

if TYPE_CHECKING:
    from aegean_sim.recording.reading import StoredRun

_LIVES = (
    ("dead", "dead", "dead"),
    ("rescued", "rescued", ""),
    ("landed", "landed", ""),
    ("met", "met at sea", ""),
    ("stopped", "stopped", ""),
    ("at_sea", "still at sea", ""),
)
_ABOUT = (
    "A simulation on historical, published facts: one draw of chance, no forecast, no real boat or person."
    " Sensor reach: farthest at which a rubber boat may be seen at best."
)
_COAST = (
    " Coast: GSHHG 2.3.6 (Wessel & Smith 1996), LGPL; the one that was simulated, in Mercator."
    " Sea limits: model boundary, indicative only."
)


def run_page(stored: StoredRun) -> str:
    """Give the page that replays a run; the same run gives the same text.

    Raises
    ------
    StoreError
        When a table is broken.
    """
    document = replay_of(stored)
    coast = _COAST if any(theatre["mercator"] for theatre in document["theatres"]) else ""
    front = Front("run", _title(stored), _origin(stored), _lives(stored), _ABOUT + coast)
    return assembled(front, document)


def _title(stored: StoredRun) -> str:
    return stored.scenario.title or stored.scenario.name


def _origin(stored: StoredRun) -> str:
    manifest = stored.manifest
    return (
        f"Run {manifest.name} · {when(stored.scenario, [manifest])} · fingerprint {manifest.fingerprint[:12]}"
        f" · aegean-sim {manifest.versions['aegean-sim']}"
    )


def _lives(stored: StoredRun) -> list[tuple[str, str, str]]:
    voyages = stored.table("voyages")
    fates = [(label, f"{int(voyages[f'persons_{fate}'].sum()):,}", kind) for fate, label, kind in _LIVES]
    boats = f"{len(voyages):,} boat{'' if len(voyages) == 1 else 's'}"
    return [*fates, (f"persons, {boats}", f"{int(voyages['persons'].sum()):,}", "whole")]
