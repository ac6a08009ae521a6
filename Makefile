# Two commands are enough: `make demo` and `make test`. Both set up whatever they need.
PYTHON ?= python3
PORT ?= 8000
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test lint bench translations clean
.DEFAULT_GOAL := help

help: ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.demo-ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info[:2] >= (3, 11) else "Нужен Python 3.11 или новее: make demo PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Устанавливаю пакеты (один раз, несколько минут)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev-ready: requirements-dev.txt requirements.txt $(VENV)/.demo-ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

translations: $(VENV)/.demo-ready
	@$(BIN)/python -m portal.translations

demo: translations ## set up, load the demonstration and serve it: ARGS=--no-serve, PORT=8000
	@$(BIN)/python -m portal.demonstration --port $(PORT) $(ARGS)

# Compiled modules are kept whatever the environment says: dozens of tests start programs of their own.
test: $(VENV)/.dev-ready translations ## run all tests
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal $(ARGS)

lint: $(VENV)/.dev-ready translations ## run the linters
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy portal schools mentoring_reports
	@$(BIN)/djlint --quiet --lint templates mentoring_reports
	@DJANGO_SETTINGS_MODULE=portal.settings.test $(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python -m portal.translations --check

bench: $(VENV)/.dev-ready translations ## measure against named baselines: ARGS=--quick
	@$(BIN)/python -m benchmarks $(ARGS)

clean: ## stop the embedded server and remove everything that was made
	@test ! -x $(BIN)/python || $(BIN)/python -c 'from pathlib import Path; from portal.embedded_postgres import remove; remove(Path("var"))' || true
	@rm -rf var out $(VENV)
