"""pandas, Polars and DuckDB open a sweep folder as it is, and see every column, whatever part it is in."""

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from tests.unit.study.sweeps.folders import all_done, done, filled, parts

from aegean_sim.study.sweeps.reading import read_sweep
from aegean_sim.study.sweeps.store import compact

READERS = {
    "pandas": lambda folder: pd.read_parquet(f"{folder}/replications"),
    "polars": lambda folder: pd.DataFrame(
        pl.scan_parquet(f"{folder}/replications/*.parquet", missing_columns="insert")
        .collect()
        .to_dict(as_series=False)
    ),
    "duckdb": lambda folder: duckdb.sql(
        f"select * from read_parquet('{folder}/replications/*.parquet', union_by_name=true)"  # noqa: S608
    ).df(),
}


@pytest.mark.parametrize("program", READERS)
@pytest.mark.parametrize("compacted", [False, True])
def test_they_read_what_we_read(tmp_path: Path, program: str, *, compacted: bool) -> None:
    order = [done(0, 0), done(1, 0), done(2, 9), *all_done(range(3))]
    folder = filled(tmp_path / "sweep", *([run] for run in order))
    if compacted:
        compact(folder)
    read = READERS[program](str(folder))
    ours = read_sweep(folder).replications
    key = ["cell", "replication"]
    pd.testing.assert_frame_equal(
        read.sort_values(key, ignore_index=True)[ours.columns],
        ours.sort_values(key, ignore_index=True),
        check_dtype=False,
    )
    assert len(read.columns) == len(ours.columns) == 5
    assert len(parts(folder)) == (1 if compacted else 16)


def test_a_column_that_only_a_later_part_has_is_seen(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    for batch in ([done(0, 0)], [done(2, 1)], [done(0, 1)]):
        filled(folder, batch)
    for read in READERS.values():
        assert read(str(folder))["in_vain_dark"].count() == 1
