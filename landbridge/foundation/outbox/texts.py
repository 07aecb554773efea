"""From a text and plain values to a letter's subject and body; our own texts, and the programmes' own.

Ours are templates of the words (`<word>/templates/letters/<name>.txt`), whose paragraphs are messages like all others.
A programme's text is data typed by people: its template language knows nothing but places, `if`, `for` and a few
filters, and its values are plain, so that no text reaches an object, a query or a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from django.template import Context, Engine, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Lexer, TokenType
from django.utils.translation import override

from landbridge.foundation.outbox.models import BODY_LENGTH, SUBJECT_LENGTH
from landbridge.foundation.plain import plain
from landbridge.foundation.problems import N_, Problem

MOST_RENDERED = 50_000
STANDARD_PLACES = frozenset({"about", "link", "programme", "recipient"})
WORDS_OF_TAGS = frozenset(
    {"and", "or", "not", "in", "is", "True", "False", "None", "as", "with", "count", "forloop"}
)
MISSING = "\x00missing: %s\x00"
FIELDS = ("subject", "body")


class MissingValue(LookupError):
    """A letter's text names a value that was not handed over."""


class SafeEngine(Engine):
    """A template engine with nothing in it."""

    default_builtins = ["landbridge.foundation.outbox.safe_tags"]


@cache
def our_engine() -> Engine:
    """For our own texts: all of Django's language, translations included; what is missing is found."""
    return Engine(
        app_dirs=True,
        autoescape=False,
        string_if_invalid=MISSING,
        builtins=["django.templatetags.i18n"],
    )


@cache
def safe_engine() -> Engine:
    """For the texts of programmes."""
    return SafeEngine(autoescape=False)


def ours(name: str, values: Mapping[str, object], *, language: str) -> tuple[str, str]:
    """Subject and body of our own letter of this name. Raises MissingValue, TemplateDoesNotExist."""
    template = our_template(name)
    with override(language):
        text = template.render(Context(dict(plain(values)), autoescape=False))
    if "\x00" in text:
        raise MissingValue(f"The letter {name} lacks {text.split(chr(0))[1]}.")
    subject, _, body = text.strip().partition("\n")
    return one_line(subject), tidy(body)


def our_template(name: str) -> Template:
    """Our letter, which translates itself."""
    if not re.fullmatch(r"[a-z_]+(/[a-z_]+)*", name):
        raise TemplateDoesNotExist(name)
    return our_engine().get_template(f"letters/{name}.txt")


def theirs(subject: str, body: str, values: Mapping[str, object], *, language: str) -> tuple[str, str]:
    """Subject and body of a programme's own text. Raises TemplateSyntaxError, or ValueError when it grows too long."""
    with override(language):
        context = Context(dict(plain(values)), autoescape=False)
        rendered = [safe_engine().from_string(text).render(context) for text in (subject, body)]
    if max(map(len, rendered)) > MOST_RENDERED:
        raise ValueError("The text grows beyond what a letter may be.")
    return one_line(rendered[0]), tidy(rendered[1])


def problems_with_text(name: str, *, subject: str, body: str) -> Iterator[Problem]:
    """What is wrong with a programme's own text, before it is saved."""
    known = STANDARD_PLACES | places_of(our_template(name).source)
    for field, text, most in zip(FIELDS, (subject, body), (SUBJECT_LENGTH, BODY_LENGTH), strict=True):
        if not text.strip():
            yield Problem(code="text_empty", message=N_("This is empty."), field=field)
        if len(text) > most:
            yield Problem(
                code="text_long",
                message=N_("This is longer than %(most)s characters."),
                field=field,
                params={"most": most},
            )
        yield from _problems_with_template(text, field=field, known=known)


def _problems_with_template(text: str, *, field: str, known: frozenset[str]) -> Iterator[Problem]:
    try:
        safe_engine().from_string(text)
        unknown = sorted(places_of(text) - known)
    except TemplateSyntaxError as error:
        yield Problem(
            code="text_syntax",
            message=N_("This cannot be read: %(error)s"),
            cure=N_("Places are written {{ name }}; {% if name %} … {% endif %} and {% for %} may be used."),
            field=field,
            params={"error": str(error)},
        )
        return
    if unknown:
        yield Problem(
            code="text_place",
            message=N_("This letter has no place called %(unknown)s."),
            cure=N_("It has these: %(known)s."),
            field=field,
            params={"unknown": ", ".join(unknown), "known": ", ".join(sorted(known))},
        )
    if _deepest_loop(text) > 1:
        yield Problem(code="text_loop", message=N_("A loop may not stand inside a loop."), field=field)


def places_of(source: str) -> frozenset[str]:
    """The names of the values that a text uses."""
    names: set[str] = set()
    own: set[str] = set(WORDS_OF_TAGS)
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.VAR:
            names.add(re.split(r"[.|\s]", token.contents)[0])
        elif token.token_type == TokenType.BLOCK:
            tag, _, rest = token.contents.partition(" ")
            if tag == "for":
                loop, _, rest = rest.partition(" in ")
                own |= {variable.strip() for variable in loop.split(",")}
            if tag in {"for", "if", "elif"}:
                bare = re.sub(r"\"[^\"]*\"|'[^']*'|\|\w+(:\S+)?|\.\w+", " ", rest)
                names |= set(re.findall(r"\b[A-Za-z_]\w*", bare)) - {"reversed"}
            if tag == "blocktranslate":
                own |= set(re.findall(r"(\w+)=", rest))
                names |= set(re.findall(r"=([A-Za-z_]\w*)", rest))
    return frozenset(name for name in names - own if re.fullmatch(r"[A-Za-z_]\w*", name))


def _deepest_loop(source: str) -> int:
    depth = deepest = 0
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            tag = token.contents.split(" ")[0]
            depth += (tag == "for") - (tag == "endfor")
            deepest = max(deepest, depth)
    return deepest


def one_line(text: str) -> str:
    """A subject: one line without control characters, so that no header can be smuggled in."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[
        :SUBJECT_LENGTH
    ]


def tidy(text: str) -> str:
    """A body: line ends and blank lines in order, plain spaces, no control characters."""
    lines = [_tidy_line(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:BODY_LENGTH]


def _tidy_line(line: str) -> str:
    if line.isprintable():  # nearly every line: no space but the plain one, nothing to take out
        return line.rstrip()
    return "".join(
        " " if letter.isspace() else letter for letter in line if letter.isspace() or letter.isprintable()
    ).rstrip()
