# Two commands do everything: `make demo` and `make test`. Both make their environment themselves.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# From the lock, with hashes and without building; then this checkout, for which nothing may be missing any more.
# Modules are compiled when they are first imported: most of what is installed never is. The warning is about our layout,
# which decisions/packaging.md explains.
PIP := PYTHONWARNINGS='ignore:Editable installation' $(BIN)/python -m pip --quiet --disable-pip-version-check install --no-compile
LOCKED := $(PIP) --require-hashes --only-binary :all: -r
CHECKOUT := $(PIP) --no-index --no-build-isolation --editable
# Some worker processes; who has finished takes over half of what another still has to do.
PARALLEL := -n auto --dist worksteal
# Commands and tests start many Python processes: with compiled modules each takes a third less processor time.
export PYTHONDONTWRITEBYTECODE :=
# The embedded engine then starts in half the time; it starts without as well.
PREPARE := $(BIN)/vnkg engine prepare >/dev/null || echo "The engine's classes are not archived; it starts without."

.PHONY: demo test torture check check-types check-rest dev docs bench screenshots lock sbom clean

demo: $(VENV)/installed
	@$(BIN)/vnkg load
	@$(BIN)/vnkg query provinces_with_fund --summary
	@exec $(BIN)/vnkg serve --port $(PORT)

# Without what takes minutes; with VNKG_TEST_REQUIRE=neo4j,chromium,articles everything
test: $(VENV)/developed
	$(BIN)/python -m pytest $(PARALLEL)

# Soak, kill and fuzz tests, each repeated many times: hours
torture: $(VENV)/developed
	VNKG_TORTURE=1 $(BIN)/python -m pytest $(PARALLEL) -m "torture or hypothesis"

# In two parts, for `make -j2`: reading types takes as long as everything else
check: check-types check-rest

check-types: $(VENV)/developed
	$(BIN)/basedpyright --pythonpath $(BIN)/python

check-rest: $(VENV)/developed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python .ci/check_names.py
	$(BIN)/python docs/generate.py --check
	$(BIN)/vnkg audit

dev: $(VENV)/developed

docs: $(VENV)/developed
	$(BIN)/python docs/generate.py

bench: $(VENV)/developed
	$(BIN)/python bench/bench.py

# Pictures of the main pages, to look at: build/screenshots/index.html
screenshots: $(VENV)/developed
	$(BIN)/python -m bench.screenshots

# Newest versions of everything, or with ONLY="fastapi rich" of some, into requirements.lock
lock: $(VENV)/bin/python
	@$(PIP) --upgrade --target build/uv uv
	@$(BIN)/python .ci/lock.py $(ONLY)

# What the release consists of, with licences and hashes, in CycloneDX: dist/vnkg.cdx.json
sbom: PIP_ALONE := -m pip --quiet --disable-pip-version-check install
sbom:
	@mkdir -p dist build && rm -rf build/users build/cyclonedx
	@$(PYTHON) -m venv build/users && $(PYTHON) -m venv build/cyclonedx
	@sed '/^# Developers/q' requirements.lock >build/users.lock
	@build/users/bin/python $(PIP_ALONE) --require-hashes --only-binary :all: -r build/users.lock
	@build/users/bin/python $(PIP_ALONE) --no-index --no-build-isolation .
	@build/cyclonedx/bin/python $(PIP_ALONE) cyclonedx-bom
	@build/cyclonedx/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
		--output-file dist/vnkg.cdx.json build/users/bin/python

clean:
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; $(PYTHON) is " + sys.version.split()[0])'
	@echo "Making the environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "python venv is missing: on Debian and Ubuntu, apt install python3-venv"; exit 1; }
	@mkdir -p build && awk '/^[^ ]/ { found = /^pip==/ } found' requirements.lock >build/pip.lock
	@$(LOCKED) build/pip.lock

$(VENV)/installed: $(VENV)/bin/python pyproject.toml requirements.lock
	@echo "Installing (about 250 MB, once) ..."
	@mkdir -p build && sed '/^# Developers/q' requirements.lock >build/users.lock
	@$(LOCKED) build/users.lock
	@$(CHECKOUT) .
	@$(PREPARE)
	@touch $@

# The link lets the type checker, which runs nothing, find `vnkg` from tests, benchmarks and notebooks.
$(VENV)/developed: $(VENV)/installed pyproject.toml requirements.lock
	@echo "Installing with the developers' tools (once) ..."
	@$(LOCKED) requirements.lock
	@$(CHECKOUT) '.[dev]'
	@ln -sfn "$(CURDIR)" "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/vnkg"
	@touch $@
