# One command a chore; `make` alone lists them.

.DEFAULT_GOAL := help
PYTHON ?= python3
RUN := .venv/bin/python
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po locale/*/*/LC_MESSAGES/django.po))
# More arguments for pytest: make test PYTEST="-k outbox -x"
PYTEST ?=
# Options of the benchmark: make bench BENCH="--pools scarce-1000"
BENCH ?=
# Options of the faults: make faults FAULTS="--short --only storm"
FAULTS ?=
# DEMO=once ends after the figures.
DEMO ?=
LOCK := --quiet --python-version 3.11 --no-annotate --custom-compile-command "make lock"

# Tests, demonstration and servers start dozens of Pythons: each would compile all libraries anew.
unexport PYTHONDONTWRITEBYTECODE

# A .venv whose Python is gone (moved, upgraded) is made anew.
$(if $(wildcard .venv),$(shell $(RUN) -c "" 2> /dev/null || rm -f .venv/runtime .venv/development))

.PHONY: help demo test bench faults lint lock pictures install server

help: ## List the chores
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

demo: .venv/runtime $(CATALOGUES) ## Install, create, fill, pair, invite, and run the portal (PORT=8000)
	@$(RUN) -m portal.demo $(if $(DEMO),--$(DEMO))

test: .venv/development $(CATALOGUES) ## Run all tests; DATABASE_URL and REDIS_URL name real servers
	@$(RUN) -m pytest -n auto --dist loadgroup $(PYTEST)

bench: .venv/development ## Measure the engine beside greedy, HiGHS, networkx and rustworkx
	@$(RUN) -m tests.benchmarks $(BENCH)

faults: .venv/development $(CATALOGUES) ## Kill, empty and freeze real servers: what must not be lost is not (DATABASE_URL)
	@$(RUN) -m tests.faults $(FAULTS)

lint: .venv/development $(CATALOGUES) ## Check code, types, templates, migrations and translations
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m djlint templates --lint --quiet
	$(RUN) manage.py makemigrations --check --dry-run
	$(RUN) tools/check_catalogues.py

lock: .venv/development ## Pin the newest packages that pyproject.toml allows
	$(RUN) -m uv pip compile pyproject.toml --upgrade $(LOCK) --output-file requirements.txt
	$(RUN) -m uv pip compile pyproject.toml --upgrade --group dev --constraint requirements.txt $(LOCK) --output-file requirements-dev.txt

pictures: .venv/development $(CATALOGUES) ## Take docs/pictures/*.webp of a demonstration (PORTAL=http://… names one that runs)
	@$(RUN) tools/pictures.py

install: .venv/development ## Make .venv with everything that development needs

server: .venv/runtime $(CATALOGUES) ## Make .venv with what a server needs, and the translations

.venv/runtime: requirements.txt tools/install.py
	@command -v $(PYTHON) > /dev/null || { echo "The portal needs Python 3.11 or newer; as root: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) tools/install.py $<
	@touch $@

.venv/development: requirements-dev.txt tools/install.py | .venv/runtime
	@$(PYTHON) tools/install.py $<
	@touch $@

locale/%.mo: locale/%.po | .venv/runtime
	@$(RUN) -m babel.messages.frontend --quiet compile --input-file=$< --output-file=$@ --locale=$(notdir $(<:/LC_MESSAGES/django.po=))
