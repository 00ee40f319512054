"""What stands beside a map: the bar of its colours and the list of its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aegean_sim.recording.labels import force_in_words
from aegean_sim.views import style
from aegean_sim.views.window import grid_area

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from aegean_sim.views.scene import Scene
    from aegean_sim.views.style import OwnerStyle
    from aegean_sim.views.window import Window

_UNNAMED = {"nobody": "no owner"}
"""What a scenario calls the owner of units for which it names none."""
_LONGEST_NAME = 19


def draw_colour_bar(axes: Axes) -> None:
    """Fill a panel with the bar of probabilities; its bins are the same on every map."""
    from matplotlib.cm import ScalarMappable  # noqa: PLC0415  (heavy)

    colours, norm = style.probability_colours()
    axes.figure.colorbar(
        ScalarMappable(norm, colours), cax=axes, orientation="horizontal", spacing="uniform",
        ticks=style.PROBABILITY_BINS,
    )  # fmt: skip
    axes.set_xticklabels([f"{100 * edge:.0f}" for edge in style.PROBABILITY_BINS])
    axes.tick_params(labelsize=7.5, length=2, color=style.FAINT_INK, labelcolor=style.INK)
    axes.set_title("Seen within an hour, per cent", fontsize=9, loc="left", pad=4, color=style.INK)


def draw_legend(axes: Axes, scene: Scene, window: Window, owners: Mapping[str, OwnerStyle]) -> None:
    """Fill a panel with the list of what is drawn, and nothing that is not."""
    axes.set_axis_off()
    handles = [_owners_handle(scene, look, names) for look, names in _grouped(owners).items()]
    axes.legend(
        handles=[*handles, *_other_handles(scene, window)], loc="upper left", bbox_to_anchor=(0, 0, 1, 1),
        borderaxespad=0, borderpad=0, frameon=False, fontsize=8, labelcolor=style.INK, handlelength=1.8,
        labelspacing=0.55,
    )  # fmt: skip


def _grouped(owners: Mapping[str, OwnerStyle]) -> dict[OwnerStyle, list[str]]:
    """Give the owners by their look; those without a colour of their own share one."""
    groups: dict[OwnerStyle, list[str]] = {}
    for owner, look in owners.items():
        groups.setdefault(look, []).append(owner)
    return groups


def _line(**look: Any) -> Any:
    from matplotlib.lines import Line2D  # noqa: PLC0415  (heavy)

    return Line2D([], [], **look)


def _dot(shape: str, size: float, label: str) -> Any:
    """Give a mark of whatever owner."""
    colour = style.OTHERS.colour
    return _line(marker=shape, ms=size, mfc=colour, mec="white", mew=0.5, ls="none", label=label)


def _owners_handle(scene: Scene, look: OwnerStyle, owners: list[str]) -> Any:
    units = sum(scene.units_there.get(owner, 0) for owner in owners)
    seen = sum(len(scene.first_seen.get(owner, ())) for owner in owners)
    name = _short(owners[0]) if len(owners) == 1 else f"{len(owners)} more owners"
    count = f"{units:,} unit{'' if units == 1 else 's'}" if units else "passing ships"
    label = f"{name}: {count}, first to see {seen:,}"
    return _line(label=label, color=look.colour, lw=1.0, marker=look.shape, ms=7, mec="white", mew=0.8)


def _short(owner: str) -> str:
    name = _UNNAMED.get(owner, force_in_words(owner))
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _other_handles(scene: Scene, window: Window) -> list[Any]:
    handles = []
    if any(unit.on_shore for unit in scene.units):
        handles.append(_dot(style.STATION_SHAPE, 7, "shore station (colour: owner)"))
    if scene.first_seen:
        handles.append(_dot("o", 4, "boat first seen (colour: owner)"))
    if scene.boats:
        handles.append(_line(label=_boats(scene), color=style.BOAT, lw=0.8))
    if scene.territorial is not None:
        label = "territorial sea (model boundary,\nindicative only)"
        handles.append(_line(label=label, color=style.BOUNDARY, lw=0.9, ls=(0, (4, 3))))
    if not grid_area(scene.grid).contains(window):
        handles.append(_line(label="edge of the cells worked out", color=style.FAINT_INK, lw=0.8, ls=":"))
    return [*handles, _below()]


def _boats(scene: Scene) -> str:
    if scene.boats_drawn < scene.boats_total:
        return f"boat tracks ({scene.boats_drawn:,} of {scene.boats_total:,})"
    return f"boat tracks ({scene.boats_total:,})"


def _below() -> Any:
    from matplotlib.patches import Patch  # noqa: PLC0415  (heavy)

    return Patch(fc=style.SEA, ec=style.GRATICULE, lw=0.6, label="sea, below 5 %")
