"""How far word of each boat came: from nobody who knew to a unit on the scene."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from aegean_sim.quantities import BoolArray
    from aegean_sim.recording.reading import StoredRun

KEY = ["voyage", "copy"]
REACHED, SENT, TOLD, SEEN, UNKNOWN = "reached", "sent", "told", "seen", "unknown"
WORD = {
    REACHED: "a unit came to it",
    SENT: "told in time, none came",
    TOLD: "told, but not in time",
    SEEN: "seen, never told",
    UNKNOWN: "nobody knew",
}
"""From the best to the worst; each boat is in one."""


def boats_of(run: StoredRun, theatre: str) -> pd.DataFrame:
    """Give the boats of a theatre, one a row, with what was known of each.

    Returns
    -------
    DataFrame
        The rows of ``voyages``, and columns ``seen_s`` and ``seen_by`` (first contact before its end, and
        whose), ``told_s`` and ``on_scene_s`` (first report sent, first unit there), NaN where that never was,
        and ``word``: a key of `WORD`.
    """
    boats = rows_of(run, "voyages", theatre)
    contacts = _in_time(rows_of(run, "contacts", theatre), boats)
    first = contacts.sort_values("start_s", kind="stable").drop_duplicates(KEY)
    handoffs, responses = (rows_of(run, name, theatre) for name in ("handoffs", "responses"))
    told = handoffs.groupby(KEY, as_index=False).agg(told_s=("sent_s", "min"), timely=("timely", "any"))
    there = responses.groupby(KEY, as_index=False)["on_scene_s"].min()
    seen = first[[*KEY, "start_s", "owner"]].rename(columns={"start_s": "seen_s", "owner": "seen_by"})
    for more in (seen, told, there):
        boats = boats.merge(more, on=KEY, how="left")
    return boats.assign(word=_word(boats))


def rows_of(run: StoredRun, table: str, theatre: str) -> pd.DataFrame:
    """Give the rows of a table that are about boats of a theatre."""
    rows = run.table(table)
    return rows[(rows["theatre"] == theatre) & (rows["voyage"] != "")]


def _in_time(contacts: pd.DataFrame, boats: pd.DataFrame) -> pd.DataFrame:
    ends = contacts[KEY].merge(boats[[*KEY, "ended_s"]], on=KEY, how="left")["ended_s"].to_numpy()
    return contacts[~(contacts["start_s"].to_numpy() > ends)]


def _word(boats: pd.DataFrame) -> list[str]:
    holds: dict[str, BoolArray] = {
        REACHED: boats["on_scene_s"].notna().to_numpy(),
        SENT: boats["timely"].eq(other=True).to_numpy(),
        TOLD: boats["told_s"].notna().to_numpy(),
        SEEN: boats["seen_s"].notna().to_numpy(),
    }
    return list(np.select(list(holds.values()), list(holds), UNKNOWN))
