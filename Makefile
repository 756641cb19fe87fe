# Triptych's commands. Settings are environment variables or arguments: make run PORT=8001
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.SILENT:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
BIN := .venv/bin
HTML := frontend/templates admin/templates api/templates
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

.PHONY: help run dev test lint bench vendor words lock clean install install-dev test-programs

help: ## List these targets
	grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

run: install ## Install, migrate and serve (PORT BIND INSTANCE WORKERS THREADS may be given)
	exec $(BIN)/python -m scripts.serve

dev: install-dev ## Serve with reloader and debugger, on this machine only
	exec $(BIN)/python -m scripts.develop

test: lint test-programs ## Check and test everything (TESTS=tests/shared for a part of the tests)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile $(TESTS)

lint: install-dev ## Check style, types, imports, templates, spelling, documents and dependencies
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/djlint --lint --quiet $(HTML)
	$(BIN)/codespell
	$(BIN)/python -m scripts.check_links
	$(BIN)/python -m pip check --quiet
	$(BIN)/python -m scripts.audit_dependencies requirements-dev.txt

bench: install-dev ## Measure the site against its targets (SIZE=100000 posts, ONLY=stored for a part)
	$(BIN)/python -m bench $(addprefix --only ,$(ONLY))

vendor: install ## Fetch the front-end packages and build the editor again (needs npm)
	$(BIN)/python -m scripts.vendor

words: install-dev ## Collect the console's words into its catalogues, and show what is not translated
	$(BIN)/python -m scripts.words

lock: install-dev ## Pin the dependencies of requirements*.in again (UPGRADE=--upgrade for newer ones)
	$(COMPILE) --output-file requirements.txt requirements.in
	$(COMPILE) --constraint requirements.txt --output-file requirements-dev.txt requirements-dev.in

clean: ## Remove .venv and everything made by tests and tools; never instance/
	rm -rf .venv .cache artefacts .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find admin/translations -name "*.mo" -delete
	find . -name __pycache__ -not -path './instance/*' -prune -exec rm -rf {} +

install: ## Install what serving needs into .venv, compress static files, compile the words
	command -v $(PYTHON) > /dev/null || { echo "triptych: $(PYTHON) is missing; on Debian: apt-get install python3 python3-venv" >&2; exit 1; }
	$(PYTHON) scripts/install.py requirements.txt
	$(BIN)/python -m scripts.compress_statics
	$(BIN)/python -m scripts.compile_words

install-dev: install ## Install what tests and checks need too
	$(PYTHON) scripts/install.py requirements-dev.txt

test-programs: install-dev ## Find Chromium, nginx and Caddy for the tests, or install them as root
	$(PYTHON) scripts/install_test_programs.py
