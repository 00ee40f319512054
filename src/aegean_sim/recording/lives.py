"""What became of everybody: the first numbers of a run, of all theatres and of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.quantities import HOUR_S
from aegean_sim.recording.figures import at_theatre
from aegean_sim.recording.rows import Boats, Rows, floats, quantile_min, share, total
from aegean_sim.recording.turned_back import taken_back, washed_back
from aegean_sim.scenario.taking_part import in_theatre

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aegean_sim.quantities import BoolArray, IntArray
    from aegean_sim.recording.rows import Columns, Tables
    from aegean_sim.scenario.forces import Craft, Duty
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.scenario.operations import Phase

FATES = ("dead", "rescued", "met", "stopped", "landed", "at_sea")
OUTCOMES = ("lost", *FATES[1:])
HULLS = ("destroyed", "reused", "adrift")
_TAKERS = frozenset({"intercept", "rescue"})
_TAKEN = ("met", "rescued", "stopped")
_SHORES = {"aegean": ("GR", "TR"), "central-med": ("IT", "LY", "MT", "TN"), "open_sea": ()}
_WORST_TENTH = 0.1


def lives(tables: Tables, scenario: Scenario) -> dict[str, float]:
    """Count what became of persons and boats, of all together, and of each theatre where there are several.

    Parameters
    ----------
    tables : mapping of table name to columns
        Those of a run; only ``voyages``, ``handoffs`` and ``responses`` count.
    scenario : Scenario
        Its theatres, forces and shores name the columns, whether or not anything happened there.

    Returns
    -------
    dict of str to float
        Those of one theatre have its name behind an ``@``. Persons who set out are dead, at sea, have
        *arrived* (landed, or met or rescued and not taken back), are *returned* (stopped, or rescued and
        taken back by the departure side or by the rules) or *washed back*: they landed on a coast from which
        boats of their theatre set out. All who came to a shore are *landed*. *Brought in* are those who
        arrived, but for those who landed by themselves. *Aboard* are those whom a unit has taken off their
        boat and not brought ashore by the end.

        A *fatal incident* is a boat of whose persons somebody died; the worst tenth of n incidents are
        the n / 10, rounded up, with most deaths. Recorded deaths are deaths times the theatre's
        ``recorded_share``. The wait of a boat in distress that was rescued ends when the first unit is
        there, and is 0 where one had been there before. ``told_to_scene_min`` runs from the first report of
        distress at a desk to the first unit at the boat, where the report came first. ``distress_h`` adds up
        the hours of all boats in distress till somebody was there, or till their voyage or the run ended:
        unlike the wait of those rescued it can be compared between runs that rescue different boats.
    """
    about = {name: Rows.about_boats(tables[name]) for name in ("voyages", "handoffs", "responses")}
    numbers = _Part(about, scenario, tuple(scenario.theatres)).figures()
    if len(scenario.theatres) > 1:
        for theatre in scenario.theatres:
            here = {name: Rows.of_theatre(table, theatre) for name, table in about.items()}
            figures = _Part(here, scenario, (theatre,)).figures()
            numbers |= {at_theatre(figure, theatre): value for figure, value in figures.items()}
    return numbers


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows about boats of some theatres."""

    tables: Mapping[str, Rows]
    scenario: Scenario
    theatres: tuple[str, ...]

    def figures(self) -> dict[str, float]:
        voyages, responses = self.tables["voyages"], self.tables["responses"]
        fates = {f"persons_{fate}": total(voyages[f"persons_{fate}"]) for fate in FATES}
        back = taken_back(responses, self.scenario)
        returned = fates["persons_stopped"] + total(responses["persons"][back])
        washed = total(voyages["persons_landed"][washed_back(voyages, self.scenario)])
        landed = fates["persons_landed"] - washed
        living = landed + fates["persons_met"] + fates["persons_rescued"]
        arrived = living + fates["persons_stopped"] - returned
        return {
            "persons": total(voyages["persons"]),
            **fates,
            "persons_returned": returned,
            "persons_washed_back": washed,
            "persons_arrived": arrived,
            "persons_aboard": self._aboard(),
            **self._taken(back, arrived - landed),
            **_shares(fates["persons_stopped"], arrived, returned, landed),
            **_incidents(np.asarray(voyages["persons_dead"], np.int64)),
            "persons_dead_recorded": self._recorded(),
            **_outcomes(voyages),
            **(_emptied(voyages) if self.scenario.operations else {}),
            **_waits(self.tables, self.scenario.duration_s),
        }

    def _aboard(self) -> float:
        responses, rules = self.tables["responses"], self.scenario.handoffs
        bringing = [name for name in self.theatres if rules.response_in(name).bring_ashore]
        ends_ashore = np.isin(np.asarray(responses["theatre"], dtype=object), bringing)
        return total(responses["persons"][ends_ashore & np.isnan(floats(responses["ashore_s"]))])

    def _taken(self, back: BoolArray, brought_in: float) -> dict[str, float]:
        """Count whom each force took off their boats, and to which state they were brought."""
        responses = self.tables["responses"]
        owner, persons = np.asarray(responses["owner"]), np.asarray(responses["persons"], np.int64)
        taken = np.isin(np.asarray(responses["result"], dtype=object), _TAKEN)
        saved = taken & ~back & (np.asarray(responses["result"]) != "stopped")
        brought_to = np.asarray(responses["brought_to"])
        takers = _takers(self.scenario, self.theatres)
        return {
            "persons_brought_in": brought_in,
            **{f"persons_taken_{name}": total(persons[taken & (owner == name)]) for name in takers},
            **{
                f"brought_in_share_{name}": share(total(persons[saved & (owner == name)]), brought_in)
                for name in takers
            },
            **{f"persons_per_event_{name}": _mean(persons[taken & (owner == name)]) for name in takers},
            **{
                f"persons_brought_to_{state}": total(persons[brought_to == state]) for state in self._states()
            },
        }

    def _states(self) -> list[str]:
        coasts = {self.scenario.theatres[name].coast for name in self.theatres}
        return sorted({state for coast in coasts for state in _SHORES[coast]})

    def _recorded(self) -> float:
        voyages = self.tables["voyages"]
        theatre, dead = np.asarray(voyages["theatre"]), np.asarray(voyages["persons_dead"])
        return sum(
            self.scenario.theatres[name].recorded_share * total(dead[theatre == name])
            for name in self.theatres
        )


