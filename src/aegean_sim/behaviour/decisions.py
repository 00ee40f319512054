"""Decisions: what a desk may say of a report."""

from aegean_sim.handoff.hop import Decision

LATE = Decision("refused", "late", timely=False)
CANNOT_ACT = Decision("refused", "cannot_act", timely=False)
NO_UNIT_FREE = Decision("refused", "no_unit_free", timely=False)
QUEUED = Decision("queued", "no_unit_free", timely=False)
MAY_NOT_ACT = Decision("refused", "may_not_act", timely=False)
MAY_NOT_ACT_YET = Decision("queued", "may_not_act", timely=False)
OUT_OF_REACH = Decision("refused", "out_of_reach", timely=False)
NO_ROOM = Decision("refused", "no_room", timely=False)
ENDED = Decision("known", "already_ended", timely=False)
TASKED = Decision("tasked", "", timely=True)
BOUNCED = Decision("bounced", "neither_answers", timely=False)
