"""Colours of what is exported: by what a thing is or became, apart for colour-blind readers too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.views.style import OTHERS, owner_styles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.exports.request import Request

ORANGE, SKY, GREEN, BLUE = "#E69F00", "#56B4E9", "#009E73", "#0072B2"
VERMILION, PURPLE, BLACK, GREY = "#D55E00", "#CC79A7", "#000000", OTHERS.colour
OUTCOMES = {
    "landed": ORANGE, "stopped": PURPLE, "met": BLUE, "rescued": GREEN, "lost": BLACK, "at_sea": SKY,
}  # fmt: skip
STATES = {"under way": SKY, "in distress": VERMILION, "capsized": BLACK}
DECISIONS = {
    "tasked": GREEN, "passed_on": BLUE, "known": SKY, "queued": ORANGE, "refused": VERMILION,
    "bounced": PURPLE, "lost": BLACK,
}  # fmt: skip
RESULTS = {
    "met": BLUE, "stopped": PURPLE, "rescued": GREEN, "false": GREY, "not_found": ORANGE,
    "too_late": VERMILION, "called_off": SKY, "duplicate": "#F0E442", "under_way": BLACK,
}  # fmt: skip


def owner_colours(request: Request) -> Mapping[str, str]:
    """Give each owner the colour that it has on maps."""
    styles = owner_styles(craft.owner for craft in request.crafts.values())
    return {owner: look.colour for owner, look in styles.items()}
