# `make help` lists the targets. CARGO_TARGET_DIR is heeded, as everywhere in Cargo.

# Starts quickly after a change; PROFILE=release answers quickly.
PROFILE ?= dev
NPM := npm --prefix web
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print)
# Without Node.js the server runs as well, only without its pages.
WEB_IF_POSSIBLE := $(if $(shell command -v npm),web-if-possible)

.DELETE_ON_ERROR:

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(WEB_IF_POSSIBLE) ## build, and serve on SQLite in ./data: the address is printed
	cargo run --locked --profile $(PROFILE) -- serve

.PHONY: test
test: web/dist/index.html ## all tests, on SQLite and on servers of PostgreSQL and Redis of the run's own
	scripts/with-redis scripts/with-postgres cargo test --locked --workspace
	$(NPM) run typecheck
	$(NPM) test

# ROUNDS: how often each thing is killed; OUTAGE: for how many seconds the PostgreSQL server is away.
ROUNDS ?= 100
OUTAGE ?= 60

.PHONY: torture
torture: ## kill it hundreds of times, take its database away for a minute: nothing is lost; ROUNDS, OUTAGE, MODELRY_TORTURE_SEED
	MODELRY_TORTURE_ROUNDS=$(ROUNDS) MODELRY_TORTURE_OUTAGE=$(OUTAGE) \
		scripts/with-postgres cargo test --locked --test integration -- torture a_rotation_survives --nocapture

.PHONY: lint
lint: web/node_modules/.package-lock.json ## formatting and lints of Rust and web; a warning fails
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	$(NPM) run lint
	$(NPM) run format:check
	$(NPM) run check:generated

.PHONY: bench
bench: ## what it costs, on both databases, and docs/BENCHMARKS.md; CATALOG=FILE adds a models.dev file of your own
	LOAD_WRITE=1 scripts/with-postgres cargo bench --locked --bench registry --bench parts --bench load

.PHONY: bench-load
bench-load: ## answers in a second beside what the machine could, and docs/BENCHMARKS.md; LOAD_ONLY, LOAD_REQUESTS, LOAD_SECONDS
	LOAD_WRITE=$(if $(LOAD_ONLY)$(LOAD_REQUESTS)$(LOAD_SECONDS),0,1) scripts/with-postgres cargo bench --locked --bench load

# A Node.js that is too old, or no registry to install from, keeps nobody from the server.
.PHONY: web-if-possible
web-if-possible:
	@$(MAKE) --no-print-directory web || echo "the pages can't be built; the server runs without them" >&2

.PHONY: web
web: web/dist/index.html ## build the pages that the binary holds

.PHONY: doc
doc: ## the code's documentation; a warning fails
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --workspace --no-deps --document-private-items

.PHONY: schema
schema: ## write schema.graphql anew, as the code has it
	text=$$(cargo run --locked --quiet -- schema) && printf '%s\n' "$$text" > schema.graphql

# The binary that the tests use: `cargo build` would compile some dependencies anew, without what only the tests ask of them.
.PHONY: smoke
smoke: web/dist/index.html ## start the binary on each database, and visit it with a browser
	cargo test --locked --workspace --no-run
	scripts/smoke sqlite
	scripts/with-postgres scripts/smoke postgres

.PHONY: pictures
pictures: web/dist/index.html ## README.md's pictures of the console anew, into docs/pictures/
	cargo build --locked
	scripts/pictures

# What takes too long for every change, or needs more of the network than a package registry. Opens 2,500 connections to a
# server: the limit of open files must allow for them twice.
.PHONY: audit
audit: ## known holes of dependencies, other people's fuzzers on both databases, thousands of connections
	scripts/advisories
	cargo test --locked --workspace --no-run
	scripts/fuzz sqlite
	scripts/with-postgres scripts/fuzz postgres
	MODELRY_TEST_EFFORT=10 scripts/with-redis scripts/with-postgres cargo test --locked hostile
	ulimit -n 16384 && scripts/with-redis scripts/with-postgres \
		cargo test --locked --test integration -- --ignored --nocapture thousands_of_connections

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	$(NPM) run build

# npm writes this file when it has installed everything.
web/node_modules/.package-lock.json: web/package-lock.json web/package.json
	$(NPM) ci
	touch $@
