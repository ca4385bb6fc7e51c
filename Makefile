# Everything is installed into .venv from the project's own files; only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.ready-dev
DEMO := build/demo.onrecord
SERVE ?= 1

.DEFAULT_GOAL := help
.PHONY: help demo test tools test-browser test-fuzz test-ftm lint types contract format bench bench-pages quality clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "onrecord needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[charts]'
	@touch $@

$(DEV): $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[charts,cluster,parquet]' --group dev
	@touch $@

demo: $(READY) ## build the packaged corpus, print what it holds, serve it (SERVE=0: do not serve)
	$(BIN)/onrecord demo --archive $(DEMO) $(if $(filter 0,$(SERVE)),--no-serve,)

test: $(DEV) ## run all the tests
	$(BIN)/pytest $(ARGS)

tools: $(DEV) ## install what the browser tests and the fuzzing need (Debian's Chromium where it is missing)
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; }
	$(BIN)/pip install --quiet --disable-pip-version-check --group browser --group fuzz

test-browser: tools ## run the tests that drive a real browser
	ONRECORD_BROWSER=required $(BIN)/pytest tests/browser $(ARGS)

test-fuzz: tools ## send ten thousand odd requests to a real server
	ONRECORD_FUZZ=required $(BIN)/pytest -s tests/fuzz $(ARGS)

test-ftm: $(DEV) ## validate FollowTheMoney files with its library (compiles PyICU; installs Debian's ICU where it is missing)
	@pkg-config --exists icu-i18n 2>/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libicu-dev pkg-config g++; }
	$(BIN)/pip install --quiet --disable-pip-version-check --group ftm
	ONRECORD_FTM=required $(BIN)/pytest tests/network/test_ftm.py $(ARGS)

lint: $(DEV) ## ruff: style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV) ## mypy, strict
	$(BIN)/mypy

contract: $(DEV) ## imports point one way
	$(BIN)/lint-imports

format: $(DEV) ## rewrite the code in the house format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV) ## speed and memory, with ratios
	$(BIN)/python benchmarks/run.py $(ARGS)

bench-pages: $(DEV) ## speed and memory of the pages (ARGS="--archive X.onrecord" takes one that is there)
	$(BIN)/python benchmarks/pages.py $(ARGS)

quality: $(DEV) ## score against the demo corpus' truth (and ../shared/eval where it is)
	$(BIN)/python benchmarks/quality.py $(ARGS)

clean: ## remove what was built; keeps no archive of yours: only build/
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
