"""The one command-line program, `landbridge`: a module for each command, listed in line.py."""
