# The few commands of this project. Everything is installed into .venv once, and again when its list changes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: help demo test check docs screenshot clean
.DELETE_ON_ERROR:

help:
	@echo "make demo    align the sample interview, propose its terms, check it; results in demo/"
	@echo "make test    run the tests"
	@echo "make check   linter, format, types, architecture"
	@echo "make docs    put the help texts into docs/cli.md again"
	@echo "make screenshot   take the pictures of the README and of the review page again (needs chromium)"
	@echo "make clean   remove what these commands made, .venv included"

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Concord needs Python 3.11 or newer. Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (once; a minute or a few)" >&2
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[models,dev]"
	@touch $@

SAMPLE := seeds/interview.ru.txt seeds/interview.en.txt

demo: $(INSTALLED)
	@mkdir -p demo
	@echo "1. Sentence beside sentence: what wants a second look"
	@$(BIN)/concord align $(SAMPLE) -o demo/interview.html -o demo/interview.jsonl -o demo/interview.tmx
	@$(BIN)/concord align $(SAMPLE) --only-doubtful --quiet
	@echo
	@echo "2. Names and terms, with their renderings"
	@$(BIN)/concord terms extract $(SAMPLE) --jsonl >demo/terms.jsonl
	@$(BIN)/concord terms extract $(SAMPLE) | head -n 13
	@echo
	@echo "3. Legal marks: what became of each in the translation"
	@$(BIN)/concord annotations $(SAMPLE) --ledger
	@echo
	@echo "4. What is inconsistent, and where (the whole of it: demo/report.html)"
	@$(BIN)/concord check $(SAMPLE) --fail-on never --quiet -o demo/report.html -o demo/report.jsonl
	@$(BIN)/concord check $(SAMPLE) --fail-on never --select T,A
	@echo
	@echo "To look at in a browser: demo/report.html (findings) and demo/interview.html (sentence beside sentence)."
	@echo "For programs: demo/report.jsonl, demo/interview.jsonl, demo/interview.tmx, demo/terms.jsonl."

test: $(INSTALLED)
	@$(BIN)/python -m pytest -n auto --dist loadfile

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --quiet tests/test_architecture.py

docs: $(INSTALLED)
	$(BIN)/python -m tests.help_blocks
	$(BIN)/python -m tests.rule_pages

screenshot: demo
	@mkdir -p docs/images
	chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1280,1500 \
		--screenshot=docs/images/alignment.png "file://$(CURDIR)/demo/interview.html" 2>/dev/null
	$(BIN)/python -m tests.browser.screenshots

clean:
	rm -rf $(VENV) demo build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
