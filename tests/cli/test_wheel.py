"""A plain install, outside the checkout: data and built-in scenarios travel in the wheel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("site-packages")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--target"]
    subprocess.run([*pip, str(target), str(ROOT)], check=True, capture_output=True)
    return target


@pytest.mark.slow
def test_a_built_in_scenario_runs_by_name_from_anywhere(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [
        sys.executable,
        "-P",
        "-m",
        "aegean_sim.cli.main",
        "run",
        "lab-crossing",
        "--no-map",
        "--out",
        "here",
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path, env=environment)
    assert (tmp_path / "here" / "manifest.json").is_file()
    where = "import aegean_sim; print(aegean_sim.__file__)"
    told = subprocess.run(
        [sys.executable, "-P", "-c", where],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        text=True,
    )
    assert Path(told.stdout.strip()).is_relative_to(installed)


@pytest.mark.slow
def test_coasts_scenarios_and_licences_are_in_it(installed: Path) -> None:
    data = installed / "aegean_sim" / "_data"
    for name in (
        "coastlines/aegean-coast.parquet",
        "coastlines/aegean-routes.npz",
        "coastlines/NOTICE",
        "configs/aegean-2016.yaml",
        "history/monthly.csv",
    ):
        assert (data / name).stat().st_size > 500, name
    assert (installed / "aegean_sim" / "page" / "template" / "shell.html").stat().st_size > 500
