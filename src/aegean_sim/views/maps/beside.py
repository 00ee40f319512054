"""Maps beside each other: of each watcher of a scenario, or of several scenarios and what differs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from aegean_sim.recording.labels import force_in_words
from aegean_sim.recording.layers import ALL
from aegean_sim.views import headline, style
from aegean_sim.views.ground import ground_of
from aegean_sim.views.maps.asked import OWNERS, watchers_of
from aegean_sim.views.maps.crossings import crossings_of
from aegean_sim.views.maps.heat import difference, shared_sea
from aegean_sim.views.maps.multiples import Multiples, Panel, draw_multiples, window_of
from aegean_sim.views.maps.outcomes import Outcomes, outcome_keys
from aegean_sim.views.maps.page import Caption
from aegean_sim.views.maps.scales import UNSEEN, difference_of, scale_of
from aegean_sim.views.maps.unseen import Unseen
from aegean_sim.views.maps.words import (
    change_in_words,
    colours_in_words,
    in_short,
    mark_of,
    most_in_words,
    points_in_words,
)
from aegean_sim.views.marks import draw_unit_marks
from aegean_sim.views.scene import scene_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aegean_sim.recording.layers import Layer
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.asked import Asked
    from aegean_sim.views.maps.heat import Heat
    from aegean_sim.views.maps.subjects import Subject
    from aegean_sim.views.sheet import Sheet
    from aegean_sim.views.window import Window

_MOST_WATCHERS = 11
_TOGETHER = "All together"
_SHARES = {"seen": ("boats_seen_share", "seen"), "in_time": ("boats_told_in_time_share", "told of in time")}


@dataclass(frozen=True, slots=True)
class _Side:
    """One of several things drawn side by side."""

    title: str
    subject: Subject
    layer: Layer


def split_page(subject: Subject, asked: Asked, theatre: str) -> Sheet:
    """Draw what all do together, and each owner or unit alone; of very many those who saw most boats."""
    scenario = subject.first.scenario
    names = _most_active(subject, watchers_of(asked.split, scenario, theatre), asked.split, theatre)
    sides = [
        _Side(_TOGETHER, subject, asked.layer),
        *(_Side(force_in_words(name), subject, replace(asked.layer, by=name)) for name in names),
    ]
    panels, finding = _panels(sides, asked, theatre, most_in_words)
    marked = [_with_units(panel, side, theatre) for panel, side in zip(panels, sides, strict=True)]
    left_out = len(watchers_of(asked.split, scenario, theatre)) - len(names)
    more = f" · {left_out} {asked.split} that saw fewer boats are left out" if left_out else ""
    when = subject.when(together=asked.kind != "coverage")
    return _sheet(sides, marked, [], finding, when + more, asked, theatre)


def beside_page(subjects: Sequence[Subject], asked: Asked, theatre: str, *, in_order: bool) -> Sheet:
    """Draw several scenarios, and beneath each how it differs from the one before, or from the first."""
    sides = [_Side(subject.title, subject, asked.layer) for subject in subjects]
    panels, finding = _panels(sides, asked, theatre, change_in_words)
    changes = _changes(panels, asked.layer, in_order=in_order) if asked.kind == "coverage" else []
    common, own = _when(subjects, together=asked.kind != "coverage")
    told = [replace(panel, notes=(*panel.notes, *parts)) for panel, parts in zip(panels, own, strict=True)]
    return _sheet(sides, told, changes, finding, common, asked, theatre)


def _when(subjects: Sequence[Subject], *, together: bool) -> tuple[str, list[list[str]]]:
    """Tell which time and draws all share, and what is each one's own and not in its title."""
    parts = [subject.when_in_parts(together=together) for subject in subjects]
    is_common = [len(set(each)) == 1 for each in zip(*parts, strict=True)]
    common = ", ".join(part for part, shared in zip(parts[0], is_common, strict=True) if shared)
    own = [
        [
            part
            for part, shared in zip(each, is_common, strict=True)
            if not shared and part not in subject.title
        ]
        for each, subject in zip(parts, subjects, strict=True)
    ]
    return common, own


def _most_active(subject: Subject, names: list[str], split: str, theatre: str) -> list[str]:
    if len(names) <= _MOST_WATCHERS:
        return names
    column = "owner" if split == OWNERS else "unit"
    saw: Counter[str] = Counter()
    for run in subject.runs:
        contacts = run.table("contacts")
        seen = contacts[(contacts["theatre"] == theatre) & (contacts["voyage"] != "")]
        saw.update(seen.drop_duplicates([column, "voyage", "copy"])[column].tolist())
    return sorted(names, key=lambda name: -saw[name])[:_MOST_WATCHERS]


def _panels(
    sides: Sequence[_Side], asked: Asked, theatre: str,
    told: Callable[[Layer, Sequence[str], Sequence[Heat]], str],
) -> tuple[list[Panel], str]:  # fmt: skip
    """Give a panel of each side, and what comes out of all."""
    if asked.kind == "coverage":
        heats = [side.subject.heat(side.layer, theatre) for side in sides]
        shared = shared_sea(heats)
        value = mark_of(asked.layer.metric, shared)
        panels = [
            _heat_panel(side, heat, in_short(part, asked.layer.metric, value), theatre)
            for side, heat, part in zip(sides, heats, shared, strict=True)
        ]
        return panels, told(asked.layer, [side.title for side in sides], shared)
    make = _outcomes_panel if asked.kind == "outcomes" else _unseen_panel
    made = [make(side, ground_of(side.subject.first.scenario, theatre)) for side in sides]
    panels = [panel for panel, _, _ in made]
    (first, told_first, _), (last, told_last, _) = made[0], made[-1]
    if not asked.split:
        return panels, f"{told_first} ({first.title}) and {told_last} ({last.title})"
    return panels, f"{told_first}; {_extremes(made[1:])}"


