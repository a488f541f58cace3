# Quarterly briefing packs: `make help` lists what can be made.
#
# Every target sets up .venv by itself when it is missing or its lock has changed. PROJECT=folder
# works on the project of another folder.

YEAR ?= 2023
Q ?=
# Windows names two things otherwise, under a shell that has make.
windows := $(filter Windows_NT,$(OS))
PYTHON ?= $(if $(windows),python,python3)
VENV := .venv
BIN := $(VENV)/$(if $(windows),Scripts,bin)
PROJECT ?=
REPORTING = $(BIN)/reporting $(call given,--project,$(PROJECT))

UNIT ?=
LEADER ?=
REPORT ?=
EACH ?=
FORMATS ?=
DATE ?=
AUDIENCE ?=
TASK ?=
FROM ?= 1
RENDERER ?=
JOBS ?=
WAIT ?=
SCHEDULER ?=
EDITION ?=
ACCEPT ?=
SIGN ?=
SIGNERS ?=
OWN ?=
TABLE ?=
CITY ?=
PLACE ?=
OUT ?=
SECONDS ?= 60
MINUTES ?= 10
COUNT ?=
PORT ?= 8000

comma := ,
# A value as one word of the shell, whatever it holds: nothing in it is ever run.
quoted = '$(subst ','\'',$(1))'
# One option for each word of a comma-separated list: $(call each,--format,html,pdf).
each = $(foreach word,$(subst $(comma), ,$(2)),$(1) $(call quoted,$(word)))
# An option with its value, or nothing when the variable is empty.
given = $(if $(2),$(1) $(call quoted,$(2)))
# The quarter and the year of a command.
period = --quarter $(call quoted,$(Q)) $(year)
year = --year $(call quoted,$(YEAR))
# The folder of the project.
here = $(or $(PROJECT),.)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup setup-dev init report watch why plan change params sheets check decide release verify province export backtest diff distribute \
	sample serve lab quarto test test-long tests-of lint format bench race soak fuzz mutants sample-pack sbom clean quarter

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- environment -----------------------------------------------------------------------------

setup: $(VENV)/.ready ## install what the reports need into .venv

setup-dev: $(VENV)/.ready-dev ## install what the tests need as well

# The package itself is linked, so a changed notebook or module needs no new set-up.
$(VENV)/.ready: requirements.lock pyproject.toml
	@echo '正在把所需软件安装到 .venv（约1 GB），要几分钟，其间没有提示……'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m reporting.kernels install
	@touch $@

# The lock is complete; what asks for other versions than it is overruled in pyproject.toml.
$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# --- a new project, a new year -----------------------------------------------------------------

init: $(VENV)/.ready ## lay a project out, or start a year from its table: YEAR=2024 [PROJECT=folder TABLE= CITY= PLACE=]
	@$(if $(filter file,$(origin YEAR)),echo '请指明年份，例如：make init PROJECT=文件夹 YEAR=2024' >&2; exit 2)
	@$(BIN)/reporting init $(year) $(call given,--table,$(TABLE)) $(call given,--city,$(CITY)) \
		$(call given,--place,$(PLACE)) $(if $(PROJECT),-- $(call quoted,$(PROJECT)))

# --- the quarter's work ----------------------------------------------------------------------

quarter:
	@test -n $(call quoted,$(Q)) || { echo '请指明季度，例如：make $(MAKECMDGOALS) Q=3' >&2; exit 2; }

report: quarter $(VENV)/.ready ## publish a quarter's pack: Q=3 [UNIT= LEADER= REPORT= EACH= FORMATS= AUDIENCE=public RENDERER= JOBS= WAIT=1 YEAR= DATE=]
	@$(REPORTING) report $(period) $(call each,--unit,$(UNIT)) \
		$(call each,--leader,$(LEADER)) $(call each,--format,$(FORMATS)) \
		$(call each,--report,$(REPORT)) $(call each,--each,$(EACH)) \
		$(call given,--renderer,$(RENDERER)) $(call given,--jobs,$(JOBS)) \
		$(call given,--scheduler,$(SCHEDULER)) $(call given,--date,$(DATE)) \
		$(call given,--audience,$(AUDIENCE)) $(if $(WAIT),--wait)

watch: quarter $(VENV)/.ready ## stay, make anew what each save touches, and show it: Q=3 [FORMATS= AUDIENCE=public JOBS= PORT=8000]
	@$(REPORTING) watch $(period) $(call each,--format,$(FORMATS)) \
		$(call given,--jobs,$(JOBS)) $(call given,--audience,$(AUDIENCE)) --port $(call quoted,$(PORT))

why: quarter $(VENV)/.ready ## say where a rating comes from, down to the cells: Q=3 TASK=194
	@$(REPORTING) why $(period) --task $(call quoted,$(TASK))

plan: $(VENV)/.ready ## read the task table: CSV tables and the quality page
	@$(REPORTING) plan $(year) $(call given,--table,$(TABLE)) \
		$(call given,--out,$(OUT))

change: $(VENV)/.ready ## write down a change of the plan within the year, asking for it
	@$(REPORTING) change $(year)

params: $(VENV)/.ready ## check the year's parameters and notebooks; tell what they will print
	@$(REPORTING) params --check $(year)

sheets: quarter $(VENV)/.ready ## write the blank return workbooks of a quarter: Q=3
	@$(REPORTING) sheets $(period) $(call given,--out,$(OUT))

