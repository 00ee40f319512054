import pytest
from tests.unit.exports.made_up import laboratory_run, made_up_run, request

from aegean_sim.exports.request import Request
from aegean_sim.recording.reading import StoredRun


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    return made_up_run(tmp_path_factory.mktemp("runs") / "made-up")


@pytest.fixture(scope="session")
def asked(run: StoredRun) -> Request:
    return request(run)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Request:
    return request(laboratory_run(tmp_path_factory.mktemp("runs") / "lab"))
