# The work is in scripts/, one job a script; scripts/env.sh is the home of the environment.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build dev test lint e2e bench fmt demo-static clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build everything and start Pulse with demo data on http://127.0.0.1:3000 (ARGS="serve": with your own)
	@scripts/run.sh $(ARGS)

build: ## Build everything that `make run` starts
	@scripts/build.sh

dev: ## Build fast, start, and do it again when a file changes (ARGS as for run)
	@scripts/dev.sh $(ARGS)

test: ## Run all tests: Rust, tracker, browser
	@scripts/test.sh

lint: ## Check format, lints, docs, types, styles, import rules, dependencies, sizes
	@scripts/lint.sh

e2e: ## Run the browser tests alone (ARGS="-g words": only those)
	@scripts/e2e.sh $(ARGS)

bench: ## Measure
	@scripts/bench.sh $(ARGS)

fmt: ## Format the Rust sources
	@cargo fmt --all

demo-static: ## Build the demo that needs no server into dist/, with trunk
	@scripts/trunk.sh $(ARGS)

clean: ## Delete what was built here, never data/; the shared cache stays
	@scripts/clean.sh
