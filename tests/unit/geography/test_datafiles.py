import os
import shutil
import subprocess
import sys
from pathlib import Path

import aegean_sim
from aegean_sim.datafiles import coastlines_folder
from aegean_sim.geography.layers import stored

ASK = """
from aegean_sim.datafiles import coastlines_folder
from aegean_sim.geography.coastline import load_coastline
print(coastlines_folder(), len(load_coastline("central-med").polygons))
"""
ASK_IN_VAIN = """
from aegean_sim.datafiles import coastlines_folder
from aegean_sim.errors import AegeanError
try:
    coastlines_folder()
except AegeanError as error:
    print(error)
"""


def answer(code: str, package_parent: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(package_parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, cwd="/"
    )
    return done.stdout.strip()


def copy_package(to: Path) -> Path:
    source = Path(aegean_sim.__file__).parent
    skip = shutil.ignore_patterns("__pycache__", "_data")
    return Path(shutil.copytree(source, to / "aegean_sim", ignore=skip))


def test_data_are_found_beside_the_package_as_in_a_wheel(tmp_path: Path) -> None:
    package = copy_package(tmp_path / "site-packages")
    (package / "_data").mkdir()
    shutil.copytree(coastlines_folder(), package / "_data" / "coastlines")
    told = answer(ASK, tmp_path / "site-packages")
    assert told == f"{package / '_data' / 'coastlines'} 250"


def test_data_are_found_in_the_checkout_as_in_an_editable_install(tmp_path: Path) -> None:
    copy_package(tmp_path / "src")
    shutil.copytree(coastlines_folder(), tmp_path / "data" / "coastlines")
    assert answer(ASK, tmp_path / "src") == f"{tmp_path / 'data' / 'coastlines'} 250"


def test_missing_data_are_told(tmp_path: Path) -> None:
    copy_package(tmp_path / "src")
    assert "data folder not found" in answer(ASK_IN_VAIN, tmp_path / "src")


def test_licences_and_notice_travel_with_the_data() -> None:
    for name in ("LICENSE.GSHHG", "LICENSE.GPL-3", "LICENSE.rescue_regions", "NOTICE", "README.md"):
        assert stored(name).stat().st_size > 1000
    assert "Wessel" in stored("NOTICE").read_text(encoding="utf-8")
