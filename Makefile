# The one door: `make` or `make help` lists what it opens.
# Needs Python 3.11 or newer with pip, and nothing else.

PYTHON ?= python3
PORT ?= 8000
PYTEST_ARGS ?= -n auto

export PORTAL_PORT = $(PORT)

PY := .venv/bin/python
BIN := .venv/bin
PIP := $(PYTHON) -m pip --python $(PY) install --quiet --disable-pip-version-check --no-input --require-hashes
PO := $(wildcard portal/locale/*/LC_MESSAGES/django.po)
MO := $(PO:.po=.mo)
SOURCES := portal compliance sitepages theme tests manage.py

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

##@ Use

.PHONY: run
run: demo ## Install, fill the demo and serve it on 127.0.0.1:$(PORT)
	@echo "Portal:  http://localhost:$(PORT)/    (sub-portals: see the addresses above)"
	@echo "Admin:   http://localhost:$(PORT)/admin/"
	@echo "Stop with Ctrl+C."
	@exec $(PY) manage.py runserver 127.0.0.1:$(PORT)

.PHONY: install
install: .venv/.run-installed $(MO) ## Make .venv from the lock file and compile the message catalogues
	@:

.PHONY: demo
demo: install ## Migrate, provision and load the demo (safe to repeat; DATABASE_URL is honoured)
	@mkdir -p var
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py provision_portal
	@$(PY) manage.py load_demo

##@ Change

.PHONY: test
test: dev-install ## Run the whole suite (PYTEST_ARGS="-k words" narrows it)
	$(BIN)/pytest $(PYTEST_ARGS)

.PHONY: test-db
test-db: dev-install ## Run the suite without a browser on the database of DATABASE_URL
	@test -n "$$DATABASE_URL" || { echo "Set DATABASE_URL, for instance postgres://user:password@127.0.0.1/portal"; exit 2; }
	$(BIN)/pytest $(PYTEST_ARGS) -m "not browser"

.PHONY: bench
bench: dev-install ## Measure assessments beside the bare SQL, on PostgreSQL (BENCH_PARTS and more narrow it)
	@.ci/with-postgres $(PY) -m tests.bench

.PHONY: check
check: lint types contracts migrations deploy-check messages-check ## Everything that must hold before a change is handed in
	@$(MAKE) --no-print-directory test

.PHONY: lint
lint: dev-install ## Format and lint, without changing a file
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

.PHONY: format
format: dev-install ## Format and mend what can be mended safely
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

.PHONY: types
types: dev-install ## Check the types
	$(BIN)/mypy

.PHONY: contracts
contracts: dev-install ## Check who imports whom
	$(BIN)/lint-imports

.PHONY: migrations
migrations: dev-install ## Check that no migration is missing
	$(PY) manage.py makemigrations --check --dry-run --settings portal.settings.test

.PHONY: deploy-check
deploy-check: dev-install ## Check the production settings, with made-up values
	@echo "manage.py check --deploy"
	@env SECRET_KEY="$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		PAYEE_KEYS="$$($(PY) -c 'from cryptography.fernet import Fernet as F; print(F.generate_key().decode())')" \
		DATABASE_URL="sqlite:///var/deploy-check.sqlite3" PORTAL_HOST="portal.example" \
		$(PY) manage.py check --deploy --fail-level WARNING --settings portal.settings.production

.PHONY: messages-check
messages-check: dev-install ## Check that every message has its Vietnamese text
	$(PY) manage.py update_messages --check

.PHONY: messages
messages: dev-install ## Bring the message catalogue up to date with the source
	$(PY) manage.py update_messages
	$(PY) manage.py compile_catalogues

.PHONY: lock
lock: .tools/bin/uv ## Lock the dependencies again (LOCK_FLAGS=--upgrade raises them)
	$(LOCK) -o requirements/run.txt
	$(LOCK) --group dev --constraint requirements/run.txt -o requirements/dev.txt

.PHONY: clean
clean: ## Remove what tools leave behind; keeps var/, the demo's data
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find portal compliance sitepages theme tests -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f $(MO)

.PHONY: help
help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# --- files ---------------------------------------------------------------------------------------

LOCK = .tools/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet $(LOCK_FLAGS)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed; '$(PYTHON)' is $$($(PYTHON) --version 2>&1)."; \
		echo "Name another one: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { echo "pip is needed: '$(PYTHON) -m pip' does not run."; exit 1; }
	@$(PYTHON) -m venv --without-pip --clear .venv

.venv/.run-installed: requirements/run.txt | $(PY)
	@echo "Installing the dependencies into .venv (about a minute the first time) ..."
	@$(PIP) -r requirements/run.txt
	@touch $@

.PHONY: dev-install
dev-install: .venv/.dev-installed $(MO)
	@:

.venv/.dev-installed: requirements/dev.txt | .venv/.run-installed
	@echo "Installing the development tools into .venv ..."
	@$(PIP) -r requirements/dev.txt
	@touch $@

$(MO): $(PO) | .venv/.run-installed
	@$(PY) manage.py compile_catalogues

.tools/bin/uv:
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv
