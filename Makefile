# Short names for what start.py does; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench lock fix look clean
T ?=

help: ## list these names
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make the environment: .venv/bin/peerlink
	@python3 start.py setup

demo: ## a programme of made-up people, on this machine only
	@python3 start.py demo

test: ## every test on both databases and in a browser (T=path for some)
	@python3 start.py test $(T)

check: ## style, types, house rules, migrations, locks, then the tests
	@python3 start.py check

bench: ## the benchmarks (T=name for one)
	@python3 start.py bench $(T)

lock: ## write the lock files again from pyproject.toml
	@python3 start.py lock

fix: ## put imports, style and layout right
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

look: ## open every desk at phone and desk width and keep the pictures in .look/
	@python3 start.py look

clean: ## remove what can be made again; instances are left alone
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .look *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
