# `make` alone lists the targets. The first one that needs it makes $(VENV); nothing is installed
# outside of it, and nothing again until pyproject.toml changes.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.SUFFIXES:

VENV    ?= .venv
PYTHON  ?=
WORKERS ?= 2
SOAK    ?= 1000000

BIN     := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST  := $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup
MADE    := $(VENV)/.made
CORE    := $(VENV)/.installed-core
DEV     := $(VENV)/.installed-dev
BENCH   := $(VENV)/.installed-bench

# --- what people type ----------------------------------------------------------------------------

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: demo
demo: $(CORE) ## normalize three example articles: diff, reasons, log, undo
	@$(BIN)/python examples/demo.py

.PHONY: test
test: check pytest ## all checks and tests

.PHONY: test-all
test-all: check pytest-all soak ## the same, with the slow tests and the long property runs

.PHONY: check
check: lint types imports glossary site ## all checks without the tests

.PHONY: site
site: $(DEV) ## build the site into site/
	@echo "== site"
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet --site-dir site

.PHONY: serve-site
serve-site: $(DEV) ## show the site at http://127.0.0.1:8000, built again after every change
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve --strict --dev-addr 127.0.0.1:8000 --watch normalizer/site

.PHONY: bench
bench: $(BENCH) ## measure speed and memory against other matchers, into benchmarks/record/
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python benchmarks/speed.py

.PHONY: clean
clean: ## remove the virtual environment and everything else made here
	@rm -rf $(VENV) demo-output dist site .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the parts of `make test` --------------------------------------------------------------------

.PHONY: lint
lint: $(DEV)
	@echo "== style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { \
	    echo "Not formatted as above shows: $(BIN)/ruff format ." >&2; exit 1; }

.PHONY: types
types: $(DEV)
	@echo "== types"
	@$(BIN)/mypy

.PHONY: imports
imports: $(DEV)
	@echo "== imports"
	@$(BIN)/lint-imports --no-logo

.PHONY: glossary
glossary: $(DEV)
	@echo "== glossary"
	@$(BIN)/normalizer glossary lint

.PHONY: pytest
pytest: $(DEV)
	@echo "== tests"
	@$(PYTEST)

.PHONY: pytest-all
pytest-all: $(DEV)
	@echo "== tests, the slow ones too"
	@$(PYTEST) -m "slow or not slow"

.PHONY: soak
soak: $(DEV)
	@echo "== properties, $(SOAK) examples each"
	@$(BIN)/python benchmarks/soak.py --examples $(SOAK)

# --- the virtual environment ---------------------------------------------------------------------

# Made anew if the interpreter that it was made with is gone.
$(MADE): $(if $(shell test -x $(BIN)/python && echo there),,FORCE)
# A name on the path may be a shim without an interpreter behind it, or too old: run it and see.
	@chosen=; bare=; \
	for candidate in '$(PYTHON)' python3.13 python3.12 python3.11 python3 python; do \
	    "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	    if "$$candidate" -c 'import venv, ensurepip' >/dev/null 2>&1; \
	    then chosen=$$candidate; break; \
	    else bare=$${bare:-$$candidate}; fi; \
	done; \
	if [ -n "$$chosen" ]; then \
	    echo "Creating $(VENV) with $$chosen ($$("$$chosen" --version 2>&1))"; \
	    "$$chosen" -m venv --clear $(VENV) && touch $@; \
	elif [ -n "$$bare" ]; then \
	    echo "$$bare cannot make virtual environments: its venv or ensurepip module is missing." >&2; \
	    echo "Install it (on Debian and Ubuntu: the package python3-venv), or name another" >&2; \
	    echo "interpreter: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; \
	    exit 1; \
	else \
	    echo "No Python 3.11 or newer found: tried $(strip $(PYTHON) python3.13 python3.12 python3.11 python3 python)." >&2; \
	    echo "Install one, or name it: make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; \
	    exit 1; \
	fi

.PHONY: FORCE
FORCE:

$(CORE): pyproject.toml $(MADE)
	@echo "Installing the project into $(VENV) ..."
	@$(INSTALL) --editable .
	@touch $@

$(DEV): pyproject.toml $(MADE)
	@echo "Installing the project and its checks into $(VENV), about half a minute ..."
	@$(INSTALL) --editable '.[dev]'
	@touch $(CORE) $@

$(BENCH): pyproject.toml $(MADE)
	@echo "Installing the project and its rivals into $(VENV) ..."
	@$(INSTALL) --editable '.[bench]'
	@touch $(CORE) $@
