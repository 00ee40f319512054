"""Operations: what a force may do from which day on, and what becomes of the boats it has emptied."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from aegean_sim.scenario.base import Chosen, Model, Name, NotNegative, Share, Waters
from aegean_sim.scenario.forces import Duty


class Phase(Model):
    """A stretch of an operation, to the next phase.

    Parameters
    ----------
    duties : set of str, optional
        What units of the force may do, of what their own entries say; all of that where it is left out.
    destroys : float
        Share of the boats whose people it took off that it destroys.
    suspects_per_boat : float
        Mean number of persons arrested for each such boat (Poisson law).
    waters : set of str
        Where it destroys and arrests; anywhere when empty.
    """

    name: Name
    since: date
    duties: Chosen[Duty] | None = None
    destroys: Share = 0.0
    suspects_per_boat: NotNegative = 0.0
    waters: Chosen[Waters] = frozenset({"high_seas"})


class Operation(Model):
    """A force's operation, phase by phase; before the first its units may not board anybody.

    Parameters
    ----------
    reused : float
        Share of the boats left to drift that are used again.
    """

    force: Name
    phases: Annotated[tuple[Phase, ...], Field(min_length=1)]
    reused: Share = 0.0

    @model_validator(mode="after")
    def _in_order(self) -> Operation:
        for earlier, later in pairwise(self.phases):
            if later.since <= earlier.since:
                raise ValueError(
                    f"phase {later.name} must begin after {earlier.since}, when {earlier.name} does"
                )
        return self

    def phase_on(self, day: date) -> Phase | None:
        """Give the phase that holds on a day."""
        begun = [phase for phase in self.phases if phase.since <= day]
        return begun[-1] if begun else None
