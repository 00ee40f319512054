"""The numbers of a study of sensitivity as rows, one a statistic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.study.sensitivity.influences import Influences
    from aegean_sim.study.sensitivity.sensitivity import Found, Part, Sensitivity

COLUMNS = (
    "stratum", "measure", "number", "path", "level", "statistic", "estimate", "low", "high", "luck_error",
    "luck_alone", "p_holm", "told", "worlds", "replications",
)  # fmt: skip
_MAIN = {"morris": "mu_star", "sobol": "total", "regression": "rank_coefficient"}
_RANKED = ("mean", "best", "may_be_best", "regret_most", "regret_95", "regret_mean")


def rows_of(study: Sensitivity) -> Iterator[dict[str, Any]]:
    """Give all numbers, with every column in every row; empty where a column does not apply."""
    for part in study.parts:
        for found in part.found:
            for row in (*_influences(found), *_ranking(part, found)):
                whole = {
                    **_about(part),
                    "measure": found.measure.name,
                    **row,
                }
                yield {name: whole.get(name, "") for name in COLUMNS}


def _about(part: Part) -> dict[str, Any]:
    worlds = part.worlds
    return {
        "stratum": worlds.name,
        "worlds": len(worlds.design.unit),
        "replications": worlds.replications,
    }


def _influences(found: Found) -> Iterator[dict[str, Any]]:
    for number, some in found.influences.items():
        for place, path in enumerate(some.paths):
            key = {"number": number, "path": path}
            yield {**key, **_main(some, place)}
            for name, values in some.others.items():
                yield {**key, "statistic": name, "estimate": float(values[place])}


def _main(some: Influences, place: int) -> dict[str, Any]:
    return {
        "statistic": _MAIN[some.method],
        "estimate": float(some.strength[place]),
        "low": float(some.low[place]),
        "high": float(some.high[place]),
        "luck_error": float(some.error[place]),
        "luck_alone": float(some.floor[place]),
        "p_holm": float(some.p_holm[place]),
        "told": bool(some.told[place]),
    }


def _ranking(part: Part, found: Found) -> Iterator[dict[str, Any]]:
    if found.ranking is None:
        return
    for place, label in enumerate(part.worlds.levels.labels):
        for name in _RANKED:
            values = getattr(found.ranking, name)
            yield {"number": "rank", "level": label, "statistic": name, "estimate": float(values[place])}
