# One command a chore; `make` alone lists them.

.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
#: More arguments for pytest: make test PYTEST="-k outbox -x"
PYTEST ?=
#: DEMO=once ends after the figures.
DEMO ?=

.PHONY: help demo test lint lock install

help: ## List the chores
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: .venv/runtime $(CATALOGUES) ## Install, create, fill, pair, invite, and run the portal (PORT=8000)
	@$(BIN)/python -m portal.demo $(if $(DEMO),--$(DEMO))

test: .venv/development $(CATALOGUES) ## Run all tests; DATABASE_URL and REDIS_URL name real servers
	@$(BIN)/python -m pytest $(PYTEST)

lint: .venv/development $(CATALOGUES) ## Check code, types, templates, migrations and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run

lock: .venv/development ## Pin the newest packages that pyproject.toml allows
	$(BIN)/uv pip compile pyproject.toml --upgrade $(LOCK) --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --constraint requirements.txt $(LOCK) --output-file requirements-dev.txt

install: .venv/development ## Make .venv with everything that development needs

LOCK := --quiet --python-version 3.11 --no-annotate --custom-compile-command "make lock"

.venv/runtime: requirements.txt tools/install.py
	@command -v $(PYTHON) > /dev/null || { echo "The portal needs Python 3.11 or newer; as root: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) tools/install.py $<
	@touch $@

.venv/development: requirements-dev.txt tools/install.py | .venv/runtime
	@$(PYTHON) tools/install.py $<
	@touch $@

locale/%.mo: locale/%.po | .venv/runtime
	@$(BIN)/pybabel --quiet compile --input-file=$< --output-file=$@ --locale=en
