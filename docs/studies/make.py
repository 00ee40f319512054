"""Write the pages of the studies from their sweeps: `make studies` sweeps first.

A page is its template in which lines of ``{{word SWEEP ...}}`` are filled in from `aegean-sim compare` or
`aegean-sim sensitivity`, whose documents, tables and chosen pictures are left beside it.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from pyarrow import compute, parquet

HERE = Path(__file__).parent
SWEEPS = Path("results/sweeps")
LEVERS = {
    "sophia-ships": "fleet.sophia_support",
    "sophia-reactions": "fleet.sophia_support",
    "sophia-placement": "fleet.sophia_support",
    "sophia-assumptions": "fleet.sophia_support",
    "alternatives": "alternative",
    "round-table": "handoffs.round_tables.flagship.switched_on",
}
WORTH = ("--worth", "persons_dead:5")
SHARE = "_share"
PICTURE = re.compile(r"^!\[.*\]\((.+)\)$")
DIRECTIVE = re.compile(r"^\{\{(\w+) (.+)\}\}$")


def main() -> None:
    """Write all pages."""
    pages = {template.name: _page(template) for template in sorted((HERE / "templates").glob("*.md"))}
    for name, text in pages.items():
        (HERE / name).write_text(text, encoding="utf-8")
    for sweep in LEVERS:
        _thin(HERE / sweep, "".join(pages.values()))


def _page(template: Path) -> str:
    lines = template.read_text(encoding="utf-8").splitlines()
    return "\n".join([line for each in lines for line in _filled(each)]) + "\n"


def _thin(kept: Path, pages: str) -> None:
    """Take pictures away that no page shows, also from the document beside them."""
    for path in kept.glob("*.png"):
        if f"({kept.name}/{path.name})" not in pages:
            path.unlink()
    for document in kept.glob("*.md"):
        lines = document.read_text(encoding="utf-8").split("\n\n")
        there = [each for each in lines if not (found := PICTURE.match(each)) or (kept / found[1]).exists()]
        document.write_text("\n\n".join(there), encoding="utf-8")


def _filled(line: str) -> list[str]:
    """Fill a line in, if it asks for that."""
    found = DIRECTIVE.match(line)
    if found is None:
        return [line]
    word, given = found[1], found[2].split()
    return {
        "made": made,
        "differences": differences,
        "concluded": concluded,
        "open": left_open,
        "pairing": pairing,
        "picture": picture,
    }[word](*given)


@cache
def _studied(sweep: str) -> tuple[dict[str, Any], Path]:
    """Compare a sweep, or study its sensitivity; give what is printed for machines, and the folder kept."""
    kept = HERE / sweep
    command = "sensitivity" if _manifest(sweep)["uncertainties"] else "compare"
    worth = WORTH if command == "compare" else ()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "study"
        words = [command, SWEEPS / sweep, "--vary", LEVERS[sweep], *worth, "--out", out, "--json"]
        told = subprocess.run(
            [sys.executable, "-m", "aegean_sim.cli.main", *map(str, words)],
            check=True,
            stdout=subprocess.PIPE,
        )
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(out, kept)
    return json.loads(told.stdout), kept


def _rows(sweep: str) -> list[dict[str, str]]:
    _, kept = _studied(sweep)
    with (kept / "comparison.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _manifest(sweep: str) -> dict[str, Any]:
    return json.loads((SWEEPS / sweep / "sweep.json").read_text(encoding="utf-8"))["about"]


def made(sweep: str) -> list[str]:
    """Say what was run, and how long it took."""
    timings = parquet.read_table(SWEEPS / sweep / "timings", columns=["cpu_s"])
    notes = [json.loads(note.read_text()) for note in (SWEEPS / sweep / "sessions").glob("*.json")]
    day = max(note["started_utc"] for note in notes)[:10]
    replications = _manifest(sweep)["replications"]
    return [
        f"*`aegean-sim sweep {sweep}`: {timings.num_rows:,} runs, {replications} replications of each cell,"
        f" {compute.sum(timings['cpu_s']).as_py() / 60:.0f} min of one core; {day}.*"
    ]


def differences(sweep: str, measure: str) -> list[str]:
    """Set a table: a measure's differences with the baseline, a row a level, a column a stratum."""
    rows = [row for row in _rows(sweep) if row["measure"] == measure]
    levels = [row for row in rows if row["kind"] == "level"]
    found = {(row["cell"], row["stratum"]): row for row in rows if row["kind"] == "difference"}
    strata = list(dict.fromkeys(row["stratum"] for row in levels))
    head = ["", *(stratum or "all cells" for stratum in strata)]
    lines = [head, ["---"] * len(head)]
    for cell in dict.fromkeys(row["cell"] for row in levels):
        of_cell = {row["stratum"]: row for row in levels if row["cell"] == cell}
        lines.append([cell, *(_difference(found.get((cell, one)), of_cell[one]) for one in strata)])
    return [f"| {' | '.join(line)} |" for line in lines]


