"""`python -m landbridge`, or `landbridge` in the prepared environment."""

from __future__ import annotations

import sys

from landbridge.command.line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
