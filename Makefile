# make setup | run | test | check | bench: INTERFACES of the project for people and for CI.
# make bench-growth, make bench-parity: the other two; ARGS='...' gives any of the three sources and options.
# make test-faults: every write of every command struck by a crash, a full disk, a power cut; ARGS='--every 10'.
# make quality: measures the search beside others and writes the figures of docs/quality.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup run test test-faults check format bench bench-growth bench-parity quality clean
setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kashshaf needs Python 3.11 or newer; name one: make setup PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

run: setup
	@$(BIN)/python -m kashshaf.first_run samples
	@$(BIN)/kashshaf serve

test: setup
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-faults: setup
	$(BIN)/python -m tests.faults $(ARGS)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m bench $(ARGS)

bench-growth: setup
	$(BIN)/python -m bench.growth $(ARGS)

bench-parity: setup
	$(BIN)/python -m bench.parity $(ARGS)

quality: setup
	$(BIN)/python -m bench.quality

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
