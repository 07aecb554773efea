# For those who have make: each target is the command of run.py with the same name.
PYTHON ?= python3

.PHONY: demo test check docs bench sh
demo test check docs bench sh:
	@$(PYTHON) run.py $@ $(ARGS)
