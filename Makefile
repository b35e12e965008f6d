# The two commands of the README, and what they are made of. `make help` lists them.
PYTHON := .venv/bin/python
PORT ?= 8501

.PHONY: help app index test evaluate fast lint types unit clean setup setup-dev

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

app: index ## set up whatever is missing and run the app (PORT=8501)
	$(PYTHON) -m drafting serve --port $(PORT)

index: setup ## bring the index up to date
	$(PYTHON) -m drafting index

setup: ## virtual environment and what the app needs
	scripts/setup requirements.txt

setup-dev: ## what the tests need too, system packages included
	scripts/setup requirements-dev.txt
	scripts/system-packages

test: setup-dev lint types unit ## set up whatever is missing, then lint, types and every test

lint:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

unit:
	$(PYTHON) -m pytest

fast: ## the tests that need neither browser nor LibreOffice nor model
	$(PYTHON) -m pytest -m "not browser and not office and not model"

evaluate: index ## what search and support are worth on judged queries (QUERIES=folder with queries_*.jsonl and qrels_*.jsonl)
	@for queries in $(QUERIES)/queries_*.jsonl; do echo "$${queries##*/}"; \
	  $(PYTHON) -m drafting evaluate "$$queries" "$${queries%/*}/qrels_$${queries##*queries_}" || exit 1; done

clean: ## remove the environment and the index; drafts stay
	rm -rf .venv data/index .mypy_cache .ruff_cache .pytest_cache .hypothesis
