"""What stands beside a map: the bar of its colours and the list of its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aegean_sim.recording.labels import force_in_words
from aegean_sim.views import style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.heat import Heat
    from aegean_sim.views.maps.scales import Scale
    from aegean_sim.views.scene import Scene
    from aegean_sim.views.style import OwnerStyle, Shape
    from aegean_sim.views.window import Window

_LONGEST_NAME = 19


def draw_colour_bar(axes: Axes, scale: Scale, *, upright: bool = False) -> None:
    """Fill a panel with the bar of a scale; its bins are the same on every map."""
    from matplotlib.cm import ScalarMappable  # noqa: PLC0415  (heavy)

    colours, norm = scale.colours()
    axes.figure.colorbar(
        ScalarMappable(norm, colours), cax=axes, orientation="vertical" if upright else "horizontal",
        spacing="uniform", ticks=scale.bins, extend=_extend(scale), extendfrac=0.06,
    )  # fmt: skip
    axes.set_facecolor(style.SEA)
    (axes.set_yticklabels if upright else axes.set_xticklabels)(scale.ticks)
    axes.tick_params(labelsize=7.5, length=2, color=style.FAINT_INK, labelcolor=style.INK)
    if upright:
        axes.set_ylabel(scale.title, fontsize=8.5, color=style.INK)
    else:
        axes.set_title(scale.title, fontsize=9, loc="left", pad=4, color=style.INK)


def _extend(scale: Scale) -> str:
    if scale.is_difference:
        return "both"
    return "max" if scale.beyond else "neither"


def draw_legend(
    axes: Axes, scene: Scene, window: Window, owners: Mapping[str, OwnerStyle], heading: str = ""
) -> float:
    """Fill a panel with the list of what is drawn, and nothing that is not, and give its height, inches."""
    first = [line_handle(label=heading, ls="none")] if heading else []
    handles = [_owners_handle(scene, look, names) for look, names in _grouped(owners).items()]
    return add_keys(axes, [*first, *handles, *_other_handles(scene, window)])


def add_keys(axes: Axes, handles: Sequence[Any]) -> float:
    """Fill a panel with keys, from its top, and give how high they are, inches."""
    axes.set_axis_off()
    legend = axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, 0, 1, 1),
        borderaxespad=0, borderpad=0, frameon=False, fontsize=8, labelcolor=style.INK, handlelength=1.8,
        labelspacing=0.5,
    )  # fmt: skip
    return float(legend.get_window_extent().height) / axes.figure.dpi


def _grouped(owners: Mapping[str, OwnerStyle]) -> dict[OwnerStyle, list[str]]:
    """Give the owners by their look; those without a colour of their own share one."""
    groups: dict[OwnerStyle, list[str]] = {}
    for owner, look in owners.items():
        groups.setdefault(look, []).append(owner)
    return groups


def line_handle(**look: Any) -> Any:
    """Give a line or mark for a key."""
    from matplotlib.lines import Line2D  # noqa: PLC0415  (heavy)

    return Line2D([], [], **look)


def _dot(shape: Shape, size: float, label: str) -> Any:
    """Give a mark of whatever owner."""
    colour = style.OTHERS.colour
    return line_handle(marker=shape, ms=size, mfc=colour, mec="white", mew=0.5, ls="none", label=label)


def _owners_handle(scene: Scene, look: OwnerStyle, owners: list[str]) -> Any:
    units = sum(scene.units_there.get(owner, 0) for owner in owners)
    seen = sum(len(scene.first_seen.get(owner, ())) for owner in owners)
    name = _short(owners[0]) if len(owners) == 1 else f"{len(owners)} more owners"
    count = f"{units:,} unit{'' if units == 1 else 's'}" if units else "passing ships"
    label = f"{name}: {count}, first to see {seen:,}"
    return line_handle(label=label, color=look.colour, lw=1.0, marker=look.shape, ms=7, mec="white", mew=0.8)


def _short(owner: str) -> str:
    name = force_in_words(owner)
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _other_handles(scene: Scene, window: Window) -> list[Any]:
    handles = []
    kinds = {unit.kind for unit in scene.units}
    for kind, words in (("aircraft", "aircraft"), ("station", "shore station")):
        if kind in kinds:
            shape, large = style.shape_of(kind, style.OTHERS)
            handles.append(_dot(shape, 7 * large, f"{words} (colour: owner)"))
    if scene.first_seen:
        handles.append(_dot("o", 4, "boat first seen (colour: owner)"))
    if scene.boats:
        handles.append(line_handle(label=_boats(scene), color=style.BOAT, lw=0.8))
    return [*handles, *base_handles(scene.ground, scene.heat, window)]


def base_handles(ground: Ground, heat: Heat | None, window: Window) -> list[Any]:
    """Give what is to be said of limits, and of the edge and the clear cells of a heat."""
    handles = []
    if ground.territorial is not None:
        label = "territorial sea (model boundary,\nindicative only)"
        handles.append(line_handle(label=label, color=style.BOUNDARY, lw=0.9, ls=(0, (4, 3))))
    if heat is None:
        return handles
    if not heat.area.contains(window):
        handles.append(
            line_handle(label="edge of the cells worked out", color=style.FAINT_INK, lw=0.8, ls=":")
        )
    return [*handles, _clear(heat.scale)] if heat.scale.clear else handles


def _boats(scene: Scene) -> str:
    if scene.boats_drawn < scene.boats_total:
        return f"boat tracks ({scene.boats_drawn:,} of {scene.boats_total:,})"
    return f"boat tracks ({scene.boats_total:,})"


def _clear(scale: Scale) -> Any:
    return patch_handle(style.SEA, scale.clear)


def patch_handle(colour: str, label: str) -> Any:
    """Give a coloured field for a key."""
    from matplotlib.patches import Patch  # noqa: PLC0415  (heavy)

    return Patch(fc=colour, ec=style.GRATICULE, lw=0.6, label=label)
