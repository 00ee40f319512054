"""What reports are worth: the same runs with something silenced, and shares of what does not add up."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.recording.replications import mean_of
from aegean_sim.study.hops import chosen, most_used, voices_of
from aegean_sim.study.replays import Replay, replayed
from aegean_sim.study.shapley import coalitions, shapley

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.record import Voice
    from aegean_sim.scenario.loading import Loaded
    from aegean_sim.study.replays import Fates

TOTALS: Mapping[str, Callable[[Fates], int]] = {
    "boats_acted_on": lambda fates: fates.boats_acted_on,
    "persons_acted_on": lambda fates: fates.persons_acted_on,
    "deaths_averted": lambda fates: -fates.dead,
}
"""What a run comes to, the more the better; deaths averted count from those of a run in which nobody dies."""


@dataclass(frozen=True, slots=True)
class VoiceWorth:
    """What one voice is worth, a mean over the replications.

    Parameters
    ----------
    reports : float
        Reports that it gave, carried or got.
    boats_changed : Estimate
        Boats that would have fared otherwise without it.
    gains : mapping of name in `TOTALS` to Estimate
        What the runs come to with it, less what they come to without.
    """

    voice: Voice
    reports: float
    boats_changed: Estimate
    gains: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Worth:
    """What all voices and hops of a scenario are worth.

    Parameters
    ----------
    runs : int
        How many were made.
    voices : tuple of VoiceWorth
    shares : mapping of hop to mapping of name in `TOTALS` to Estimate
        Shapley shares.
    all_hops : mapping of name in `TOTALS` to Estimate
        What the shares add up to: with all these hops, less with none of them.
    """

    replications: int
    runs: int
    voices: tuple[VoiceWorth, ...]
    shares: Mapping[str, Mapping[str, Estimate]]
    all_hops: Mapping[str, Estimate]


def worth(
    loaded: Loaded,
    replications: int,
    hops: Sequence[str] = (),
    *,
    workers: int | None = None,
    progress: Callable[[str], Callable[[float], None]] | None = None,
) -> Worth:
    """Replay a scenario without each voice, and with every combination of some hops.

    Parameters
    ----------
    loaded : Loaded
        The scenario.
    replications : int
        Runs of each, numbered from 0: differences are taken within a number.
    hops : sequence of str
        ``sender>receiver``, at most five; by default those that most reports take.
    workers : int, optional
        Processes at a time; the result does not depend on it.
    progress : callable, optional
        Called with the name of a stage, and gives what is called with the share of it that is done.

    Raises
    ------
    ScenarioError
        When a hop is not there, or when there are too many.
    """
    named = chosen(loaded, hops)
    start = progress or (lambda _stage: lambda _done: None)
    plain = [Replay(number) for number in range(replications)]
    fates = replayed(loaded, plain, workers=workers, progress=start(f"{replications} runs with all"))
    bases = [fates[replay] for replay in plain]
    players = named or most_used(loaded.scenario, [base.said for base in bases])
    voices = [voice for voice in voices_of(loaded.scenario) if any(base.said[voice] for base in bases)]
    alone = [_without(voice, number, base) for voice in voices for number, base in enumerate(bases)]
    together = [
        Replay(number, some) for some in coalitions([*players.values()]) for number in range(len(bases))
    ]
    todo = [replay for replay in dict.fromkeys([*alone, *together]) if replay not in fates]
    fates |= replayed(loaded, todo, workers=workers, progress=start(f"{len(todo)} runs without some"))
    shares, all_hops = _shared(players, replications, fates)
    return Worth(
        replications, len(fates), tuple(_worth_of(voice, bases, fates) for voice in voices), shares, all_hops
    )


def _without(voice: Voice, number: int, base: Fates) -> Replay:
    """Give the run without a voice: the same one where it said nothing."""
    return Replay(number, frozenset([voice])) if base.said[voice] else Replay(number)


def _worth_of(voice: Voice, bases: Sequence[Fates], fates: Mapping[Replay, Fates]) -> VoiceWorth:
    pairs = [(base, fates[_without(voice, number, base)]) for number, base in enumerate(bases)]
    return VoiceWorth(
        voice,
        sum(base.said[voice] for base in bases) / len(bases),
        _mean([base.changed_from(other) for base, other in pairs], least=0.0),
        {
            name: _mean([total(base) - total(other) for base, other in pairs])
            for name, total in TOTALS.items()
        },
    )


def _shared(
    players: Mapping[str, Voice], replications: int, fates: Mapping[Replay, Fates]
) -> tuple[dict[str, dict[str, Estimate]], dict[str, Estimate]]:
    """Give the hops' shares, and what they add up to."""
    shares: dict[str, dict[str, Estimate]] = {hop: {} for hop in players}
    all_hops = {}
    everybody = frozenset(players)
    for name, total in TOTALS.items():
        values = [_values(players, number, fates, total) for number in range(replications)]
        each = [shapley(value, list(players)) for value in values]
        for hop in players:
            shares[hop][name] = _mean([run[hop] for run in each])
        all_hops[name] = _mean([value[everybody] - value[frozenset()] for value in values])
    return shares, all_hops


def _values(
    players: Mapping[str, Voice], number: int, fates: Mapping[Replay, Fates], total: Callable[[Fates], int]
) -> dict[frozenset[str], int]:
    """Tell what one replication comes to with only some of the hops at work, for all sets of them."""
    silent = {
        some: frozenset(players[hop] for hop in players if hop not in some) for some in coalitions([*players])
    }
    return {some: total(fates[Replay(number, voices)]) for some, voices in silent.items()}


def _mean(values: Sequence[float], *, least: float = -math.inf) -> Estimate:
    return mean_of(np.array(values, dtype=np.float64), least=least)