check: quarter $(VENV)/.ready ## check a quarter's returns: Q=3 [DATE=2023-10-21]
	@$(REPORTING) check $(period) $(call given,--date,$(DATE))

decide: quarter $(VENV)/.ready ## decide about what is to be confirmed, asking one by one: Q=3 [UNIT=]
	@$(REPORTING) decide $(period) $(call given,--unit,$(UNIT))

release: quarter $(VENV)/.ready ## freeze the pack as an edition: Q=3 [ACCEPT="why errors stand" SIGN=key WAIT=1]
	@$(REPORTING) release $(period) $(call given,--accept,$(ACCEPT)) \
		$(call given,--sign,$(SIGN)) $(call given,--audience,$(AUDIENCE)) $(if $(WAIT),--wait)

verify: quarter $(VENV)/.ready ## prove an edition byte for byte: Q=3 [EDITION=1 SIGNERS=file OWN=1: by the program it carries]
	@$(REPORTING) verify $(period) $(call given,--edition,$(EDITION)) \
		$(call given,--signers,$(SIGNERS)) $(if $(OWN),--with-its-own-program)

province: quarter $(VENV)/.ready ## a province's report over released editions of many offices: Q=3 [FORMATS= WAIT=1]
	@$(REPORTING) province $(period) $(call each,--format,$(FORMATS)) \
		$(call given,--scheduler,$(SCHEDULER)) $(if $(WAIT),--wait)

export: quarter $(VENV)/.ready ## pack an edition into a zip, to hand it out: Q=3 [EDITION=1 OUT=folder]
	@$(REPORTING) export-edition $(period) $(call given,--edition,$(EDITION)) \
		$(call given,--out,$(OUT))

backtest: $(VENV)/.ready ## make every frozen edition again and compare
	@$(REPORTING) backtest

diff: quarter $(VENV)/.ready ## list what changed since an edition: Q=3 [FROM=1]
	@$(REPORTING) diff $(period) --from $(call quoted,$(FROM))

distribute: quarter $(VENV)/.ready ## one zip for each unit and leader: Q=3
	@$(REPORTING) distribute $(period)

sample: $(VENV)/.ready ## write the demonstration returns again
	@$(if $(PROJECT),REPORTING_PROJECT=$(call quoted,$(PROJECT))) $(BIN)/python -m tools.sample $(year)

serve: ## show outputs/ in a browser on this computer: [PORT=8000]
	@$(PYTHON) -m http.server --bind 127.0.0.1 --directory $(call quoted,$(here)/outputs) $(call quoted,$(PORT))

quarto: $(VENV)/.ready ## render copies of the notebooks by Quarto, into outputs/quarto
	@$(if $(PROJECT),REPORTING_PROJECT=$(call quoted,$(PROJECT))) $(BIN)/python -m tools.by_quarto

lab: $(VENV)/.ready ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab --notebook-dir $(call quoted,$(here)/notebooks)

# --- development -----------------------------------------------------------------------------

# A browser and an office program stand beside each process: more than four need much memory.
test: $(VENV)/.ready-dev ## run the tests, in as many processes as there are processors
	@$(BIN)/pytest --numprocesses logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder

test-long: $(VENV)/.ready-dev ## run the tests that take half an hour, which "make test" leaves out
	@$(BIN)/pytest -m long --numprocesses logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder

tests-of: $(VENV)/.ready-dev ## run the tests of one module: MODULE=plan/read.py
	@$(BIN)/python -m tools.tests_of $(call quoted,$(MODULE)) --run

lint: $(VENV)/.ready-dev ## check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m tools.spelling

format: $(VENV)/.ready-dev ## put the code into the common style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.ready-dev ## measure speed and memory, as ratios of one run: [YARDSTICK=commit]
	@$(BIN)/python -m tools.bench $(if $(YARDSTICK),--yardstick $(call quoted,$(YARDSTICK)))

race: $(VENV)/.ready-dev ## releases raced by reports and changed returns: COUNT=100
	@$(BIN)/python -m tools.race $(call given,--tries,$(COUNT))

soak: $(VENV)/.ready-dev ## random faults against random plans: SECONDS=60
	@$(BIN)/python -m tools.soak --seconds $(call quoted,$(SECONDS))

fuzz: $(VENV)/.ready-dev ## damaged packages against the reader, in bounds: MINUTES=10
	@$(BIN)/python -m tools.fuzz --minutes $(call quoted,$(MINUTES))

mutants: $(VENV)/.ready-dev ## small changes of rules, and whether a test notices: SECONDS=60 [COUNT=]
	@$(BIN)/python -m tools.mutants --seconds $(call quoted,$(SECONDS)) $(call given,--count,$(COUNT))

sample-pack: $(VENV)/.ready-dev ## make the pack in docs/sample and the pictures of the READMEs anew
	@$(BIN)/python -m tools.showcase

sbom: $(VENV)/.ready-dev ## list the package and all it needs as CycloneDX, from the lock: build/sbom.cdx.json
	@$(BIN)/python -m tools.sbom

clean: ## remove outputs and what was kept to reuse (not the editions, not .venv)
	@test -z $(call quoted,$(PROJECT)) || test -d $(call quoted,$(PROJECT)/params) || \
		{ echo 'PROJECT 应是项目文件夹（含 params）' >&2; exit 2; }
	cd $(call quoted,$(here)) && rm -rf outputs/*/Q[1-4] outputs/*/Q[1-4]-public outputs/*/Q[1-4]-province outputs/*/data outputs/*/plan .reporting
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache
