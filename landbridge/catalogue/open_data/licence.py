"""Under which licence the catalogue is given away. What came from a source names that source's licence beside it."""

from __future__ import annotations

NAME = "Creative Commons Attribution 4.0"
ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
