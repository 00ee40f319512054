"""A sweep on a cluster whose scheduler is killed: what took longer than a test may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.unit.study.sweeps.dask_cluster import cluster_in
from tests.unit.study.sweeps.toy_work import ORDER, task, toil

from aegean_sim.errors import AegeanError
from aegean_sim.study.sweeps.cluster import ClusterRunner

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("distributed", reason="Dask distributed, an extra, is not installed")


def test_a_lost_scheduler_ends_with_one_message(tmp_path: Path) -> None:
    with cluster_in(tmp_path) as (file, scheduler):
        runner = ClusterRunner(file, does=toil)
        back = runner.run(ORDER, iter([(task(number, "sleep"),) for number in range(10_000)]))
        next(some for some in back if some)
        scheduler.kill()
        with pytest.raises(AegeanError, match="is lost"):
            list(back)
        runner.close()
