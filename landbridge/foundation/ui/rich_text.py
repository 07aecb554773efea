"""Rich text that people write: paragraphs, emphasis, lists, quotations, sub-headings and links; no HTML of theirs."""

from __future__ import annotations

import nh3
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

HEADING = "h3"
ALLOWED = {"p", "em", "strong", "ul", "ol", "li", "a", "blockquote", "br", HEADING}
SCHEMES = {"http", "https", "mailto"}

_reader = MarkdownIt("commonmark", {"html": False}).disable(
    ["image", "html_block", "html_inline", "code", "fence"]
)


def rich(text: str) -> SafeString:
    """Markdown as clean HTML: every heading is a third-level one, links lead out without telling whence."""
    tokens = _reader.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = HEADING
    drawn = _reader.renderer.render(tokens, _reader.options, {})
    clean = nh3.clean(
        drawn, tags=ALLOWED, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener nofollow"
    )
    return SafeString(clean)


def bare(text: str) -> str:
    """The same text without any marks, for summaries and letters."""
    return " ".join(nh3.clean(str(rich(text)), tags=set()).split())
