"""The rules of this word: values in, problems out; nothing here knows the database."""

from __future__ import annotations
