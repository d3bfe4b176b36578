# Two commands do everything: `make demo` and `make test`. Both make their environment themselves.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check dev docs bench screenshots clean

demo: $(VENV)/installed
	@$(BIN)/vnkg load
	@$(BIN)/vnkg query provinces_with_fund
	@exec $(BIN)/vnkg serve --port $(PORT)

test: $(VENV)/developed
	$(BIN)/python -m pytest

check: $(VENV)/developed build/ns
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/python -m vnkg.graph.docs --check

dev: $(VENV)/developed build/ns

docs: $(VENV)/developed
	$(BIN)/python -m vnkg.graph.docs

bench: $(VENV)/developed
	$(BIN)/python bench/bench.py

# Pictures of the main pages, to look at: build/screenshots/index.html
screenshots: $(VENV)/developed
	$(BIN)/python -m tests.screenshots

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; $(PYTHON) is " + sys.version.split()[0])'
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "python venv is missing: on Debian and Ubuntu, apt install python3-venv"; exit 1; }

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	@echo "Installing (about 250 MB, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/developed: $(VENV)/bin/python pyproject.toml
	@echo "Installing with the developers' tools (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

# The type checker sees `vnkg.*` through these links; the folders at the top have their plain names.
build/ns:
	@mkdir -p build/ns/vnkg
	@for folder in graph loaders api queries; do ln -sfn ../../../$$folder build/ns/vnkg/$$folder; done
