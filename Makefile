# make run | setup | test | check | bench: for people and for CI. docs/production.md says how to install for a site.
# make run PORT=8001: at another port. make test-deploy: the image of deploy/, in bare roots; needs root.
# make bench-growth, make bench-parity: other sources and sizes; ARGS='...' gives any of the three its options.
# make test-faults: every write of every command struck by a crash, a full disk, a power cut; ARGS='--every 10'.
# make fuzz: readers, query language, dates, highlighter under random input; ARGS='--minutes 60 --target html'.
# make test-opensearch: the contract of engines and the cluster's tests on a real node; needs Java and Maven.
# make quality: measures the search beside others and writes the figures of docs/quality.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PRODUCT := $(VENV)/.product
TOOLS := $(VENV)/.installed
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable
PORT ?= 8000
# Compiled once here, as pip does with what it installs: a command would take a third of a second longer where it may
# not write what Python compiled.
CODE := analyzers index indexer kashshaf search_app

.PHONY: setup run test test-opensearch test-deploy test-faults fuzz check format bench bench-growth bench-parity quality clean
setup: $(TOOLS)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Kashshaf needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "making a Python of its own: $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(PRODUCT): pyproject.toml | $(BIN)/python
	@echo "installing Kashshaf and the libraries it needs, about a minute"
	@$(PIP) '.[all]'
	@$(BIN)/python -m compileall -q $(CODE)
	@touch $@

$(TOOLS): $(PRODUCT)
	@echo "installing the tools of tests and development, about a minute"
	@$(PIP) '.[dev]'
	@touch $@

run: $(PRODUCT)
	@$(BIN)/python -m kashshaf.first_run samples
	@echo "starting the server; the first line it prints is its address"
	@$(BIN)/kashshaf serve --port $(PORT)

test: setup
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-opensearch: setup
	$(BIN)/python -m tests.opensearch $(ARGS)

test-deploy: setup
	$(BIN)/python -m tests.deploy.image

test-faults: setup
	$(BIN)/python -m tests.faults $(ARGS)

fuzz: setup
	$(BIN)/python -m tests.fuzz $(ARGS)

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
