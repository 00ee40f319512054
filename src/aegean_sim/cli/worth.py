"""What units, desks and links are worth, printed for a person or a program."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.table import Table

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.scenario.loading import Loaded
    from aegean_sim.study.worth import VoiceWorth, Worth

_KINDS = {"force": "Forces and other sources", "unit": "Units", "desk": "Desks", "link": "From desk to desk"}
_GAINS = {
    "boats_acted_on": "boats\nacted on",
    "persons_acted_on": "persons\nin them",
    "deaths_averted": "deaths\naverted",
}


def show_worth(loaded: Loaded, replications: int, hops: Sequence[str] = (), *, as_json: bool = False) -> None:
    """Run all pairs of a scenario and print what they show.

    Parameters
    ----------
    loaded : Loaded
        The scenario.
    replications : int
        Runs of each, from number 0.
    hops : sequence of str
        Hops, ``sender>receiver``, that get Shapley shares; by default the five that most reports take.
    as_json : bool
        Whether one JSON document is printed and nothing else.
    """
    from aegean_sim.cli.progress import progress_bars  # noqa: PLC0415  (`--help` must not wait for any of these)
    from aegean_sim.study.worth import worth  # noqa: PLC0415

    with progress_bars(shown=not as_json) as progress:
        found = worth(loaded, replications, hops, progress=progress)
    if as_json:
        typer.echo(json.dumps(worth_document(loaded.scenario.name, found), allow_nan=False))
    else:
        _print(loaded.scenario.name, found)


def worth_document(scenario: str, found: Worth) -> dict[str, object]:
    """Give all numbers in plain form; intervals are there with two replications or more."""
    return {
        "scenario": scenario,
        "replications": found.replications,
        "runs": found.runs,
        "worth": [
            {"kind": each.voice.kind, "name": each.voice.name, "reports": each.reports}
            | _plain({"boats_changed": each.boats_changed, **each.gains})
            for each in found.voices
        ],
        "shapley": [{"hop": hop} | _plain(shares) for hop, shares in found.shares.items()],
        "all_hops": _plain(found.all_hops),
    }


def _plain(estimates: Mapping[str, Estimate]) -> dict[str, object]:
    return {
        name: each.mean if math.isnan(each.low) else {"mean": each.mean, "low": each.low, "high": each.high}
        for name, each in estimates.items()
    }


def _print(scenario: str, found: Worth) -> None:
    from rich.console import Console  # noqa: PLC0415  (`--help` must not wait for it)

    console = Console(highlight=False)
    if not found.voices:
        console.print(f"{scenario}: nobody reported anything, so there is nothing to silence.")
        return
    several = f"means of {found.replications} replications" if found.replications > 1 else "one replication"
    intervals = ", ± half a 95 % interval" if found.replications > 1 else ""
    console.print(f"{scenario}: {several}{intervals}, {found.runs} runs in all.")
    console.print("What would be missing, were its reports withheld and all else drawn the same:")
    console.print(_voices(found.voices))
    if found.shares:
        console.print("Shapley shares of these hops, which do add up; all other hops at work:")
        console.print(_shares(found))


def _voices(voices: Sequence[VoiceWorth]) -> Table:
    table = _table("reports", "boats\nchanged", *_GAINS.values())
    for kind, title in _KINDS.items():
        some = [each for each in voices if each.voice.kind == kind]
        if not some:
            continue
        table.add_row(f"[bold]{title}[/bold]")
        decisive = [each for each in some if each.boats_changed.mean > 0.0]
        for each in sorted(decisive, key=lambda each: -each.boats_changed.mean):
            cells = [_cell(one) for one in (each.boats_changed, *(each.gains[name] for name in _GAINS))]
            table.add_row(f"  {each.voice.name}", _short(each.reports), *cells)
        others = [each.reports for each in some if not each.boats_changed.mean]
        if others:
            table.add_row(f"  {len(others)} changed nothing", _short(sum(others)))
        table.add_section()
    return table


def _shares(found: Worth) -> Table:
    table = _table(*_GAINS.values())
    for hop, shares in found.shares.items():
        table.add_row(f"  {hop}", *(_cell(shares[name]) for name in _GAINS))
    table.add_section()
    table.add_row("  all of them", *(_cell(found.all_hops[name]) for name in _GAINS))
    return table


def _table(*headings: str) -> Table:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("", no_wrap=True)
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _cell(estimate: Estimate) -> str:
    if math.isnan(estimate.high):
        return _short(estimate.mean)
    return f"{_short(estimate.mean)} ± {_short(estimate.high - estimate.mean)}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value.is_integer() or abs(value) >= 10.0 else f"{value:.1f}"
