# Every target sets up what it needs in .venv; `make` alone runs what CI runs.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ON_ALL_CORES := --numprocesses auto --dist worksteal

.PHONY: ci demo test lint format types docs wheel examples bench expected clean

ci: lint types test wheel

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: $(VENV)/ready            ## load the example reports and tell their story
	$(BIN)/themegraph demo

test: $(VENV)/ready            ## every test, on all cores
	$(BIN)/pytest $(ON_ALL_CORES)

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/ready          ## put style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/ready
	$(BIN)/mypy

docs: $(VENV)/ready            ## reference pages made from the code; the ontology as HTML, in build/docs
	$(BIN)/python scripts/make_reference.py

# The wheel holds the ontology, the queries, the pages and the examples as files: the tests that read
# such files are run once more against it, in an environment that has never seen the checkout's
# package. With a safe path Python does not look for it in the working directory either.
OF_FILES := tests/api tests/commands tests/exports tests/ontology tests/queries tests/tagging \
	tests/web/test_pages.py tests/test_examples.py tests/test_extract.py tests/test_package.py
wheel: $(VENV)/ready
	rm -rf build dist
	$(BIN)/python -m build --wheel --outdir dist . >/dev/null
	$(PYTHON) -m venv --clear build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check "$$(echo dist/*.whl)[dev]"
	PYTHONSAFEPATH=1 build/wheel/bin/pytest --quiet $(ON_ALL_CORES) $(OF_FILES)
	build/wheel/bin/themegraph demo --store build/demo-store --quiet

examples: $(VENV)/ready        ## make the example reports again from their sources
	$(BIN)/python scripts/make_examples.py

expected: $(VENV)/ready        ## write the expected answers of the tests again; review the diff
	$(BIN)/pytest --regenerate -q

bench: $(VENV)/ready           ## FOLDER=reports make bench
	$(BIN)/python bench/load.py $(FOLDER)

clean:
	rm -rf $(VENV) build dist
