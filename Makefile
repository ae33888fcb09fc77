# hyqa: `make help` lists what there is.

PYTHON ?= python3
VENV ?= .venv

RUN := $(VENV)/bin/python
HYQA := $(RUN) -m hyqa.cli
INSTALL := $(RUN) -m pip install --disable-pip-version-check --no-input -c constraints.txt
# Stamps: installed since pyproject.toml and constraints.txt were last changed.
INSTALLED := $(VENV)/.installed
INSTALLED_TOOLS := $(VENV)/.installed-tools
SOURCES_OF_INSTALL := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.PHONY: help chat bot web check test audit

help:
	@echo 'make chat    ask questions in the terminal; pipe them in for one a line'
	@echo 'make bot     run the Telegram bot; TELEGRAM_TOKEN holds its token'
	@echo 'make web     run the page; HYQA_WEB_LISTEN says where, else http://127.0.0.1:8080'
	@echo 'make check   lint, types and layer rules'
	@echo 'make test    make check, and all tests'
	@echo 'make audit   ask the questions of the blind studies, and audit what is shown'
	@echo
	@echo 'Each makes $(VENV) with PYTHON ($(PYTHON)), installs into it, and builds the index'
	@echo 'where it needs one that is missing or stale.'

chat: $(INSTALLED)
	@$(build_index)
	@$(HYQA) chat

bot: $(INSTALLED)
	@$(build_index)
	@$(RUN) -m bot

web: $(INSTALLED)
	@$(build_index)
	@$(RUN) -m web

check: $(INSTALLED_TOOLS)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

# Two processes share the tests out; the root's conftest.py says which stay together. The groups begin in
# the order that it gives, not the largest first.
test: check
	$(RUN) -m pytest -n 2 --no-loadscope-reorder

audit: $(INSTALLED_TOOLS)
	@$(build_index)
	@$(RUN) -m benchmarks.audit --questions | $(HYQA) ask --batch - | $(RUN) -m benchmarks.audit -

# Both leave standard output to what was asked for, and standard input to who asks.
# Exit code 1 says that some files could not be read, and standard error which: the rest is
# indexed, or the index of before still stands.
build_index = $(HYQA) index --if-stale </dev/null >&2 || test $$? -eq 1

$(INSTALLED): $(SOURCES_OF_INSTALL)
	@$(make_venv)
	@$(INSTALL) -e . </dev/null >&2
	@touch $@

$(INSTALLED_TOOLS): $(SOURCES_OF_INSTALL)
	@$(make_venv)
	@$(INSTALL) -e '.[test,corpus]' </dev/null >&2
	@touch $(INSTALLED) $@

define make_venv
if ! $(RUN) -m pip --version >/dev/null 2>&1; then \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "hyqa needs Python 3.11 or newer, which '$(PYTHON)' is not:" \
			"name one, such as: make PYTHON=python3.12 $(firstword $(MAKECMDGOALS))" >&2; exit 1; }; \
	echo 'Installing hyqa into $(VENV); this takes some minutes the first time.' >&2; \
	$(PYTHON) -m venv $(VENV) || exit 1; \
fi
endef
