# Tilik needs Python 3.11 or later and nothing else; all the rest comes into .venv.
#   make demo            a workspace with generated clips, served on this machine (ARGS=--no-serve: no server)
#   make test            everything: style, types, floors, the web app, every test
#   make setup           the environment alone
#   make check           what to run before a commit: lint, and the tests that need no patience
#   make pins            compile the requirement files anew
#   make clean           remove what was made, but no workspace

BIN := .venv/bin
JOBS ?= 2
ARGS ?=
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: setup demo test check lint web-check web-test browser pins clean

setup:
	@sh tools/setup.sh

demo: setup
	@$(BIN)/tilik demo $(ARGS)

test: setup browser
	@$(MAKE) --no-print-directory lint web-check web-test
	$(BIN)/pytest -n $(JOBS) --dist loadfile $(ARGS)

check: setup
	@$(MAKE) --no-print-directory lint web-check web-test
	$(BIN)/pytest -n $(JOBS) --dist loadfile -m "not slow and not browser" $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

web-check: setup
	@cd web && npm run --silent check

web-test: setup
	@cd web && npm test --silent

browser: setup
	@$(BIN)/python tools/browser.py

# No file may name a registry: --no-header keeps the command line out, hashes hold wherever it comes from.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet
pins: setup
	$(COMPILE) pyproject.toml --extra dev --output-file requirements/dev.txt
	$(COMPILE) requirements/uv.in --output-file requirements/uv.txt

clean:
	rm -rf .venv .make build dist src/tilik/web_dist web/node_modules
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
