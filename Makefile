# stadsgesprek: `make help` says what there is.
# The environment stands in .venv and is made from requirements/*.lock with
# plain venv and pip. Another interpreter: make PYTHON=python3.13 ...

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.runs
STAMP := $(VENV)/.ready
JOBS ?= 2
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input

# Compiled modules are kept, whatever the surroundings say: else each worker and each program that a test starts
# compiles everything that it imports, which takes a fifth of the time of make test-quick.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo compiled test test-quick test-long soak playground lint tidy bench lock pictures clean python-check $(VENV)

help: ## this list
	@grep -hE '^[.a-z][-.a-z]*:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([^:]*):.*## /\1\t/' \
		| while IFS="$$(printf '\t')" read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

# The folder is no good target (its time says nothing): the stamps are. What runs the programme
# comes first, so that the demo need not wait for what only tests need.
$(VENV): $(STAMP) ## set up the environment in .venv

$(RUN): requirements/run.lock
	@$(MAKE) --no-print-directory python-check
	@echo "Setting up $(VENV) from requirements/run.lock (about half a minute, once) ..."
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@awk '/^[a-z]/ {keep = /^setuptools==/} keep' requirements/run.lock >$(VENV)/build.txt
	@$(PIP) install --require-hashes -r $(VENV)/build.txt
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/run.lock
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(STAMP): $(RUN) requirements/dev.lock
	@echo "Adding what tests need, from requirements/dev.lock (about a minute, once) ..."
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/dev.lock
	@touch $@
	@echo "$(VENV) is ready."

python-check:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "'$(PYTHON)' is $$($(PYTHON) --version 2>&1); stadsgesprek needs 3.11 or newer. Name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' >/dev/null 2>&1 || { \
		echo "'$(PYTHON)' has no venv module. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }

demo: $(RUN) ## a simulated dialogue from opening to advice, in out/demo
	@$(BIN)/stadsgesprek demo --out out/demo

# -r: what failed, and what is skipped and why. tests/sharing.py says which tests stay together. pytest's own last
# line is the end of what is printed.
PYTEST := $(BIN)/python -m pytest -rfEs --dist loadscope
MYPY := $(BIN)/mypy --no-error-summary

# Types that were never checked here take a minute: they are checked while the tests run, when these leave a processor
# idle, and what is wrong with them is told after the tests.
define TYPES_AND
@echo "mypy, while the tests run"; nice $(MYPY) >$(VENV)/mypy.txt 2>&1 & types=$$!; trap "kill $$types 2>/dev/null" INT TERM; \
	$(1); tests=$$?; wait $$types || { cat $(VENV)/mypy.txt >&2; exit 1; }; exit $$tests
endef

test: $(STAMP) compiled tidy ## all checks and all tests: homeserver and browser too (twelve minutes on two cores)
	$(call TYPES_AND,$(PYTEST) -n $$(($(JOBS) * 3)))  # most of them wait for a homeserver

# What needs a homeserver, a browser or a PostgreSQL server, and what starts, kills or cuts off programs: at every step,
# in every file, on every platform.
SLOW := tests/matrix tests/browser tests/console/test_live.py tests/console/test_piped.py \
	tests/discord/test_an_evening_of_25.py tests/discord/test_kills.py tests/discord/test_minutes_of_stop.py \
	tests/discord/test_ready_again.py tests/discord/test_secrets.py tests/discord/test_told_to_wait.py \
	tests/docs/test_examples.py tests/engine/test_faults.py tests/engine/test_faults_live.py tests/engine/test_kills.py \
	tests/engine/test_on_postgres.py tests/faults/test_files.py tests/faults/test_trials.py tests/platforms/test_press.py \
	tests/site/test_cut_off.py tests/site/test_serve.py tests/storage/test_killed_upgrades.py \
	tests/storage/test_postgres.py tests/storage/test_postgres_lock.py tests/storage/test_shared_towns.py \
	tests/test_odd_files.py tests/test_programs.py

test-quick: $(STAMP) compiled tidy ## the same without servers, browser and programs, and a quarter of each table (two minutes)
	$(call TYPES_AND,STADSGESPREK_TESTS=few $(PYTEST) -n $$(($(JOBS) + 1)) $(SLOW:%=--ignore %))  # some wait for a program

test-long: $(STAMP) compiled tidy ## all tests, each with as much as it can try: 200 kills, and on (an hour or two)
	$(call TYPES_AND,STADSGESPREK_TESTS=long $(PYTEST) -n $$(($(JOBS) * 3)))

HOURS ?= 2
soak: $(STAMP) ## the promises tried again and again for HOURS=2 (0.02 too), and a table of them
	@$(BIN)/python -m tests.soak --hours $(HOURS)

playground: $(STAMP) ## a neighbourhood on a real Matrix server, in the browser
	@$(BIN)/python -m playground

lint: $(STAMP) tidy ## format, lint, types and import contracts
	@echo "mypy"; $(MYPY)

# In a new clone all is compiled once, and not by each of the workers at the same time.
compiled: $(STAMP)
	@test -d tests/__pycache__ || $(BIN)/python -m pytest --collect-only -qq >/dev/null 2>&1 || true

tidy: $(STAMP)
	@echo "ruff check"; $(BIN)/ruff check --quiet
	@echo "ruff format --check"; $(BIN)/ruff format --quiet --check || { \
		echo "Not formatted as ruff does it. Mend it with: $(BIN)/ruff format" >&2; exit 1; }
	@echo "lint-imports"; $(BIN)/lint-imports >$(VENV)/lint-imports.txt 2>&1 || { \
		cat $(VENV)/lint-imports.txt >&2; exit 1; }

bench: $(STAMP) ## the speed figures
	@$(BIN)/python -m bench --results
	@$(BIN)/python -m bench.quick

pictures: $(STAMP) ## the pictures in the docs, made again
	@$(BIN)/python -m docs.make_pictures
	@$(BIN)/python -m pytest tests/browser --pictures docs/pictures

lock: ## requirements/*.lock with the newest versions allowed
	@$(MAKE) --no-print-directory python-check
	@PYTHON=$(PYTHON) bash requirements/lock.sh

clean: ## remove what was made here (.venv, out, caches)
	@rm -rf $(VENV) out build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
