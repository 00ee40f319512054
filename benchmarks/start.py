"""How long a user waits: for `--help`, and until a run has started sailing; wall clock, fresh processes."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

ROUNDS = 7
_HELP = "from aegean_sim.cli.main import main; main()"
_UNDER_WAY = """
from aegean_sim.cli.main import main
from aegean_sim.engine.world import build_world
from aegean_sim.scenario.loading import load_scenario
loaded = load_scenario("aegean-2016")
build_world(loaded.scenario, loaded.folder, 0).env.step()
"""


def waits_s() -> dict[str, list[float]]:
    """Give the waits of all rounds, interleaved; a first round fills the disk's cache and is dropped."""
    commands = {
        "bare interpreter": ["-c", "pass"],
        "aegean-sim --help": ["-c", _HELP, "--help"],
        "aegean-2016 under way": ["-c", _UNDER_WAY],
    }
    waits: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(ROUNDS + 1):
        for name, arguments in commands.items():
            begun = perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)  # noqa: S603  (our own)
            if number:
                waits[name].append(perf_counter() - begun)
    return waits


def main() -> None:
    for name, waits in waits_s().items():
        print(f"{name}: median {median(waits):.3f} s, least {min(waits):.3f} s")


if __name__ == "__main__":
    main()
