"""Tables of a study of sensitivity: what is printed and what the document shows, texts only."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aegean_sim.study.comparison.measures import written
from aegean_sim.study.comparison.tables import Grid, p_value, titled
from aegean_sim.study.sensitivity.words import is_undecided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.sensitivity.influences import Influences
    from aegean_sim.study.sensitivity.ranking import Ranking
    from aegean_sim.study.sensitivity.sensitivity import Found, Part

_HEADS = {
    "morris": ("mu*", "95 % interval", "mu", "sigma", "luck s.e.", "luck alone", "Holm p", "told"),
    "sobol": ("total", "95 % interval", "first", "luck s.e.", "luck alone", "Holm p", "told"),
    "regression": ("ranks", "95 % interval", "Holm p", "told"),
}


def influence_table(measure: Measure, some: Influences) -> Grid:
    """Give what each path does, the strongest first."""
    places = some.order.tolist()
    return Grid(("", *_HEADS[some.method]), tuple(_influence(measure, some, place) for place in places))


def _influence(measure: Measure, some: Influences, place: int) -> tuple[str, ...]:
    low, high = float(some.low[place]), float(some.high[place])
    return (
        some.paths[place],
        in_words(measure, some, float(some.strength[place])),
        f"{in_words(measure, some, low)} to {in_words(measure, some, high)}",
        *_besides(measure, some, place),
        p_value(float(some.p_holm[place])),
        "yes" if some.told[place] else "nothing changes" if some.inert[place] else "no",
    )


def _besides(measure: Measure, some: Influences, place: int) -> Iterator[str]:
    if some.method == "regression":
        return
    if some.method == "morris":
        yield written(measure, float(some.others["mu"][place]), signed=True)
        yield written(measure, float(some.others["sigma"][place]))
    else:
        yield f"{float(some.others['first'][place]):.2f}"
    yield in_words(measure, some, float(some.error[place]))
    yield in_words(measure, some, float(some.floor[place]))


def in_words(measure: Measure, some: Influences, value: float) -> str:
    """Write a strength: of Morris in the measure's unit, of others a bare number."""
    if math.isnan(value):
        return ""
    if some.method == "morris":
        return written(measure, value)
    return f"{value:.2f}" if some.method == "sobol" else f"{value:+.2f}"


def short_table(measure: Measure, some: Influences, most: int) -> Grid:
    """Give the first of the paths that are told from luck, for a narrow screen."""
    told = [place for place in some.order.tolist() if some.told[place]]
    rows = []
    for place in told[:most]:
        path, strength, interval, *_ = _influence(measure, some, place)
        rows.append((path, strength, interval, p_value(float(some.p_holm[place]))))
    return Grid(("", *_HEADS[some.method][:2], "Holm p"), tuple(rows))


def choice_table(part: Part) -> Grid | None:
    """Give by measure the level that is best on the mean, and how it does; None where nothing is ranked."""
    rows = tuple(_choice(part, found, found.ranking) for found in part.found if found.ranking is not None)
    head = ("", "best", "mean", "best in", "beaten in", "regret: most", "95 %")
    return Grid(head, rows) if rows else None


def _choice(part: Part, found: Found, ranking: Ranking) -> tuple[str, ...]:
    if is_undecided(ranking):
        return (titled(found.measure), "all alike" if ranking.is_tie else "not known", *[""] * 5)
    _, *best, _, most, usual, _ = list(_ranking(part, found))[ranking.choice]
    return (titled(found.measure), *best, f"{ranking.beaten.mean():.0%}", most, usual)


def ranking_table(part: Part) -> Grid | None:
    """Give how each level does over the worlds, by measure; None where nothing is ranked."""
    rows = tuple(row for found in part.found for row in _ranking(part, found))
    head = ("", "level", "mean", "best in", "may be in", "regret: most", "95 %", "mean regret")
    return Grid(head, rows) if rows else None


def _ranking(part: Part, found: Found) -> Iterator[tuple[str, ...]]:
    ranking, measure = found.ranking, found.measure
    if ranking is None:
        return
    for place, label in enumerate(part.worlds.levels.labels):
        yield (
            titled(measure) if place == 0 else "",
            label,
            written(measure, float(ranking.mean[place])),
            f"{ranking.best[place]:.0%}",
            f"{ranking.may_be_best[place]:.0%}",
            *(
                written(measure, float(regret[place]))
                for regret in (ranking.regret_most, ranking.regret_95, ranking.regret_mean)
            ),
        )
