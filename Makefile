# `make demo` and `make test` do all the set-up themselves; see README.md.

READY := .venv/ready
PYTHON_HERE := .venv/bin/python

# The tests begin hundreds of processes: none has to compile what the one before it had compiled.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test test-slow lint format bench bench-learning bench-station faults translations screenshots clean

demo: $(READY)  ## The whole loop on the simulated camera: record, teach, inspect.
	.venv/bin/inspector demo $(ARGS)

# A worker that crashes is not begun anew: with files spread as a whole, the others would wait for it for ever. They come
# in the order of their names: by the number of tests in each, which is the default, the longest of all would come last.
# One process more than there are cores, for some tests wait, and four at most; a second thread of TensorFlow or numpy in
# each would only wait for its turn.
test: PROCESSES = n=$$(getconf _NPROCESSORS_ONLN); echo $$((n < 4 ? n + 1 : 4))
test: export TF_NUM_INTRAOP_THREADS = 1
test: export TF_NUM_INTEROP_THREADS = 1
test: export OMP_NUM_THREADS = 1
test: $(READY)  ## All tests but the slow ones, spread over the cores file by file; ARGS goes to pytest.
	$(PYTHON_HERE) -m pytest -q -m "not slow" -n $$($(PROCESSES)) --dist=loadfile --no-loadscope-reorder --max-worker-restart=0 $(ARGS)

test-slow: $(READY)  ## The tests that take minutes each.
	$(PYTHON_HERE) -m pytest -q -m slow $(ARGS)

lint: $(READY)  ## Style, format and types, none of which changes a file.
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(PYTHON_HERE) -m mypy

format: $(READY)  ## Format all files, and mend what can be mended.
	$(PYTHON_HERE) -m ruff check --fix .
	$(PYTHON_HERE) -m ruff format .

bench: $(READY)  ## Measure on the real pictures and rewrite docs/measurements.md.
	$(PYTHON_HERE) -m tests.benchmarks $(ARGS)

bench-learning: $(READY)  ## Measure what each way of teaching buys; hours, and it goes on where it stopped.
	$(PYTHON_HERE) -m tests.benchmarks $(or $(ARGS),learning)

bench-station: $(READY)  ## Measure the station: pace, start, memory over an hour, records of ten million rows.
	$(PYTHON_HERE) -m tests.benchmarks $(or $(ARGS),station)

faults: $(READY)  ## Torment a station for ten minutes, or HOURS=n, and count what must never be.
	$(PYTHON_HERE) -m tests.faults $(if $(HOURS),$$(( 60 * $(HOURS) )),10)

translations: $(READY)  ## Gather the app's strings, and compile what is translated; lrelease is Qt's (qttools5-dev-tools).
	$(PYTHON_HERE) -m tests.translations
	lrelease -silent ui/translations/app_*.ts

screenshots: $(READY)  ## Teach a tape and real screws in the window, keep a picture of each page and language; needs Xvfb.
	$(PYTHON_HERE) -m tests.screens

clean:  ## Remove what was built, never what was taught or inspected.
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml constraints.txt installer/setup.sh
	PYTHON="$(PYTHON)" installer/setup.sh
