# Needs Python 3.11 or later and make; everything else is fetched, pinned by hash, into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# For every Python from 3.11.0 on, not only for the one that pins: 3.11.2, say, needs a package that 3.11.3 does not.
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help up test lint types bench storm browser fonts mails format lock

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

up: .venv/runtime.stamp  ## run the desk on this machine, with demonstration data on first start; Ctrl-C stops it
	@exec $(BIN)/python manage.py up --demo $(UP)

test: .venv/dev.stamp  ## run all tests; on embedded services unless DATABASE_URL and REDIS_URL name others
	$(BIN)/pytest --numprocesses 2 --dist loadfile $(TESTS)

lint: .venv/dev.stamp  ## check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.stamp  ## check types
	$(BIN)/mypy .

bench: .venv/dev.stamp  ## measure against floors taken in the same run
	$(BIN)/python -m benchmarks $(BENCH)

storm: .venv/dev.stamp  ## kill workers, broker and database while 2,000 notices leave, and count what happened
	$(BIN)/python -m tests.storm $(STORM)

mails: .venv/dev.stamp  ## draw five mails as mail programs show them, for docs/mails.md
	$(BIN)/python -m tests.mails

format: .venv/dev.stamp  ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/dev.stamp  ## pin the requirements anew
	$(PIN) requirements.in -o requirements.txt
	$(PIN) requirements-dev.in -o requirements-dev.txt

browser:  ## install the browser that the journeys are walked with (Debian, Ubuntu)
	apt-get update --quiet
	apt-get install --yes --quiet --no-install-recommends chromium fonts-dejavu-core

fonts:  ## install what letters on paper are drawn with: Pango, and fonts for all eight languages (Debian, Ubuntu)
	apt-get update --quiet
	apt-get install --yes --quiet --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-droid-fallback

.venv/bin/python:
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv

.venv/runtime.stamp: requirements.txt | .venv/bin/python
	@echo "Installing requirements.txt"
	@$(INSTALL) --requirement requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Installing requirements-dev.txt"
	@$(INSTALL) --requirement requirements-dev.txt
	@touch $@ .venv/runtime.stamp
