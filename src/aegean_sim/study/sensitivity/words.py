"""What a study of sensitivity says, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.comparison.measures import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.sensitivity.influences import Influences
    from aegean_sim.study.sensitivity.ranking import Ranking
    from aegean_sim.study.sensitivity.sensitivity import Found, Number, Part
    from aegean_sim.study.sensitivity.worlds import Worlds

_NAMED = 3
_MOST_LISTED = 3
_ONE_WAY = 0.99
_BY_CHANCE = 0.05
_NOISY = 0.2
_LITTLE_EXPLAINED = 0.7
_UNITS = {"morris": "Morris trajectories", "sobol": "Sobol base points", "regression": "sampled worlds"}


def worlds_in_words(part: Part) -> str:
    """Say how many worlds and replications there are, and how they were sampled."""
    worlds = part.worlds
    count = len(worlds.design.unit)
    how = f"{worlds.design.units:,} {_UNITS[worlds.design.method]}"
    sampled = f" ({how})" if worlds.design.method != "regression" else ""
    lost = f"; {worlds.lost:,} worlds lack runs and are left out" if worlds.lost else ""
    return (
        f"{count:,} worlds{sampled}, {len(worlds.design.paths)} uncertain paths, {worlds.replications}"
        f" replications of each, paired{lost}"
    )


def number_titled(worlds: Worlds, measure: Measure, number: Number) -> str:
    """Name what paths have an influence on."""
    return ", ".join(filter(None, (measure.title, number_in_words(worlds, number))))


def number_in_words(worlds: Worlds, number: Number) -> str:
    """Say which number of a measure it is; nothing without a lever."""
    levels = worlds.levels
    if number == "effect":
        return f"{levels.lever} {levels.labels[-1]} less {levels.labels[0]}"
    return f"mean over {levels.lever}" if levels.lever else ""


def may_be_concluded(part: Part) -> list[str]:
    """Say what matters, and which choices survive."""
    return [sentence for found in part.found for sentence in _concluded(part, found)]


def _concluded(part: Part, found: Found) -> Iterator[str]:
    for number, some in found.influences.items():
        if some.told.any():
            yield f"{number_titled(part.worlds, found.measure, number)}: {_what_matters(found.measure, some)}"
    if found.ranking is not None and not is_undecided(found.ranking):
        yield _ranked(part, found, found.ranking)


def _what_matters(measure: Measure, some: Influences) -> str:
    told = [place for place in some.order.tolist() if some.told[place]]
    named = "; ".join(_influence(measure, some, place) for place in told[:_NAMED])
    more = f"; and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return f"{len(told)} of {len(some.paths)} paths told from luck: {named}{more}."


def _influence(measure: Measure, some: Influences, place: int) -> str:
    path, value = some.paths[place], float(some.strength[place])
    if some.method == "morris":
        return _moved(measure, path, value, float(some.others["mu"][place]))
    if some.method == "sobol":
        first = max(float(some.others["first"][place]), 0.0)
        return f"{path} makes {value:.0%} of the variance between worlds, {first:.0%} alone"
    return f"it {'rises' if value > 0.0 else 'falls'} with {path} ({value:+.2f} in ranks)"


def _moved(measure: Measure, path: str, strength: float, mean: float) -> str:
    if abs(mean) > _ONE_WAY * strength:
        return f"{path} moves it by {with_unit(measure, mean, signed=True)} over its range"
    on_the_mean = written(measure, mean, signed=True)
    moved = f"{path} moves it by {with_unit(measure, strength)} over its range"
    return f"{moved}, up or down ({on_the_mean} on the mean)"


def with_unit(measure: Measure, value: float, *, signed: bool = False) -> str:
    """Write a difference of a measure with its unit."""
    unit = "points" if measure.unit == "%" else measure.unit
    return f"{written(measure, value, signed=signed)} {unit}".strip()


def is_undecided(ranking: Ranking) -> bool:
    """Tell whether in no world any level is shown to be worse than another."""
    return bool((ranking.may_be_best == 1.0).all())


def _ranked(part: Part, found: Found, ranking: Ranking) -> str:
    label = part.worlds.levels.labels[ranking.choice]
    beaten = int(ranking.beaten.sum())
    most = float(ranking.regret_most[ranking.choice])
    worst = f"At worst it gives away {with_unit(found.measure, most)}"
    given = worst if most > 0.0 else "It gives nothing away"
    start = (
        f"{found.measure.title}: {part.worlds.levels.lever} {label} is the best on the mean of all worlds,"
        f" and the best or as good in {ranking.best[ranking.choice]:.0%} of them."
    )
    if beaten == 0:
        end = (
            "In none another is shown to be better: the choice survives what is not known, as far as"
            f" {part.worlds.replications} replications show."
        )
    elif beaten <= _BY_CHANCE * ranking.worlds:
        end = f"In {beaten} of {ranking.worlds} another is shown to be better, as many as chance may show."
    else:
        end = (
            f"But in {beaten} of {ranking.worlds} another is shown to be better: the choice hangs on what is"
            f" not known{_most(found)}."
        )
    return f"{start} {end} {given}."


def _most(found: Found) -> str:
    some = found.influences.get("effect")
    if some is None or not some.told.any():
        return ""
    return f", most on {some.paths[int(some.order[0])]}"


def may_not_be_concluded(part: Part) -> list[str]:
    """Say what is not told from luck, and what the numbers cannot tell."""
    said = [sentence for found in part.found for sentence in _open(part, found)]
    if part.is_short:
        said.insert(0, _too_few(part))
    if part.worlds.design.unordered:
        said.append(f"Texts have no order, and were passed over: {_listed(part.worlds.design.unordered)}.")
    return said


def _open(part: Part, found: Found) -> Iterator[str]:
    for number, some in found.influences.items():
        title = number_titled(part.worlds, found.measure, number)
        said = "no path changes it in any run" if some.inert.all() else "; ".join(_untold(some))
        if said:
            yield f"{title}: {said}."
        if some.explained < _LITTLE_EXPLAINED:
            yield (
                f"{title}: rising and falling with each path by itself explains {some.explained:.0%} only;"
                " the rest is luck, interplay, or rises that turn to falls. morris or saltelli would tell."
            )
    if found.ranking is not None and is_undecided(found.ranking):
        levels = f"{found.measure.title}: no level of {part.worlds.levels.lever}"
        if found.ranking.is_tie:
            yield f"{levels} does better than another in any world."
        else:
            yield f"{levels} is shown to be worse than another in any world: more replications may show some."


def _untold(some: Influences) -> Iterator[str]:
    for said, which in (
        ("not told from luck", ~some.told & ~some.inert),
        ("changing nothing in any run", some.inert),
    ):
        paths = [path for path, here in zip(some.paths, which, strict=True) if here]
        if paths:
            yield f"{said}: {_listed(paths) if len(paths) <= _MOST_LISTED else f'{len(paths)} paths'}"
    if some.noise_share > _NOISY:
        yield f"luck of replications makes {some.noise_share:.0%} of the variance between worlds"


def _too_few(part: Part) -> str:
    from aegean_sim.study.sensitivity.sensitivity import least_units  # noqa: PLC0415

    design = part.worlds.design
    return (
        f"Which paths matter is not worked out: {design.units} complete {_UNITS[design.method]} for"
        f" {len(design.paths)} paths, and it takes {least_units(design)}. Sample more (sampling.points)."
    )


def _listed(paths: Sequence[str]) -> str:
    return ", ".join(paths)


def headline(part: Part) -> str:
    """Say in a line how many paths matter to the first number there is."""
    found = next((each for each in part.found if each.influences), None)
    if found is None:
        return "Too few worlds to tell which paths matter"
    number: Number = "effect" if "effect" in found.influences else "level"
    some = found.influences[number]
    title = number_titled(part.worlds, found.measure, number)
    if not some.told.any():
        return f"{title}: no path {'changes it in any run' if some.inert.all() else 'is told from luck'}"
    told, strongest = np.count_nonzero(some.told), some.paths[int(some.order[0])]
    return f"{title}: {told} of {len(some.paths)} paths told from luck, {strongest} most"
