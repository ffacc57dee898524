# Every target explains itself: `make help`.
.DEFAULT_GOAL := help
.PHONY: help run test check format eval bench sbom clean

VENV := .venv
BIN := $(VENV)/bin
DEFINED_BY := pyproject.toml requirements.lock requirements-dev.lock setup/environment.sh
EVAL_DATA := var/eval
EVAL_SET := tests/evals/library.jsonl

help:
	@echo "make run      installiert alles, liest die Startdokumente ein und öffnet die Seite (ARGS="--port 7861")"
	@echo "make test     installiert alles und prüft den Code: Stil, Typen, Schichten, Tests"
	@echo "make check    nur Stil, Typen und Schichten"
	@echo "make format   bringt den Code in die einheitliche Form"
	@echo "make eval     beantwortet einen Fragensatz und zeigt die Kennzahlen (EVAL_SET=DATEI)"
	@echo "make bench    misst die Geschwindigkeit"
	@echo "make sbom     schreibt die Liste aller Pakete (CycloneDX) nach bildungslotse.cdx.json"
	@echo "make clean    entfernt Umgebung und Zwischenspeicher; var/ mit dem Index bleibt"

run: $(VENV)/installed
	$(BIN)/bildungslotse serve --open $(ARGS)

test: check
	@PYTHON=$(BIN)/python sh tests/install.sh
	$(BIN)/pytest

check: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

eval: $(VENV)/installed
	$(BIN)/bildungslotse ingest --with-library --data $(EVAL_DATA)
	$(BIN)/bildungslotse eval $(EVAL_SET) --data $(EVAL_DATA)
	@if [ -f ../shared/eval/xquad.de.json ]; then $(BIN)/python -m bench.retrieval; fi

bench: $(VENV)/installed-dev
	@for file in $$(grep -l __main__ bench/*.py); do \
		echo "== $$file"; \
		$(BIN)/python -m "bench.$$(basename "$$file" .py)" || exit 1; \
	done

sbom: $(VENV)/installed-dev
	@$(BIN)/python setup/sbom.py bildungslotse.cdx.json

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/installed: $(DEFINED_BY)
	@sh setup/environment.sh

$(VENV)/installed-dev: $(DEFINED_BY)
	@sh setup/environment.sh dev
