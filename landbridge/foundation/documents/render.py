"""From a template and plain data to an accessible PDF, by typst."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from landbridge.foundation.documents.glyphs import drawable
from landbridge.foundation.messages.spoken import spoken
from landbridge.foundation.plain import plain

ROOT = Path(__file__).resolve().parent.parent.parent
STANDARDS: typst.PDFStandards = ["ua-1", "a-2a"]
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
UNDRAWN = re.compile("could not be displayed|contains the codepoint")


def pdf(
    template: str,
    data: Mapping[str, object],
    *,
    title: str = "",
    language: str = "",
    at: datetime | None = None,
    accent: str = "#0b6170",
) -> bytes:
    """The document `<word>/<name>.typ` (in `landbridge/<word>/documents/`) about this data, as PDF/UA-1 and PDF/A-2a.

    Data is text, amounts, numbers, dates, lists, dicts or dataclasses; amounts and dates are written in the language:
    the reader's, where none is named.
    It reaches the template as `data` and is never code. `at` dates the file (else `data["at"]`, else a fixed day):
    the same arguments give the same bytes. Takes about 30 ms: call it outside transactions. Raises FileNotFoundError
    when there is no such template, and typst.TypstError when the template itself is wrong.
    """
    path = template_path(template)
    dated = at or data.get("at")
    language = spoken(language or get_language() or "")
    with override(language):
        values = dict(plain(data))
        values["document"] = {
            "title": title or str(data.get("title") or path.stem.replace("_", " ").capitalize()),
            "language": language.partition("-")[0],
            "region": language.partition("-")[2] or None,
            "accent": accent,
            "page": _("Page"),
            "of": _("of"),
        }
    moment = dated if isinstance(dated, datetime) else NEVER
    try:
        return _compile(path, _drawable(values, only_plain=False), at=moment)
    except typst.TypstError as error:
        if not UNDRAWN.search(str(error)):
            raise
        return _compile(path, _drawable(values, only_plain=True), at=moment)


def template_path(name: str) -> Path:
    """Where the template of this name stands. Raises FileNotFoundError."""
    match = re.fullmatch(r"(?P<word>[a-z_]+)/(?P<name>[a-z_]+)\.typ", name)
    path = ROOT / match["word"] / "documents" / f"{match['name']}.typ" if match else ROOT / "nowhere"
    if not path.is_file():
        raise FileNotFoundError(f"There is no document {name}.")
    return path


def _compile(path: Path, values: Any, *, at: datetime) -> bytes:
    compiled = typst.compile(
        path,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(values, ensure_ascii=False, sort_keys=True)},
        pdf_standards=STANDARDS,
        timestamp=int(at.timestamp()),
    )
    return bytes(compiled)


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside the package alone: the same document on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _drawable(value: Any, *, only_plain: bool) -> Any:
    if isinstance(value, str):
        return drawable(value, only_plain=only_plain)
    if isinstance(value, dict):
        return {key: _drawable(part, only_plain=only_plain) for key, part in value.items()}
    if isinstance(value, list):
        return [_drawable(part, only_plain=only_plain) for part in value]
    return value
