"""What somebody wrote, apart from what their mail program quoted and signed below it. Nothing is thrown away."""

from __future__ import annotations

import re

MOST_LINES = 5_000
LONGEST_INTRODUCTION = 3  # lines over which "On …, … wrote:" may be broken

_SIGNATURE = re.compile(r"--\s?|__{9,}\s*")
_ORIGINAL = re.compile(
    r"-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|oorspronkelijk bericht"
    r"|oprindelig meddelelse|mensaje original|forwarded message|weitergeleitete nachricht)\s*-{2,}",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(on|am|le|op|den|el|il|em|w dniu)\s.{4,300}"
    r"(wrote|schrieb[^:]{0,80}|a écrit|schreef[^:]{0,80}|skrev[^:]{0,80}|escribió|ha scritto|escreveu|napisał\(?a?\)?)\s*:",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(from|von|de|van|fra|da)\s?:\*?\s\S.*", re.IGNORECASE)
_SENT = re.compile(
    r"\*?(sent|date|gesendet|datum|envoyé|verzonden|sendt|enviado|to|an|à|aan|til)\s?:\*?\s\S.*",
    re.IGNORECASE,
)


def cut(text: str) -> tuple[str, str]:
    """The text as (what was written, what stood below it); put together again they are the text.

    Cut at the signature's mark, at a mail program's line above what it quotes, or at quoted lines after which nothing
    else comes. Answers written between quoted lines stay where they are. A text that is nothing but quotes stays whole.
    """
    lines = text.splitlines(keepends=True)
    end = min(
        (place for place in (_introduced(lines), _trailing_quotes(lines)) if place is not None), default=None
    )
    if end is None or not "".join(lines[:end]).strip():
        return text, ""
    return "".join(lines[:end]), "".join(lines[end:])


def _introduced(lines: list[str]) -> int | None:
    """The first line that a mail program wrote above what it quotes, or that begins the signature."""
    for place, line in enumerate(lines[:MOST_LINES]):
        bare = line.strip()
        if not bare:
            continue
        if _SIGNATURE.fullmatch(line.rstrip("\r\n")) or _ORIGINAL.fullmatch(bare):
            return place
        if _FROM.fullmatch(bare) and any(
            _SENT.fullmatch(one.strip()) for one in lines[place + 1 : place + 4]
        ):
            return place
        if _is_introduction(lines, place) and not _is_answered_between(lines, place):
            return place
    return None


def _is_introduction(lines: list[str], place: int) -> bool:
    if not lines[place][:8].strip() or lines[place].lstrip().startswith(">"):
        return False
    said = ""
    for line in lines[place : place + LONGEST_INTRODUCTION]:
        said = f"{said} {line.strip()}".strip()[:500]
        if _WROTE.fullmatch(said):
            return True
    return False


def _is_answered_between(lines: list[str], place: int) -> bool:
    """Whether something of the writer's own stands below the quoted lines that follow here."""
    rest = lines[place + 1 :]
    quoted = [number for number, line in enumerate(rest) if line.lstrip().startswith(">")]
    if not quoted:
        return False
    own = [line for line in rest[quoted[0] :] if line.strip() and not line.lstrip().startswith(">")]
    before_signature = []
    for line in own:
        if _SIGNATURE.fullmatch(line.rstrip("\r\n")):
            break
        before_signature.append(line)
    return bool(before_signature)


def _trailing_quotes(lines: list[str]) -> int | None:
    """Where quoted lines begin after which nothing else comes."""
    place = len(lines)
    while place and (not lines[place - 1].strip() or lines[place - 1].lstrip().startswith(">")):
        place -= 1
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place if place < len(lines) else None
