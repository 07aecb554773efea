"""Landbridge's own icons: strokes on a grid of 24, coloured by the text around them."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

STROKES = {
    "arrow": "M4 12h16M13 5l7 7-7 7",
    "back": "M20 12H4M11 5l-7 7 7 7",
    "bank": "M3 10l9-6 9 6M5 10v8M10 10v8M14 10v8M19 10v8M3 20h18",
    "bell": "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
    "bridge": "M2 17h20M2 17c0-5 4-9 10-9s10 4 10 9M7 10v7M12 8v9M17 10v7",
    "calendar": "M4 6h16v14H4zM4 11h16M8 3v5M16 3v5",
    "check": "M4 12.5l5.5 5.5L20 7",
    "circle": "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "close": "M5 5l14 14M19 5L5 19",
    "company": "M4 21V8l8-5 8 5v13M2 21h20M9 21v-6h6v6M9 10h.01M15 10h.01",
    "document": "M6 3h8l5 5v13H6zM14 3v5h5M9 13h7M9 17h5",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "euro": "M18 6a7.5 7.5 0 1 0 0 12M3 10h10M3 14h9",
    "eye": "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6",
    "file": "M6 3h8l5 5v13H6zM14 3v5h5",
    "filter": "M3 5h18l-7 8v6l-4 2v-8z",
    "globe": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 4 6 4 9s-1 6-4 9c-3-3-4-6-4-9s1-6 4-9z",
    "handshake": "M3 8l4-2 5 2 5-2 4 2v8l-3 1-5 4-6-4-4-1zM12 8l-3 4c1 1.5 3 1 4-.5l5 5",
    "hat": "M3 17c3-2 15-2 18 0-3 2-15 2-18 0zM7 15.5V9c1-3 9-3 10 0v6.5",
    "history": "M4 12a8 8 0 1 1 2.5 5.8M4 12l-2-3M4 12l3-2.5M12 8v4.5l3 2",
    "home": "M3 11l9-8 9 8M6 9v11h12V9M10 20v-6h4v6",
    "inbox": "M3 13l3-9h12l3 9v7H3zM3 13h6l1.5 3h3L15 13h6",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7.5h.01",
    "key": "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12L20 3M16 7l3 3M14 9l2 2",
    "letter": "M3 6h18v13H3zM3 7l9 7 9-7",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "map": "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
    "money": "M3 6h18v12H3zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M6.5 9v.01M17.5 15v.01",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "microscope": "M6 20h13M9 20a7 7 0 0 0 5-12M8 4h4v9H8zM10 13v3M7 16h6",
    "minus": "M5 12h14",
    "pencil": "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
    "people": "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M2 20c0-4 3-6 7-6s7 2 7 6M16 5.5a3 3 0 0 1 0 6M18 14.5c2.5.7 4 2.5 4 5.5",
    "person": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c0-4 3-7 8-7s8 3 8 7",
    "pin": "M12 21c-5-6-7-8.5-7-12a7 7 0 0 1 14 0c0 3.5-2 6-7 12zM12 6.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5L21 21",
    "send": "M3 12l18-8-6 17-3-7zM12 14l9-10",
    "shield": "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
    "sign-out": "M10 4H4v16h6M9 12h12M16 7l5 5-5 5",
    "star": "M12 3l2.7 5.9 6.3.7-4.7 4.3 1.3 6.3-5.6-3.2-5.6 3.2 1.3-6.3L3 9.6l6.3-.7z",
    "upload": "M12 16V5M7 9l5-5 5 5M4 20h16",
    "voucher": "M3 7h18v3a2 2 0 0 0 0 4v3H3v-3a2 2 0 0 0 0-4zM14 7v2M14 11v2M14 15v2",
    "warning": "M12 4l10 17H2zM12 10v5M12 18h.01",
}

DOT = "M12 11.9v.2"


def icon(name: str, *, label: str = "") -> SafeString:
    """The icon as inline SVG: hidden from screen readers unless it has a label of its own.

    An unknown name is drawn as a dot: a page does not fail for an icon. A test reads the names in the templates.
    """
    strokes = mark_safe(f'<path d="{STROKES.get(name, DOT)}"/>')  # noqa: S308 - a constant of this file
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" '
        'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true" focusable="false"'),
        strokes,
    )
