"""Which sentences a template says: as Django's own reader of templates finds them, without its detour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, plural_re

from landbridge.foundation.messages.message import Found

CONTEXT = re.compile(r"""\bcontext\s+("[^"]*"|'[^']*')""")
CONSTANT_IN_FILTER = re.compile(r""":_\(((?:"[^"]*")|(?:'[^']*'))\)""")


def messages_of(source: str, *, path: str) -> Iterator[Found]:
    """In the order of the source."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            if inline := inline_re.match(token.contents):
                yield Found(_doubled(_bare(inline[1])), "", _context(token.contents), path)
            elif block_re.match(token.contents):
                yield from _constants(token, path=path)
                yield _block(token, tokens, path=path)
            else:
                yield from _constants(token, path=path)
        elif token.token_type == TokenType.VAR:
            yield from _constants(token, path=path)


def _block(opening: Token, tokens: Iterator[Token], *, path: str) -> Found:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            if endblock_re.match(token.contents):
                break
            if plural_re.match(token.contents):
                parts.append([])
        elif token.token_type == TokenType.VAR:
            parts[-1].append(f"%({token.contents})s")
        elif token.token_type == TokenType.TEXT:
            parts[-1].append(_doubled(token.contents))
    texts = ["".join(part) for part in parts]
    if " trimmed" in opening.contents:
        texts = [trim_whitespace(text) for text in texts]
    return Found(texts[0], texts[1] if len(texts) > 1 else "", _context(opening.contents), path)


def _constants(token: Token, *, path: str) -> Iterator[Found]:
    """`_("…")` within a tag or a variable."""
    for text in constant_re.findall(token.contents):
        yield Found(_doubled(_bare(text)), "", "", path)


def _context(contents: str) -> str:
    found = CONTEXT.search(contents)
    return _bare(found[1]) if found else ""


def _bare(text: str) -> str:
    return text[1:-1] if text[:1] in {'"', "'"} else text


def _doubled(text: str) -> str:
    """Per cent signs are doubled in the message, as they are where it is shown."""
    return re.sub(r"(?<!%)%(?!%)", "%%", text)
