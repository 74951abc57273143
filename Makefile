# The main job: `make app` opens the cockpit, `make run` prints the trend scorecard.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
EXTRAS ?= test
STAMP = $(VENV)/installed-$(EXTRAS)
PYAM = $(VENV)/pyam
PIP = $(BIN)/python -m pip --disable-pip-version-check -q install -c constraints.txt

.PHONY: app run test check format bench nightly clean

app: $(STAMP)
	$(BIN)/simulator app

run: $(STAMP)
	$(BIN)/simulator run

test: $(STAMP) $(PYAM)/installed
	PYAM=$(abspath $(PYAM))/bin/python $(BIN)/python -m pytest -n auto

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

nightly: $(STAMP) $(PYAM)/installed
	$(PIP) -e '.[nightly]'
	PYAM=$(abspath $(PYAM))/bin/python HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -n auto
	$(BIN)/mutmut run

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.x")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e '.[$(EXTRAS)]'
	touch $@

# pyam, which reads exported tables in a test, does not load with this project's SQLAlchemy.
$(PYAM)/installed: tests/pyam.txt | $(STAMP)
	test -x $(PYAM)/bin/python || $(PYTHON) -m venv $(PYAM)
	$(PYAM)/bin/python -m pip --disable-pip-version-check -q install -r tests/pyam.txt
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis mutants