def _extremes(alone: Sequence[tuple[Panel, str, float]]) -> str:
    """Tell of which of several watchers, each alone, most is unseen and of which least."""
    most, least = (choose(alone, key=itemgetter(2))[0].title for choose in (max, min))
    return "alike by each alone" if most == least else f"most unseen by {most} alone, least by {least}"


def _heat_panel(side: _Side, heat: Heat, note: str, theatre: str) -> Panel:
    """Give a panel of a heat, with its headline numbers."""
    notes = [note]
    share, words = _SHARES.get(side.layer.metric, ("", ""))
    if share:
        name = share if side.layer.by == ALL else f"{share}_{side.layer.by}"
        value = side.subject.kpis(theatre).get(name)
        if not side.subject.kpis(theatre)["boats"]:
            notes.insert(0, "no boat set out")
        elif value is not None:
            notes.insert(0, f"{headline.percent(value)} of boats {words}")
    return Panel(side.title, tuple(notes), heat)


def _outcomes_panel(side: _Side, ground: Ground) -> tuple[Panel, str, float]:
    crossings = crossings_of(side.subject.runs, ground.theatre, side.layer)
    never = sum(not len(boat.seen) for boat in crossings)
    met = sum(boat.outcome in ("met", "rescued", "stopped") for boat in crossings)
    notes = (f"{len(crossings):,} boats, {met:,} reached", f"{never:,} never seen{_by(side)}")
    content = Outcomes(ground, crossings)
    told = f"{never:,} of {len(crossings):,} boats never seen"
    return Panel(side.title, notes, None, content.draw), told, float(never)


def _by(side: _Side) -> str:
    return "" if side.layer.by == ALL else f" by {force_in_words(side.layer.by)}"


def _unseen_panel(side: _Side, ground: Ground) -> tuple[Panel, str, float]:
    content = Unseen.of(ground, crossings_of(side.subject.runs, ground.theatre, side.layer))
    unseen_h, hours = content.mean_hours()
    note = f"{unseen_h:.1f} of {hours:.1f} h unseen{_by(side)}"
    return Panel(side.title, (note,), None, content.draw), f"A boat sails {note}", unseen_h


def _with_units(panel: Panel, side: _Side, theatre: str) -> Panel:
    """Add the marks of those who watch."""
    if panel.heat is None or side.title == _TOGETHER:
        return panel
    run, by = side.subject.first, side.layer.by
    scene = scene_of(run, ground_of(run.scenario, theatre), None)
    units = [unit for unit in scene.units if by in (unit.owner, unit.name)]
    looks = style.owner_styles(scene.owners())
    look = looks[units[0].owner] if units else style.OTHERS
    return replace(panel, overlay=lambda axes, size: draw_unit_marks(axes, units, look, size))


def _changes(panels: Sequence[Panel], layer: Layer, *, in_order: bool) -> list[Panel | None]:
    scale = difference_of(layer.metric)
    changes: list[Panel | None] = [None]
    for number, panel in enumerate(panels[1:], start=1):
        earlier = panels[number - 1 if in_order else 0]
        if panel.heat is None or earlier.heat is None:
            return []
        change = difference(panel.heat, earlier.heat, scale)
        changes.append(Panel(f"Change from {earlier.title}", (points_in_words(change, layer),), change))
    return changes


def _sheet(
    sides: Sequence[_Side], panels: Sequence[Panel], changes: Sequence[Panel | None], finding: str, when: str,
    asked: Asked, theatre: str,
) -> Sheet:  # fmt: skip
    subject = sides[0].subject
    ground = ground_of(subject.first.scenario, theatre)
    scene = scene_of(subject.first, ground, panels[0].heat)
    shown = Multiples(
        panels,
        changes,
        scene.boats,
        scene.points(),
        {"coverage": scale_of(asked.layer.metric, asked.layer.hours), "unseen": UNSEEN}.get(asked.kind),
        difference_of(asked.layer.metric) if changes else None,
        _how_to_read(asked.layer),
        tuple(outcome_keys()) if asked.kind == "outcomes" else (),
    )
    firsts = {side.subject.first.folder: side.subject.first for side in sides}
    credits_ = headline.credits_of_several(list(firsts.values()), ground.frame)
    better = "; change: blue is better, red is worse" if changes else ""
    edges = _edges_in_words(panels, window_of(ground, shown.points))
    blind = "the one named has no boat (together: nobody has one)" if asked.split else "nobody has boats"
    about = {
        "coverage": f"{colours_in_words(asked.layer)}{better}{edges}",
        "outcomes": "Marks: where each boat's voyage ended; hollow: nobody saw it. Dots: where first seen",
        "unseen": f"Colour: share of their time in a stretch in which {blind} in sight",
    }[asked.kind]
    return draw_multiples(ground, shown, Caption(finding, "", (about, when), tuple(credits_)))


def _edges_in_words(panels: Sequence[Panel], window: Window) -> str:
    """Tell what hatching means, and of which cells the numbers are, where there is any."""
    areas = {panel.heat.area for panel in panels if panel.heat is not None}
    shared = ", areas are of the cells that all have" if len(areas) > 1 else ""
    hatched = "; hatched: no cells worked out" if not all(area.contains(window) for area in areas) else ""
    return hatched + (shared if hatched else shared.replace(",", ";"))


def _how_to_read(layer: Layer) -> tuple[str, ...]:
    clear = difference_of(layer.metric).clear
    return (
        "Above: the same colour is the",
        "same value on every map.",
        "",
        "Below: what changes. Blue is",
        "better, red is worse, no colour",
        f"is {clear}.",
        "",
        "Here nothing is compared:",
        "this map is the first.",
    )
