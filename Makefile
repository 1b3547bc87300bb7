# fatu: `make help` lists what can be made. Every target works alone on a fresh clone; only the first run
# installs anything, into .venv.

SHELL := bash
REPORT := 410203-gov-2020
BIN := .venv/bin

# An environment is up to date as long as the files that say what is in it are the same.
KEY := $(shell cat constraints.txt pyproject.toml scripts/setup.sh | cksum | cut -d' ' -f1)
RUN := .venv/.run-$(KEY)
TEST := .venv/.test-$(KEY)

.NOTPARALLEL:
.PHONY: help graph test quick lint format docs ontology audit-benchmark explorer-benchmark store-benchmark corpus-benchmark fuzz web lock browser servers clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 28

graph: $(RUN) ## build the sample report's graph and its explorer page
	$(BIN)/fatu build graphs/$(REPORT)/source.txt -o graphs
	@echo "The page: graphs/$(REPORT)/explorer.html"

test: $(TEST) browser servers ## all tests (those of the page need Chromium, those of servers Virtuoso)
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

quick: $(TEST) browser servers ## the tests without the slow ones: what to run before each commit
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not slow" $(ARGS)

lint: $(TEST) ## style, types, import layers; changes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

format: $(TEST) ## put the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(TEST) ## the documentation as a site, build/site/index.html, with the ontology's pages; offline
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict
	@echo "The site: build/site/index.html"

ontology: $(TEST) ## write the ontology's pages in docs/ontology (pyLODE)
	$(BIN)/python scripts/document_ontology.py

audit-benchmark: $(RUN) ## how many planted errors the audit finds in synthetic reports
	$(BIN)/python benchmarks/audit.py $(ARGS)

explorer-benchmark: $(TEST) browser ## how fast the explorer page is, beside plain pyvis
	$(BIN)/python benchmarks/explorer.py $(ARGS)

store-benchmark: $(TEST) ## how fast a store is loaded, asked and served, beside bare Oxigraph and rdflib
	$(BIN)/python benchmarks/store.py $(ARGS)

corpus-benchmark: $(TEST) ## how fast 10,000 reports are built, again and for the first time
	$(BIN)/python benchmarks/corpus.py $(ARGS)

fuzz: $(TEST) ## attack every parser for long (ARGS="html pdf --runs 1000"); hours
	$(BIN)/python scripts/fuzz.py $(ARGS)

web: ## fetch the query editor YASGUI from npm for fatu serve
	scripts/web.sh

lock: ## resolve the dependencies anew into constraints.txt (needs uv)
	scripts/lock.sh

clean: ## remove the environment and the caches
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build dist docs/ontology

# Chromium and a Chinese font, where we may install them; elsewhere the tests of the page skip and say so.
browser:
	@scripts/browser.sh

# Virtuoso, likewise; the tests of remote stores start it themselves.
servers:
	@scripts/servers.sh

$(TEST):
	scripts/setup.sh test
	@touch $(RUN) $(TEST)

# What is installed for the tests serves here too.
$(RUN):
	@if [ -e $(TEST) ]; then touch $(RUN); else scripts/setup.sh run && touch $(RUN); fi
