"""Which of our languages somebody is spoken to in."""

from __future__ import annotations

from django.conf import settings


def spoken(wanted: str) -> str:
    """The language asked for ("de", "de-AT", "en"), as we call it, where we speak it; else the first of ours."""
    codes = [code for code, _name in settings.LANGUAGES]
    wanted = wanted.lower().replace("_", "-")
    if wanted in codes:
        return wanted
    tongue = wanted.partition("-")[0]
    return next((code for code in codes if code.partition("-")[0] == tongue), codes[0])
