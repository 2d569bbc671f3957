# Contraste. Needs Python 3.11 or newer and nothing else; everything it installs goes into .venv.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The first interpreter of these that is new enough; override with: make install PYTHON=/path/to/python3.12
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python3.14 python,$(shell \
	command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& command -v $(name))))
# uv from PATH when there is one, else brought into .venv through pip
UV = $$(command -v uv || echo $(BIN)/uv)

.PHONY: help install lock refresh test bench accuracy lint docs dagster documents clean

help: ## list these targets
	@echo 'Contraste: public goals, public money and the documents they come from'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## install everything into .venv (again only when the lock changed)

$(STAMP): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "Contraste needs Python 3.11 or newer; python3 here is $$(python3 -V 2>&1 || true)." >&2; \
		echo "Install one and name it: make install PYTHON=/path/to/python3.12" >&2; exit 1; fi
	@if ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
		echo "Contraste needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)." >&2; exit 1; fi
	@if [ ! -x $(BIN)/python ]; then \
		echo "Creating .venv with $$("$(PYTHON)" -V)"; \
		if command -v uv >/dev/null; then uv venv --quiet --python "$(PYTHON)" $(VENV); \
		elif ! "$(PYTHON)" -m venv $(VENV); then \
			rm -rf $(VENV); \
			echo "Python's venv module did not work: on Debian and Ubuntu install the package python3-venv." >&2; exit 1; \
		fi; fi
	@command -v uv >/dev/null || [ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet 'uv>=0.9,<1'
	@echo 'Installing the locked packages (about a minute the first time)'
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --require-hashes --compile-bytecode -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q extractors expectations orchestration portal
	@touch $(STAMP)

lock: ## resolve requirements.lock again from pyproject.toml (hashes, no addresses)
	@command -v uv >/dev/null || [ -x $(BIN)/uv ] || $(BIN)/python -m pip install --quiet 'uv>=0.9,<1'
	$(UV) pip compile pyproject.toml --group dev --group ocr --group ui --group postgres --group build --universal \
		--python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url --no-emit-package dbt-core-experimental-parser \
		--quiet --output-file requirements.lock

refresh: $(STAMP) ## documents -> published, reconciled marts
	@$(BIN)/contraste refresh

# one process for each core, at most four: each of them builds warehouses
WORKERS ?= auto
test: $(STAMP) ## run the tests
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --maxprocesses 4 --dist worksteal

SIZES ?= 10k 1M
BENCH ?=
bench: $(STAMP) ## measure reading and how cost grows: make bench SIZES="10k 1M 10M" BENCH=--nodes
	@$(BIN)/python -m tests.benchmark.extraction
	@$(BIN)/python -m tests.benchmark.bench $(SIZES) $(BENCH)

accuracy: $(STAMP) ## score what is read, family by family, against what is known to be printed
	@$(BIN)/python -m tests.accuracy.accuracy

bench-extraction: $(STAMP) ## measure pages a second beside pdfplumber: make bench-extraction BENCH="--most 100"
	@$(BIN)/python -m tests.benchmark.extraction $(BENCH)

lint: $(STAMP) ## ruff, pyright, import-linter, sqlfluff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/pyright
	@$(BIN)/sqlfluff lint dbt_project

dagster: $(STAMP) ## serve the Dagster UI, schedule and sensor on http://127.0.0.1:3000
	@$(BIN)/contraste dagster

docs: $(STAMP) ## write the data dictionaries, the pictures of how the tables relate and of the code
	@$(BIN)/contraste dictionary
	@$(BIN)/python -m tests.architecture.picture

documents: $(STAMP) ## build the publications under documents/ again
	@$(BIN)/python -m tests.publications.build

clean: ## remove .venv and caches (the warehouse stays)
	rm -rf $(VENV) build *.egg-info .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
