# `make run` sails the Aegean scenario and leaves results/aegean-2016; `make test` runs every check and test.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PARALLEL := --numprocesses=auto --dist=worksteal

.PHONY: run test install lint fmt types imports tests bench drills studies coast clean

run: $(VENV)/.installed
	$(BIN)/aegean-sim run aegean-2016 --out results/aegean-2016 --overwrite

test: lint types imports tests

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

install: $(VENV)/.installed

lint: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fmt: $(VENV)/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.installed
	$(BIN)/mypy

imports: $(VENV)/.installed
	$(BIN)/lint-imports

tests: $(VENV)/.installed
	$(BIN)/pytest $(PARALLEL) tests/unit tests/docs --cov --cov-report=term
	$(BIN)/pytest $(PARALLEL) tests/theory tests/property tests/cli tests/page

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/open_sea.py
	$(BIN)/python benchmarks/aegean.py
	$(BIN)/python benchmarks/network.py

drills: $(VENV)/.installed
	PYTHONPATH=. $(BIN)/python benchmarks/better_desks.py
	$(BIN)/pytest tests/drills
	PYTHONPATH=. $(BIN)/python benchmarks/store_drill.py
	PYTHONPATH=. $(BIN)/python benchmarks/coverage.py

studies: $(VENV)/.installed
	$(BIN)/aegean-sim sweep sophia-ships
	$(BIN)/aegean-sim compare results/sweeps/sophia-ships --vary fleet.sophia_support --worth persons_dead:5 --out docs/studies/sophia-support

coast: $(VENV)/.installed
	$(BIN)/python data/coastlines/build/coast.py
	$(BIN)/python data/coastlines/build/territorial.py
	$(BIN)/python data/coastlines/build/rescue.py
	$(BIN)/python data/coastlines/build/routes.py

clean:
	rm -rf $(VENV) results .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
