"""What is wrong with a translation; the same questions for whoever translates and for the check of the project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from landbridge.foundation.messages.message import Message
from landbridge.foundation.messages.tongues import NBSP, TONGUES

NAMED = re.compile(r"%\([^)]+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]")
UNNAMED = re.compile(r"%[#0\- +]*\d*(?:\.\d+)?[sdfrxi](?![a-zA-Z])")
BRACED = re.compile(r"(?<!\{)\{[A-Za-z_][\w.\[\]]*(?:![rs])?(?::[^{}]*)?\}(?!\})")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
SPOKEN_ATTRIBUTE = re.compile(r"""\b(title|alt|aria-label|placeholder)=("[^"]*"|'[^']*')""")
TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
ENTITY = re.compile(r"&(?:[a-zA-Z]+|#\d+);")
MARKS = ".?!:…"
COPY_WORDS = 4
PAIRED = (("(", ")"), ("[", "]"))
ALL_QUOTES = "„“”«»‚‘‹›"


def problems_with(message: Message, translation: Sequence[str], *, language: str) -> Iterator[str]:
    """In plain sentences; nothing for a translation that can be shown."""
    expected = TONGUES[language].forms if message.plural else 1
    if not any(translation):
        yield "It is missing."
        return
    if len(translation) != expected or not all(translation):
        yield f"It needs {expected} form{'s' if expected > 1 else ''}, and has {sum(map(bool, translation))}."
        return
    for number, text in enumerate(translation):
        sources = [message.singular, message.plural] if message.plural else [message.singular]
        if message.plural and number == len(translation) - 1:
            sources = [message.plural]
        yield from dict.fromkeys(_problems_with_form(text, sources, language=language))


def _problems_with_form(text: str, sources: list[str], *, language: str) -> Iterator[str]:
    """`sources` are the sentences of which it may be the translation; its places are those of one of them."""
    yield from _problems_with_places(text, sources)
    source = sources[-1]
    if _tags(text) != _tags(source):
        yield f"Its HTML differs: {_difference(_tags(source), _tags(text))}."
    before, after = set(TEMPLATE.findall(source)), set(TEMPLATE.findall(text))
    if {_close(one) for one in before} != {_close(one) for one in after}:
        yield f"Its template tags differ: {_difference(before, after)}."
    for about, pattern in (("begins", r"^\s*"), ("ends", r"\s*$")):
        if _found(pattern, text) != _found(pattern, source):
            yield f"It {about} with other spaces or line breaks than the English."
    if re.search(r"[^\s] {2,}[^\s]", text) and not re.search(r"[^\s] {2,}[^\s]", source):
        yield "It has two spaces in a row."
    if _is_copy(text, source):
        yield "It is the English sentence."
    if source.rstrip()[-1:] in tuple(MARKS) and text.rstrip()[-1:] not in (*MARKS, ";", "·"):
        yield f"The English ends with “{source.rstrip()[-1]}”, this with no mark at all."
    yield from _problems_with_quotes(text, source, language=language)


def _problems_with_places(text: str, sources: list[str]) -> Iterator[str]:
    for pattern in (NAMED, BRACED):
        expected = [set(pattern.findall(source)) for source in sources]
        found = set(pattern.findall(text))
        if found not in expected:
            yield f"Its places differ: {_difference(expected[-1], found)}."
    unnamed = UNNAMED.findall(NAMED.sub("", text.replace("%%", "")))
    if unnamed not in [UNNAMED.findall(NAMED.sub("", source.replace("%%", ""))) for source in sources]:
        yield "Its %s or %d differ in number or order."
    if any(NAMED.search(source) or "%%" in source for source in sources):
        rest = UNNAMED.sub("", NAMED.sub("", text.replace("%%", "")))
        if "%" in rest:
            yield "A per cent sign beside places is written %%."
    if any(set(ENTITY.findall(source)) == set(ENTITY.findall(text)) for source in sources):
        return
    yield "Its HTML entities (&nbsp; and the like) differ."


def _problems_with_quotes(text: str, source: str, *, language: str) -> Iterator[str]:
    bare, english = TEMPLATE.sub("", TAG.sub("", text)), TEMPLATE.sub("", TAG.sub("", source))
    for opening, closing in PAIRED:
        if bare.count(opening) != bare.count(closing) and english.count(opening) == english.count(closing):
            yield f"{opening} and {closing} do not match."
    if bare.count('"') % 2 and not english.count('"') % 2:
        yield 'One straight quotation mark (") has no other.'
    pairs = TONGUES[language].quotes
    own = {mark for pair in pairs for mark in pair}
    foreign = [mark for mark in ALL_QUOTES if mark in bare and mark not in own and mark != "‘"]
    if foreign:
        yield f"{' '.join(foreign)} is not a quotation mark here; {pairs[0][0]}…{pairs[0][1]} is."
    for opening, closing in pairs:
        if bare.count(opening) != bare.count(closing) and english.count("“") == english.count("”"):
            if opening in "‚‘›‹":
                continue
            yield f"{opening} and {closing} do not match."


def _is_copy(text: str, source: str) -> bool:
    """Names and short words may be the same in two languages; a sentence may not."""
    if text.strip() != source.strip():
        return False
    bare = ENTITY.sub(" ", BRACED.sub(" ", NAMED.sub(" ", TEMPLATE.sub(" ", TAG.sub(" ", source)))))
    return len(re.findall(r"\b[a-z]{2,}\b", bare)) >= COPY_WORDS


def _tags(text: str) -> Counter[str]:
    return Counter(SPOKEN_ATTRIBUTE.sub(r"\1", tag) for tag in TAG.findall(TEMPLATE.sub("", text)))


def _close(tag: str) -> str:
    return " ".join(tag.split())


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[0] if found else ""


def _difference(expected: Counter[str] | set[str], found: Counter[str] | set[str]) -> str:
    missing, more = sorted(set(expected) - set(found)), sorted(set(found) - set(expected))
    said = [f"{', '.join(missing)} is missing"] if missing else []
    said += [f"{', '.join(more)} is too much"] if more else []
    return " and ".join(said) or "not as often as in the English"


def tidied(text: str, *, language: str) -> str:
    """The typography of a language, put right where there is no doubt: its quotation marks, French spaces."""
    opening, closing = TONGUES[language].quotes[0]
    if (opening, closing) != ("“", "”") and not (language in {"fr", "es", "ca"} and "«" in text):
        text = re.sub(r"“([^“”]*)”", rf"{opening}\1{closing}", text)
    if language == "fr":
        text = re.sub(r" (?=[:;?!»])", NBSP, text)
        text = re.sub(r"«[ \u00a0]?", f"«{NBSP}", text)
        text = re.sub(r"(?<![ \u00a0\u202f])»", f"{NBSP}»", text)
    return text