def _difference(row: dict[str, str] | None, level: dict[str, str]) -> str:
    """Write a difference with its interval together with the others; of the baseline its level."""
    scale = 100.0 if level["measure"].endswith(SHARE) else 1.0
    unit = " %" if scale > 1.0 else ""
    if row is None:
        low, mean, high = (scale * float(level[name]) for name in ("low", "estimate", "high"))
        return f"{mean:,.3g}{unit} ({low:,.3g} to {high:,.3g})" if mean < 1000 else f"{mean:,.0f}{unit}"
    low, mean, high = (scale * float(row[name]) for name in ("low_together", "estimate", "high_together"))
    text = " ".join([_signed(mean), f"({_signed(low)} to {_signed(high)})"])
    return f"**{text}**" if row["verdict"] in {"better", "worse", "more", "fewer"} else text


def _signed(value: float) -> str:
    return f"{value:+,.0f}" if abs(value) >= 100.0 else f"{value:+.2g}"


def concluded(sweep: str, *strata: str) -> list[str]:
    """List what may be concluded."""
    return _bullets(sweep, "may_be_concluded", strata)


def left_open(sweep: str, *strata: str) -> list[str]:
    """List what may not."""
    return _bullets(sweep, "may_not_be_concluded", strata)


def _bullets(sweep: str, kind: str, strata: tuple[str, ...]) -> list[str]:
    lines = []
    for part in _studied(sweep)[0]["strata"]:
        if strata and not any(name in part["stratum"] for name in strata):
            continue
        if part["stratum"]:
            lines += [f"*{part['stratum']}*", ""]
        lines += [*(f"- {said}" for said in part[kind]), ""] if part[kind] else ["- Nothing.", ""]
    return lines[:-1]


def pairing(sweep: str, stratum: str, first: str, second: str) -> list[str]:
    """Say how many times the replications would be needed without pairs, from one level to the next."""
    rows = [
        row
        for row in _rows(sweep)
        if row["kind"] == "step"
        and stratum in row["stratum"]
        and {row["cell"], row["against"]} == {first, second}
    ]
    lines = [
        f"| {row['measure']} | {float(row['variance_ratio']):.3g} | {float(row['correlation']):.3f} |"
        for row in rows
        if row["variance_ratio"]
    ]
    return ["| measure | variance ratio | correlation |", "| --- | --- | --- |", *lines]


def picture(sweep: str, start: str, *rest: str) -> list[str]:
    """Show the pictures whose names start so and hold these words."""
    _, kept = _studied(sweep)
    return [
        f"![{path.stem.replace('-', ' ')}]({sweep}/{path.name})"
        for path in sorted(kept.glob(f"{start}*.png"))
        if all(word in path.name for word in rest)
    ]


if __name__ == "__main__":
    main()
