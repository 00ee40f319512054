"""Words over a picture of a network, and what stands out in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.handoff.phrases import counted

if TYPE_CHECKING:
    from aegean_sim.handoff.description import LinkDescription, NetworkDescription


def finding(network: NetworkDescription) -> str:
    """Tell in one line what stands out: what the round table saves, the slowest hop, or what is missing."""
    if not network.desks:
        return "No desk: nobody is told what the units see"
    links = [link for link in network.links if not link.silenced]
    if not links:
        return f"{counted(len(network.desks), 'desk')}, no open link: no desk tells another"
    told = {(rule.sender, name) for rule in network.sharing for name in rule.receivers}
    joined = [link for link in links if link.across_table and (link.sender, link.receiver) in told]
    if joined:
        return _saved(max(joined, key=_saving_min))
    slowest = max(links, key=_takes_min)
    return f"Slowest hop: {slowest.sender} to {slowest.receiver}, typically {_takes(slowest)} by link"


def _takes_min(link: LinkDescription) -> float:
    """Rank links by their medians: of the passage, and of translation."""
    return link.latency.typical_min + (0.0 if link.translation is None else link.translation.typical_min)


def _saving_min(link: LinkDescription) -> float:
    return _takes_min(link) - (0.0 if link.across_table is None else link.across_table.typical_min)


def _takes(link: LinkDescription) -> str:
    translation = "" if link.translation is None else f" and {link.translation.typical} of translation"
    return f"{link.latency.typical}{translation}"


def _saved(link: LinkDescription) -> str:
    word = "" if link.across_table is None else link.across_table.typical
    return f"Across the round table {link.sender} tells {link.receiver} in {word}; by link in {_takes(link)}"


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
