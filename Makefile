# The way in: `make run` builds and serves, `make test` checks everything. Both are quick when nothing changed.
# Needs Python 3.11 or 3.12, Node 20 or newer with npm, git and make.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
# Arguments for `excerpt up` or `excerpt bench`, such as ARGS="--port 8001".
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
CACHE := .cache
hash = $(shell cat $(1) | sha256sum | cut -c 1-16)
PYTHON_READY := $(VENV)/.ready-$(call hash,pyproject.toml requirements.lock)
WEB_READY := web/node_modules/.ready-$(call hash,web/package-lock.json)
LIGHTHOUSE_READY := tests/lighthouse/node_modules/.ready-$(call hash,tests/lighthouse/package-lock.json)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_update_notifier := false
export PLAYWRIGHT_BROWSERS_PATH := $(CURDIR)/$(CACHE)/playwright

.PHONY: help run setup test bench lint types layers unit web bundle adapter format clean distclean

help: ## Say what there is
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 18

run: setup ## Build whatever is missing and serve it on http://127.0.0.1:8000
	@$(BIN)/excerpt up $(ARGS)

setup: $(PYTHON_READY) $(WEB_READY) ## Make .venv and install the web app's packages

test: setup lint types layers web bundle unit $(LIGHTHOUSE_READY) ## Everything that decides whether a change is good
	@chromium="$$($(BIN)/python tests/setup/chromium.py)"; \
	EXCERPT_CHROMIUM="$$chromium" $(BIN)/python -m pytest tests/setup tests/builder tests/server tests/browser

bench: setup web bundle ## Excerpt beside its peers in one browser; installs them (495 MB) the first time
	@$(BIN)/excerpt bench $(ARGS)

lint: setup ## Style of both languages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	cd web && npm run --silent lint

types: setup ## Types of both languages
	$(BIN)/mypy
	cd web && npm run --silent types

layers: setup ## Who may import whom
	$(BIN)/lint-imports
	cd web && npm run --silent layers

unit: setup bundle ## The web app's unit tests
	cd web && npm run --silent test

web: setup ## Build the web app
	@$(BIN)/excerpt up --only web

bundle: setup ## Build the default bundle
	@$(BIN)/excerpt up --only bundle

adapter: setup ## Put the adapter of a finished `excerpt finetune` in place, to be committed and built
	@$(BIN)/python -m builder.finetune.install $(ARGS)

format: setup ## Put the Python code into its standard form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove what was built; keep what was installed and downloaded
	rm -rf dist web/dist $(CACHE)/served $(CACHE)/web-build.json

distclean: clean ## Remove everything that is not in git
	rm -rf $(VENV) web/node_modules tests/lighthouse/node_modules $(CACHE)

$(PYTHON_READY): pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing the Python packages (a few minutes the first time)"
	@$(BIN)/python -m pip install --quiet -c requirements.lock -e '.[builder,eval,finetune,dev]'
	@rm -f $(VENV)/.ready-* && touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' || \
	  { echo "error: $(PYTHON) is no Python 3.11 or 3.12; name one: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -q \
	    && apt-get install -qy --no-install-recommends python3-venv; } || \
	  { echo "error: Python has no venv module; as root: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(WEB_READY): web/package-lock.json
	@command -v npm >/dev/null || { echo "error: npm is missing; install Node.js 20 or newer" >&2; exit 1; }
	@echo "Installing the web app's packages"
	@cd web && npm ci --loglevel=error
	@touch $@

$(LIGHTHOUSE_READY): tests/lighthouse/package-lock.json
	@echo "Installing Lighthouse, which only the tests use"
	@cd tests/lighthouse && npm ci --loglevel=error
	@touch $@
