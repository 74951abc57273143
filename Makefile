# The main job: `make app` opens the cockpit, `make run` prints the trend scorecard.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
EXTRAS ?= test
STAMP = $(VENV)/installed-$(EXTRAS)
PIP = $(BIN)/python -m pip --disable-pip-version-check -q install -c constraints.txt

.PHONY: app run test check format bench nightly pyam clean

app: $(STAMP)
	$(BIN)/simulator app

run: $(STAMP)
	$(BIN)/simulator run

test: $(STAMP)
	$(BIN)/python -m pytest -n auto

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP)
	$(PIP) -e '.[bench]'
	for benchmark in benchmarks/*_benchmark.py; do $(BIN)/python $$benchmark || exit 1; done

nightly: $(STAMP)
	$(PIP) -e '.[nightly]'
	HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -n auto
	$(BIN)/mutmut run

pyam: $(STAMP)
	$(PYTHON) -m venv $(VENV)/pyam
	$(VENV)/pyam/bin/python -m pip --disable-pip-version-check -q install -r tests/pyam.txt
	PYAM=$(abspath $(VENV)/pyam/bin/python) $(BIN)/python -m pytest -n 0 tests/test_iamc.py

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.x")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e '.[$(EXTRAS)]'
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis mutants