def _takers(scenario: Scenario, theatres: Iterable[str]) -> list[str]:
    """Name the forces that may take people off a boat in some theatres, now or in a phase of an operation."""
    phases = {each.force: each.phases for each in scenario.operations}
    return sorted(
        {
            craft.owner
            for theatre in theatres
            for craft in in_theatre(scenario, theatre).values()
            if any(_TAKERS & duties for duties in _duties(craft, phases.get(craft.owner, ())))
        }
    )


def _duties(craft: Craft, phases: Iterable[Phase]) -> list[frozenset[Duty]]:
    return [craft.duties, *(phase.duties for phase in phases if phase.duties is not None)]


def _shares(stopped: float, arrived: float, returned: float, landed: float) -> dict[str, float]:
    return {
        "arrivals_met_share": share(arrived - landed, arrived),
        "stopped_share": share(stopped, stopped + arrived),
        "returned_share": share(returned, returned + arrived),
    }


def _incidents(dead: IntArray) -> dict[str, float]:
    """Tell how deaths fall on boats: a few wrecks may have most of them."""
    deaths = np.sort(dead[dead > 0])[::-1]
    worst = deaths[: math.ceil(_WORST_TENTH * len(deaths))]
    return {
        "fatal_incidents": float(len(deaths)),
        "deaths_worst_incident": float(deaths.max(initial=0)),
        "deaths_median_incident": float(np.median(deaths)) if len(deaths) else math.nan,
        "deaths_worst_tenth_share": share(total(worst), total(deaths)),
    }


def _outcomes(voyages: Columns) -> dict[str, float]:
    outcomes = np.asarray(voyages["outcome"])
    return {
        "boats": float(len(outcomes)),
        **{f"boats_{outcome}": float(np.sum(outcomes == outcome)) for outcome in OUTCOMES},
    }


def _emptied(voyages: Columns) -> dict[str, float]:
    """Count what became of the boats that operations emptied, and who was arrested."""
    hulls = np.asarray(voyages["hull"])
    return {
        **{f"hulls_{fate}": float(np.sum(hulls == fate)) for fate in HULLS},
        "suspects": total(voyages["suspects"]),
    }


def _waits(tables: Mapping[str, Rows], end_s: float) -> dict[str, float]:
    """Tell how long boats in distress waited, and how many in vain."""
    voyages, handoffs = tables["voyages"], tables["handoffs"]
    boats, outcome = Boats.of(voyages), np.asarray(voyages["outcome"])
    distress_s = floats(voyages["distress_s"])
    there_s = boats.first_s(tables["responses"], "on_scene_s")
    in_distress = np.isfinite(distress_s)
    ended_s = np.fmin(np.fmin(boats.ended_s, there_s), end_s)
    waited_s = np.maximum(there_s - distress_s, 0.0)[in_distress & (outcome == "rescued")]
    told_s = boats.first_s(Rows(handoffs, np.asarray(handoffs["distress"], np.bool_)), "arrived_s")
    over = np.isin(outcome.astype(object), ("lost", "landed"))
    return {
        "boats_in_distress": total(in_distress),
        "boats_capsized": total(np.isfinite(floats(voyages["capsized_s"]))),
        "boats_unreached": total(in_distress & np.isnan(there_s) & over),
        "distress_h": float(np.maximum(ended_s - distress_s, 0.0)[in_distress].sum() / HOUR_S),
        "distress_to_scene_min": quantile_min(waited_s),
        "distress_to_scene_worst_min": quantile_min(waited_s, 1.0 - _WORST_TENTH),
        "told_to_scene_min": quantile_min((there_s - told_s)[there_s >= told_s]),
    }


def _mean(persons: Any) -> float:
    """Give the mean of those that are not 0; NaN without any."""
    some = persons[persons > 0]
    return float(some.mean()) if some.size else math.nan
