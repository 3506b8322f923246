# Two commands: `make site` builds the demo newsletter, `make test` checks everything. Both set up what they need.

# pymdown-extensions 13.1 needs 3.11.5: take the newest Python here that has it.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# The demo company lives on this day; a company's own site builds for today.
DEMO_DAY := 2026-11-20

.PHONY: site serve test test-engines bench bench-search bench-serve bench-figures attack lock clean
.DEFAULT_GOAL := site

site: $(VENV)/.installed ## build the demo newsletter into site/
	@$(BIN)/python -m generator.demo
	@$(BIN)/kawaraban build --now $(DEMO_DAY) || [ $$? -eq 3 ]
	@echo "in this repository, make serve does that"

serve: $(VENV)/.installed ## the same with live reload
	@$(BIN)/python -m generator.demo
	@$(BIN)/kawaraban serve --now $(DEMO_DAY)

test: $(VENV)/.installed-test ## every check: types, style, behaviour, browser
	@$(BIN)/python -m tests.browser.ensure_chromium
	@$(BIN)/python -m tests.postgres.ensure_postgres
	@$(BIN)/python -m tests.mariadb.ensure_mariadb
	@$(BIN)/python -m tests.webservers.ensure_webservers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

test-engines: $(VENV)/.installed-engines ## the demo's figures on Spark too, person for person; minutes
	@$(BIN)/python -m tests.spark.ensure_java
	@$(BIN)/python -m tests.postgres.ensure_postgres
	@KAWARABAN_TEST_SPARK=1 $(BIN)/python -m pytest tests/measure/engines

bench: $(VENV)/.installed-bench ## measure against stock MkDocs and Hugo; minutes. BENCH="--sizes 200,1000" for less
	@$(BIN)/python -m tests.benchmarks $(BENCH)

bench-search: $(VENV)/.installed-bench ## 200 questions to search and to Pagefind, in a browser. BENCH="--round-trip 20" from further away
	@$(BIN)/python -m tests.benchmarks.search $(BENCH)

bench-serve: $(VENV)/.installed-bench ## how long a save takes to a browser that shows the page
	@$(BIN)/python -m tests.benchmarks.serve $(BENCH)

bench-figures: $(VENV)/.installed-bench ## figures from 5 and 100 million rows, beside DuckDB, Polars and pandas; 20 minutes and 5 GB of disk
	@$(BIN)/python -m tests.benchmarks.figures $(BENCH)

attack: $(VENV)/.installed-test ## 24 monthly releases and 10,000 random tables against the protection of small groups; minutes
	@$(BIN)/python -m tests.attack $(ATTACK)

lock: $(VENV)/.installed-test ## renew the lock files
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --group install $(LOCK) --output-file requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group test --constraints requirements.lock $(LOCK) --output-file requirements-test.lock
	@$(BIN)/uv pip compile --group bench $(LOCK) --output-file requirements-bench.lock
	@$(BIN)/uv pip compile pyproject.toml --extra spark --constraints requirements-test.lock $(LOCK) --output-file requirements-engines.lock

LOCK := --quiet --universal --python-version 3.11.5 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Kawaraban needs Python 3.11.5 or newer; none was found on PATH"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-test: requirements-test.lock $(VENV)/.installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

$(VENV)/.installed-bench: requirements-bench.lock $(VENV)/.installed-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

$(VENV)/.installed-engines: requirements-engines.lock $(VENV)/.installed-test
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-engines.lock
	@touch $@

clean: ## remove what the commands made, the exports of the demo company included
	@rm -rf site .kawaraban content/data/exports
