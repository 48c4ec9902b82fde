# On a bare machine with Python 3.11 or newer and make: `make run`, `make test`.
SHELL := /bin/sh
PORT ?= 8000
HOST ?= 127.0.0.1
BIN := .venv/bin
READY := .venv/ready
PY_ROOTS := manage.py groupbuy catalog orders delivery tests

.PHONY: env run test check bench chaos soak format clean

env: $(READY)

# The first Python of 3.11 to 3.13 that can make a venv; PYTHON=… chooses another.
FITS := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
$(READY): requirements.txt requirements-dev.txt
	@test -x $(BIN)/python || for python in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  if $$python -c '$(FITS)' 2>/dev/null; then $$python -m venv .venv && break; fi; done
	@test -x $(BIN)/python || { echo "Python 3.11, 3.12 or 3.13 with its venv module is needed (Debian: apt-get install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m groupbuy.roof.catalogue
	@touch $(READY)

run: env
	@exec $(BIN)/python manage.py serve --prepare --die-with-parent --host $(HOST) --port $(PORT)

test: env
	$(BIN)/python -m tests.services.suite

# QUICK=1: one round, 10,000 orders. Names after the module measure only those.
bench: env
	$(BIN)/python -m tests.bench

# Breaks a site of its own while residents order. FAULTS="pg_killed cutoff" runs only these.
chaos: env
	$(BIN)/python -m tests.chaos $(FAULTS)

# An ordinary load on a site of its own, a day a minute: does anything grow? MINUTES=30: the real thing.
MINUTES ?= 3
soak: env
	$(BIN)/python -m tests.soak $(MINUTES)

check: env
	$(BIN)/ruff format --check $(PY_ROOTS)
	$(BIN)/ruff check $(PY_ROOTS)
	@echo "bandit"  # its remarks about its own comments go to stderr, findings do not
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive $(filter-out tests,$(PY_ROOTS)) 2>/dev/null
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2 --check
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py messages --check
	@echo "check --deploy, with production's settings"
	@DATABASE_URL=postgres://nobody@127.0.0.1/none ALLOWED_HOSTS=groupbuy.example \
	  SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

format: env
	$(BIN)/ruff format $(PY_ROOTS)
	$(BIN)/ruff check --fix $(PY_ROOTS)
	find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2

clean:
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find groupbuy/locale -name '*.mo' -delete
