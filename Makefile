# `make run` and `make test` are all a newcomer needs. `make` alone lists the rest.
PORT ?= 8000
DATA ?=
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test check fix setup setup-dev bench screenshots lock
help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

run: setup ## start on http://127.0.0.1:8000 with the demonstration town, or real data with DATA=folder
	@$(BIN)/studytours serve --prepare --port $(PORT) $(if $(DATA),--data $(DATA))

test: setup-dev ## everything: SQLite, PostgreSQL, the phone app, the browser journeys
	@bin/test

check: setup-dev ## lint, types, architecture, locks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/studytours makemigrations --check --dry-run
	$(BIN)/pytest -q -p no:cacheprovider tests/architecture

fix: setup-dev ## let the linter mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

setup: .venv/.installed vendor/.copied ## install what the product needs
setup-dev: .venv/.installed-dev vendor/.copied ## install what tests and checks need

bench: .venv/.installed-bench vendor/.copied ## measure against named peers; writes benchmarks/results
	@bin/bench

screenshots: setup-dev ## make the pictures in docs/ from the running demonstration
	$(BIN)/python bin/make_screenshots.py

lock: ## resolve the requirements anew, with hashes and without hosts
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
	  pyproject.toml --extra postgres --group build -o requirements.txt
	$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
	  pyproject.toml --extra postgres --group build --group dev -o requirements-dev.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-emit-index-url --python-version 3.11 \
	  -c requirements-dev.txt pyproject.toml --extra postgres --group build --group bench -o requirements-bench.txt
	npm install --package-lock-only --silent
	node bin/strip_lock.mjs

.venv/.installed: requirements.txt pyproject.toml
	@bin/install requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt pyproject.toml
	@bin/install requirements-dev.txt
	@touch $@ .venv/.installed

.venv/.installed-bench: requirements-bench.txt pyproject.toml
	@bin/install requirements-bench.txt
	@touch $@

node_modules/.installed: package-lock.json package.json
	@echo "Installing the front-end files …"
	@npm ci --silent --no-progress
	@touch $@

vendor/.copied: node_modules/.installed bin/copy_vendor.py
	@$(PYTHON) bin/copy_vendor.py
	@touch $@
