# `make run` sails the Aegean scenario and leaves results/aegean-2016; `make test` runs every check and test.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
PARALLEL := --numprocesses=auto --dist=worksteal

.PHONY: run test install lint fmt types imports tests bench drills studies gallery coast clean

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
	$(BIN)/python benchmarks/coast.py
	$(BIN)/python benchmarks/network.py
	$(BIN)/python benchmarks/sweeps.py

drills: $(VENV)/.installed
	PYTHONPATH=. $(BIN)/python benchmarks/better_desks.py
	$(BIN)/pytest tests/drills
	PYTHONPATH=. $(BIN)/python benchmarks/store_drill.py
	PYTHONPATH=. $(BIN)/python benchmarks/coverage.py

studies: $(VENV)/.installed
	for sweep in sophia-ships sophia-placement sophia-reactions sophia-assumptions alternatives round-table; do \
		$(BIN)/aegean-sim sweep $$sweep || exit; \
	done
	$(BIN)/python docs/studies/make.py

gallery: $(VENV)/.installed
	$(BIN)/python docs/gallery/make.py

coast: $(VENV)/.installed
	$(BIN)/python data/coastlines/build/coast.py
	$(BIN)/python data/coastlines/build/territorial.py
	$(BIN)/python data/coastlines/build/rescue.py
	$(BIN)/python data/coastlines/build/routes.py

clean:
	rm -rf $(VENV) results .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
