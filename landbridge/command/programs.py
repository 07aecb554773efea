"""`landbridge programs`: which programs of others may ask people to act for them (OAuth 2); add one, or end one."""

from __future__ import annotations

import argparse

from landbridge.command.answer import Answer

EXAMPLES = """  landbridge programs list
  landbridge programs add --name "Customer database" --redirect https://crm.example/back --scope enquiry:see
  landbridge programs end --id 0f3a --json"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What is to be done, and with which program."""
    parser.add_argument(
        "what", choices=("list", "add", "end"), help="name them; let one in; end one and its tokens"
    )
    parser.add_argument("--name", default="", help="as people read it on the page where they agree")
    parser.add_argument(
        "--redirect", action="append", default=[], help="where it may be led back to; repeat for more"
    )
    parser.add_argument("--scope", action="append", default=[], help="what it may ask for; repeat for more")
    parser.add_argument(
        "--public", action="store_true", help="it cannot keep a secret: an app, a page with scripts"
    )
    parser.add_argument("--id", default="", help="which one ends")


def run(options: argparse.Namespace) -> Answer:
    """A secret is said once and kept as a hash alone."""
    from landbridge.api import oauth
    from landbridge.api.actions import programs
    from landbridge.foundation import clock
    from landbridge.foundation.permissions.actor import SYSTEM
    from landbridge.foundation.problems import Refused
    from landbridge.foundation.ui.formatting import problem_text

    try:
        if options.what == "add":
            number, secret = programs.add_program(
                name=options.name, redirects=options.redirect, scopes=options.scope, is_public=options.public,
                by=SYSTEM, at=clock.now(),
            )  # fmt: skip
            said = [
                f"client id: {number}",
                f"secret: {secret}" if secret else "no secret: it proves itself by PKCE",
            ]
            return Answer(lines=said, data={"id": number, "secret": secret})
        if options.what == "end":
            programs.end_program(client_id=options.id, by=SYSTEM, at=clock.now())
            return Answer(lines=["ended"], data={"ended": options.id})
    except Refused as refusal:
        return Answer(lines=[problem_text(one) for one in refusal.problems], data={}, code=1)
    rows = oauth.every_program()
    return Answer(
        lines=[f"{number}  {name}  {' '.join(scopes)}" for number, name, scopes in rows],
        data={"programs": rows},
    )
