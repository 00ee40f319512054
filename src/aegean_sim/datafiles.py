"""Where the files that travel with the package are: in a wheel beside the code, else in the checkout."""

from pathlib import Path

from aegean_sim.errors import AegeanError

_PACKAGE = Path(__file__).resolve().parent


def _find(in_wheel: Path, in_checkout: Path) -> Path:
    for candidate in (in_wheel, in_checkout):
        if candidate.is_dir():
            return candidate
    raise AegeanError(
        f"data folder not found: neither {in_wheel} nor {in_checkout} is there; reinstall aegean-sim"
    )


def coastlines_folder() -> Path:
    """Folder of coast, zones, rescue regions and route graphs."""
    return _find(_PACKAGE / "_data" / "coastlines", _PACKAGE.parents[1] / "data" / "coastlines")


def configs_folder() -> Path:
    """Folder of the built-in scenarios and sensor presets."""
    return _find(_PACKAGE / "_data" / "configs", _PACKAGE.parents[1] / "configs")


def history_folder() -> Path:
    """Folder of published figures of past months."""
    return _find(_PACKAGE / "_data" / "history", _PACKAGE.parents[1] / "data" / "history")


def costs_folder() -> Path:
    """Folder of what units, officers and training cost."""
    return _find(_PACKAGE / "_data" / "costs", _PACKAGE.parents[1] / "data" / "costs")
