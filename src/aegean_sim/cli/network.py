"""`aegean-sim network`: who tells whom, over which links, and how long it takes, in tables and a picture."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.handoff.description import NetworkDescription
    from aegean_sim.scenario.loading import Loaded

RESULTS = Path("results")
EXAMPLES = """\b
Examples:
  aegean-sim network aegean-2016                            tables, and results/aegean-2016-network.png
  aegean-sim network my.yaml --out network.svg
  aegean-sim network aegean-2016 --set handoffs.round_tables.flagship.switched_on=false --no-picture
  aegean-sim network aegean-2016 --no-picture --json        numbers for a program
  aegean-sim network aegean-2016 --worth --replications 4   what each unit, desk and link is worth
"""
_PICTURES = (".png", ".pdf", ".svg")
_Scenario = Annotated[str, typer.Argument(help="A scenario file, or the name of a built-in scenario.")]
_Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="A.B.C=VALUE", help="Change a value of the scenario; may be repeated."),
]
_Out = Annotated[Path | None, typer.Option(help="Picture to write.  [default: results/NAME-network.png]")]
_Worth = Annotated[
    bool, typer.Option("--worth", help="Run pairs to see what each unit, desk and link is worth.")
]
_Replications = Annotated[
    int | None, typer.Option(min=1, help="Runs of each pair, with --worth.  [default: 1]")
]
_Hops = Annotated[
    str | None,
    typer.Option(
        metavar="A>B,C>D", help="Hops that get shares, with --worth.  [default: the five used most]"
    ),
]
_NoPicture = Annotated[bool, typer.Option("--no-picture", help="Leave out the picture.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def network(
    scenario: _Scenario,
    *,
    overrides: _Overrides = None,
    out: _Out = None,
    worth: _Worth = False,
    replications: _Replications = None,
    hops: _Hops = None,
    no_picture: _NoPicture = False,
    as_json: _AsJson = False,
) -> None:
    """Tell who tells whom in a scenario: desks, links, round tables, and who learns what.

    Typical times are medians; ranges leave out the fastest and the slowest 5 %.

    With --worth many runs are made instead, in each of which somebody's reports, a desk or a link is left
    out, to see whose fate that changes; no picture is drawn.
    """
    if worth:
        _refuse(
            {"--out": out is not None, "--no-picture": no_picture},
            "--worth draws none: leave out one of the two",
        )
        _show_worth(scenario, overrides or [], replications or 1, hops, as_json=as_json)
        return
    _refuse({"--hops": hops is not None, "--replications": replications is not None}, "goes with --worth")
    _refuse({"--out": no_picture and out is not None}, "--no-picture writes none: leave out one of the two")
    _show_network(scenario, overrides or [], out, no_picture=no_picture, as_json=as_json)


def _refuse(given: Mapping[str, bool], rule: str) -> None:
    """Tell the rule of the first option that is given, if one is."""
    for option, is_given in given.items():
        if is_given:
            raise typer.BadParameter(rule, param_hint=option)


def _show_worth(
    scenario: str, overrides: list[str], replications: int, hops: str | None, *, as_json: bool
) -> None:
    from aegean_sim.cli.worth import show_worth  # noqa: PLC0415  (`--help` must not wait for these)
    from aegean_sim.scenario.loading import load_scenario  # noqa: PLC0415

    _refuse({"--hops": hops is not None and not hops.strip()}, "names no hop; leave it out, or give A>B,C>D")
    named = [] if hops is None else hops.split(",")
    show_worth(load_scenario(scenario, overrides), replications, named, as_json=as_json)


def _show_network(
    scenario: str, overrides: list[str], out: Path | None, *, no_picture: bool, as_json: bool
) -> None:
    from aegean_sim.cli.network_tables import show_network  # noqa: PLC0415  (`--help` must not wait for these)
    from aegean_sim.handoff.description import describe  # noqa: PLC0415
    from aegean_sim.scenario.loading import load_scenario  # noqa: PLC0415

    loaded = load_scenario(scenario, overrides)
    described = describe(loaded.scenario)
    picture = None if no_picture else _drawn(loaded, described, out)
    if as_json:
        typer.echo(json.dumps(_document(loaded, described, picture), allow_nan=False))
    else:
        show_network(described)
        if picture is not None:
            typer.echo(f"Picture: {picture}")


def _drawn(loaded: Loaded, described: NetworkDescription, out: Path | None) -> Path:
    """Draw the picture, and give its path."""
    picture = out or RESULTS / f"{loaded.scenario.name}-network.png"
    if picture.suffix.lower() not in _PICTURES:
        raise typer.BadParameter(f"{picture} must end in one of {', '.join(_PICTURES)}", param_hint="--out")
    from aegean_sim.scenario.fingerprint import fingerprint  # noqa: PLC0415
    from aegean_sim.views.network_chart import draw_network  # noqa: PLC0415

    origin = fingerprint(loaded.scenario, loaded.folder)
    return draw_network(described, loaded.scenario, origin, picture)


def _document(loaded: Loaded, described: NetworkDescription, picture: Path | None) -> dict[str, object]:
    from aegean_sim.scenario.fingerprint import fingerprint  # noqa: PLC0415

    return {
        "name": loaded.scenario.name,
        "fingerprint": fingerprint(loaded.scenario, loaded.folder),
        "picture": None if picture is None else str(picture),
        **asdict(described),
    }
