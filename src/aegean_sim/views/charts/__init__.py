"""Charts of runs: what happened when, how long it took, and what became of everybody."""
