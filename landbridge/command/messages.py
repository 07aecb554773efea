"""`landbridge messages`: the catalogues of the languages: brought up to date, checked, compiled."""

from __future__ import annotations

import argparse
from pathlib import Path

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge messages update
  landbridge messages check
  landbridge messages left
  landbridge messages build"""

ABOUT = {
    "update": "write the catalogues anew: new messages in, gone ones out",
    "check": "find broken messages, and missing ones in the languages that are complete; exit 1 if any",
    "left": "count what is not translated yet, in scope and beyond",
    "build": "compile the languages whose catalogues changed; a start does it too",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with them."""
    parser.add_argument("what", choices=tuple(ABOUT), help="; ".join(f"{one}: {ABOUT[one]}" for one in ABOUT))


def run(options: argparse.Namespace) -> Answer:
    """Catalogues stand in `landbridge/<word>/locale/`; `policies/languages.yaml` says what must be translated."""
    return {"update": _update, "check": _check, "left": _left, "build": _build}[str(options.what)]()


def _update() -> Answer:
    from landbridge.foundation.messages import keeping, source
    from landbridge.foundation.messages.tongues import TONGUES

    messages = source.messages()
    written = [path for language in TONGUES for path in keeping.update(messages, language=language)]
    names = [path.relative_to(source.ROOT).as_posix() for path in written]
    return Answer(
        lines=[f"{len(messages)} messages; {len(names)} of the catalogues changed."],
        data={"messages": len(messages), "written": names},
    )


def _check() -> Answer:
    from landbridge.foundation.messages import keeping, source
    from landbridge.foundation.messages.scope import scope

    found = list(keeping.findings(source.messages(), within=scope()))
    complete = ", ".join(scope().complete) or "none yet"
    lines = found or [f"No message is broken. Languages in which none may be missing: {complete}."]
    return Answer(lines=lines, data={"findings": found}, code=int(bool(found)))


def _left() -> Answer:
    from landbridge.foundation.messages import keeping, source
    from landbridge.foundation.messages.scope import scope
    from landbridge.foundation.messages.tongues import TONGUES

    messages = source.messages()
    in_scope = [message for message in messages.values() if scope().holds(message)]
    words = sum(message.words for message in in_scope)
    lines = [f"{len(messages)} messages, {len(in_scope)} of them in scope with {words} words."]
    data: dict[str, object] = {"messages": len(messages), "in_scope": len(in_scope), "words_in_scope": words}
    for language in TONGUES:
        left = keeping.left(messages, language=language, within=scope())
        data[language] = {"in_scope": len(left.in_scope), "beyond": len(left.beyond)}
        lines.append(f"{language}: {len(left.in_scope)} left in scope, {len(left.beyond)} beyond.")
    return Answer(lines=lines, data=data)


def _build() -> Answer:
    from django.conf import settings

    from landbridge.foundation.messages.compiled import bring_up_to_date

    folder = Path(settings.LOCALE_PATHS[0])
    made = bring_up_to_date(folder)
    lines = [f"Compiled {', '.join(made)} into {folder}."] if made else [f"All of {folder} is fresh."]
    return Answer(lines=lines, data={"compiled": list(made), "folder": str(folder)})
