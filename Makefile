# make demo   a report in, figures out, to look at       make test   all tests
# make lint   style, types, layers                       make score  figures on gold, where there is some
# make docs   the site of docs/, in build/site             make indicators  the share of records that match the registry
# make coverage  branches of the core that tests take      make mutants     changes to the core that no test notices
#
# A machine with Python 3.11 or later and make is enough: the rest is installed into .venv.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
BIN = .venv/bin
# byte code and compiled patterns, made once: commands start in a third of the time
WARM = env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m reportparse extract fixtures/*.html fixtures/*.txt fixtures/pdf/one-column.pdf >/dev/null
REPORT = fixtures/env-guizhou-2023.html
QUESTION = SELECT region, year, genre, figures, title FROM current_reports ORDER BY ALL

.PHONY: demo test lint score indicators clean docs bench fuzz coverage mutants

demo: .venv/installed-demo
	$(BIN)/reportparse outline $(REPORT)
	@echo
	$(BIN)/reportparse extract $(REPORT)
	@mkdir -p demo
	$(BIN)/reportparse extract $(REPORT) --format json --out demo/report.json
	$(BIN)/reportparse extract $(REPORT) --format csv --out demo/figures.csv
	@echo
	$(BIN)/reportparse batch fixtures/*-20??.* --out demo/reports.duckdb
	$(BIN)/reportparse query demo/reports.duckdb "$(QUESTION)"
	@echo
	$(BIN)/reportparse panel demo/reports.duckdb --wide
	$(BIN)/reportparse panel demo/reports.duckdb --expected last-year --out demo/panel.xlsx --plot demo/panel.html
	@echo; echo "Written: demo/report.json (the whole report), demo/figures.csv (for a spreadsheet), demo/reports.duckdb (a store of all),"
	@echo "demo/panel.xlsx (regions by years by indicators, targets, gaps) and demo/panel.html (a picture): open them."

test: .venv/installed-dev
	$(BIN)/python -m pytest

lint: .venv/installed-dev
	$(BIN)/ruff check src tests tools benchmarks fuzz corpora
	$(BIN)/mypy
	$(BIN)/lint-imports

# The core's own tests, half a minute; no real document takes part, so that the figure is the same everywhere.
CORE_TESTS = src/reportparse $(patsubst %,tests/test_%.py,clauses description goldens grid lists mentions numerals outline patterns \
	places records tabulation units words)
coverage: .venv/installed-dev
	@mkdir -p build
	env -u REPORTPARSE_SHARED COVERAGE_FILE=build/coverage $(BIN)/python -m pytest $(CORE_TESTS) \
		--cov --cov-branch --cov-report=term --cov-report=json:build/coverage.json --cov-fail-under=95
	$(BIN)/python tools/branches.py build/coverage.json 95

# What no test notices, into build/mutants/survivors.diff; about twenty minutes (docs/mutation.md).
mutants: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'cosmic-ray>=8.7'
	$(BIN)/python tools/mutants.py

# First set: what the rules are made on. Second set (corpora/gold): whether they are general.
score: .venv/installed
	@test -d "$${REPORTPARSE_SHARED:?name the folder that holds corpus/, gold/ and eval/}"
	@echo "First set"
	@$(BIN)/python "$$REPORTPARSE_SHARED/eval/board.py" $(BIN)/reportparse
	@rm -rf build/gold
	@for set in second: third:third/ fourth:fourth/; do \
	  into=build/gold/$${set%%:*}; echo "Set $${set%%:*}"; \
	  $(BIN)/python -m reportparse.gold build corpora/gold/$${set#*:}*.gold.jsonl --sources "$$REPORTPARSE_SHARED/corpus" --into $$into && \
	  $(BIN)/python "$$REPORTPARSE_SHARED/eval/board.py" --gold $$into $(BIN)/reportparse || exit 1; \
	done
	@echo "Doubt"
	@$(BIN)/python corpora/doubt.py "$$REPORTPARSE_SHARED/gold" build/gold/second build/gold/third build/gold/fourth
	@echo "Unread"
	@$(BIN)/python corpora/unread.py "$$REPORTPARSE_SHARED/corpus"

indicators: .venv/installed
	@$(BIN)/python benchmarks/indicators.py "$${REPORTPARSE_SHARED:?name the folder that holds corpus/}/corpus"

# The site of docs/, to open from disk: build/site/index.html.
docs: .venv/installed-dev
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo "build/site/index.html"

# Speed beside the peers, written to benchmarks/results.md and results.svg; under ten minutes. Peers live in build/bench.
bench: build/bench/installed
	build/bench/bin/python benchmarks/bench.py

build/bench/installed: benchmarks/requirements.txt pyproject.toml | .venv/bin/python
	$(BIN)/python -m venv build/bench
	build/bench/bin/python -m pip install --quiet --disable-pip-version-check -e .
	-grep -o '^[^ #]*' benchmarks/requirements.txt | xargs -n 1 build/bench/bin/python -m pip install --quiet --disable-pip-version-check
	@touch $@

# Fuzzing, MINUTES for each target, and the hostile files that are too big for every day. Crashes: build/fuzz/*/crashes.
MINUTES ?= 4
fuzz: .venv/installed-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	for target in text html pdf words decisions fixtures; do $(BIN)/python -m fuzz.run $$target $(MINUTES) || exit 1; done
	$(BIN)/python -m pytest -m slow tests/test_hostile.py tests/test_wheel.py

clean:
	rm -rf .venv demo

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "reportparse needs Python 3.11 or later; install it, or name one: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@$(WARM)
	@touch $@

.venv/installed-demo: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[frames,plot]'
	@touch $@ .venv/installed

.venv/installed-dev: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(WARM)
	@touch $@ .venv/installed
