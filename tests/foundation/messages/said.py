"""Languages that exist for a test alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from landbridge.foundation.messages import compiled


def speak(settings: Any, folder: Path, *, language: str, messages: Mapping[str, str]) -> None:
    """From here to the end of the test, this language says what is given and nothing else of ours."""
    translations = {("", english): (text,) for english, text in messages.items()}
    place = compiled.path_of(folder, language)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(compiled.compile_one(language, translations))
    settings.LOCALE_PATHS = [folder]
