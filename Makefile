# The commands of this project; "make help" lists them.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest
# Up to four at a time: each worker may hold a browser and a database.
WORKERS := -n logical --maxprocesses 4
UV ?= $(firstword $(wildcard $(BIN)/uv) uv)
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --custom-compile-command "make lock" $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint format check bench soak lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-7s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.installed ## install everything into .venv

# The stamp is written last, so that an interrupted setup is taken up again.
$(VENV)/.installed: requirements-build.txt requirements-dev.txt pyproject.toml
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		python=$$(.ci/find-python) && echo "Setting up $(VENV), a minute or so ..." && \
		"$$python" -m venv --clear $(VENV); }
	@$(PIP) --require-hashes -r requirements-build.txt
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

demo: setup ## try the bot in a local workspace, in the browser
	$(BIN)/sopbot demo $(ARGS)

test: setup ## run all tests and measure what they cover
	$(PYTEST) $(WORKERS) --cov $(ARGS)

lint: setup ## check format, style, types and layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: lint test ## the whole gate: lint and test

bench: setup ## run the benchmarks
	$(PYTEST) -m bench -s $(ARGS)

soak: setup ## run the long simulations
	$(PYTEST) -m soak $(WORKERS) $(ARGS)

lock: ## write the locks anew (needs uv; ARGS=--upgrade for newer versions)
	@command -v $(UV) >/dev/null || { echo "uv is needed: pip install uv" >&2; exit 1; }
	$(COMPILE) --group build --allow-unsafe -o requirements-build.txt >/dev/null
	$(COMPILE) pyproject.toml -o requirements.txt >/dev/null
	$(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt >/dev/null

clean: ## remove what setup and the tools made
	rm -rf $(VENV) build dist htmlcov *.egg-info .coverage .coverage.* .hypothesis \
		.import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bot storage playbooks tests -name __pycache__ -type d -prune -exec rm -rf {} +
