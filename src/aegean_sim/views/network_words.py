"""Words over a picture of a network, and what stands out in it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aegean_sim.handoff.phrases import counted, listed, minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.handoff.description import LinkDescription, NetworkDescription, RuleDescription

    _Saving = tuple[float, str, str, str]


def finding(network: NetworkDescription) -> str:
    """Tell in one line what stands out: what a round table saves, the slowest hop, or what is missing."""
    if not network.desks:
        return "No desk: nobody is told what the units see"
    links = [link for link in network.links if not link.silenced]
    if not links:
        return f"{counted(len(network.desks), 'desk')}, no open link: no desk tells another"
    joined = [way for rule in network.sharing for way in _by_table(network, rule)]
    if joined:
        return _saved(max(joined))
    slowest = max(links, key=_takes_min)
    return f"Slowest hop: {slowest.sender} to {slowest.receiver}, typically {_takes(slowest)} by link"


def _takes_min(link: LinkDescription) -> float:
    """Rank links by their medians: of the passage, and of translation."""
    return link.latency.typical_min + (0.0 if link.translation is None else link.translation.typical_min)


def _takes(link: LinkDescription) -> str:
    translation = "" if link.translation is None else f" and {link.translation.typical} of translation"
    return f"{link.latency.typical}{translation}"


def _by_table(network: NetworkDescription, rule: RuleDescription) -> Iterator[_Saving]:
    """Give what a word saves on each of a rule's ways, minutes, who tells whom, and how long links take."""
    for way in rule.ways:
        if way.across_table is None:
            continue
        word = way.across_table
        takes_min, takes = _over_links(network, (rule.sender, *way.path))
        yield takes_min - word.typical_min, f"{rule.sender} tells {way.receiver}", word.typical, takes


def _over_links(network: NetworkDescription, path: tuple[str, ...]) -> tuple[float, str]:
    """Add up the medians on a way: of its links, and of the desks that send on."""
    links = {(link.sender, link.receiver): link for link in network.links}
    steps = [links[step] for step in pairwise(path)]
    relays = [desk.handling.typical_min for desk in network.desks if desk.name in path[1:-1]]
    takes_min = sum(map(_takes_min, steps)) + sum(relays)
    if len(steps) == 1:
        return takes_min, f"by link in {_takes(steps[0])}"
    return takes_min, f"by way of {listed(path[1:-1])} in {minutes(takes_min)} min"


def _saved(way: _Saving) -> str:
    _, who, word, links = way
    return f"Across the round table {who} in {word}; {links}"


def how_to_read(network: NetworkDescription) -> str:
    """Tell what the numbers in a picture are."""
    said = "Times are medians, and in brackets the 5 % and 95 % quantiles"
    added = any(link.translation is not None for link in network.links)
    return f"{said}; + what translation adds" if added else said


def size(network: NetworkDescription, title: str) -> str:
    """Tell what the network is of, and what it is made of."""
    told = (counted(len(network.desks), "desk"), counted(len(network.links), "link"))
    counts = ", ".join((*told, counted(len(network.sharing), "sharing rule")))
    return f"{title} · {counts}" if title else counts
