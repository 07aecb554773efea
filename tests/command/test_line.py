"""The command line: what it says about itself, and that every answer is also one JSON document."""

from __future__ import annotations

import json

import pytest

from landbridge.command import line, seed
from landbridge.command.answer import Answer
from landbridge.foundation.permissions import checks


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """The exit code, and what was printed to whom."""
    code = line.main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.once
@pytest.mark.parametrize("name", line.COMMANDS)
def test_every_command_shows_examples(name, capsys):
    with pytest.raises(SystemExit) as end:
        line.main([name, "--help"])
    shown = capsys.readouterr().out
    assert end.value.code == 0
    assert f"landbridge {name}" in shown.partition("Examples:")[2]
    assert "--json" in shown


@pytest.mark.once
def test_without_a_command_it_says_what_there_is(capsys):
    code, out, _ = run(capsys)
    assert code == 2
    assert all(name in out for name in line.COMMANDS)


@pytest.mark.once
def test_an_unknown_command_is_a_wrong_call(capsys):
    with pytest.raises(SystemExit) as end:
        line.main(["dance"])
    assert end.value.code == 2


@pytest.mark.once
def test_an_answer_is_lines_or_one_document(capsys):
    answer = Answer(lines=["one", "two"], data={"word": "é"}, code=1)
    assert answer.give(as_json=False) == 1
    assert capsys.readouterr().out == "one\ntwo\n"
    answer.give(as_json=True)
    assert json.loads(capsys.readouterr().out) == {"word": "é"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments", [["migrate"], ["fingerprint"], ["permissions"], ["docs", "--check"], ["verify"]]
)
def test_every_answer_is_also_json(arguments, capsys):
    _, out, err = run(capsys, *arguments, "--json")
    json.loads(out)
    assert err == ""


@pytest.mark.once
@pytest.mark.django_db
def test_the_permissions_are_those_of_the_doors(capsys):
    code, out, _ = run(capsys, "permissions", "--json")
    rows = json.loads(out)
    doors = list(checks.doors())
    assert code == 0
    assert [(row["pattern"], row["methods"]) for row in rows] == [
        (door.pattern, list(door.methods)) for door in doors
    ]
    by_name = {row["name"]: row for row in rows}
    assert by_name["applications:rejection"]["roles"] == ["office"]
    assert "anyone" in by_name["account_login"]["roles"]
    assert "anyone" not in by_name["outbox:list"]["roles"]
    _, out, _ = run(capsys, "permissions")
    assert len(out.splitlines()) == len(doors)


@pytest.mark.django_db
def test_the_cast_is_listed_with_its_passwords_and_added_once(capsys):
    code, out, _ = run(capsys, "seed", "cast", "--json")
    cast = json.loads(out)["cast"]
    roles = [person["role"] for person in cast]
    assert code == 0
    assert roles.count("sme") >= 2
    assert roles.count("provider") >= 2
    assert roles.count("broker") >= 2
    assert roles.count("assessor") >= 2
    assert roles.count("finance") >= 2
    assert {"office", "auditor", "investor", ""} <= set(roles)
    assert all(person["email"] and person["password"] for person in cast)
    code, out, _ = run(capsys, "seed", "cast")
    assert code == 0
    assert "The cast is there already." in out
    assert cast[0]["password"] in out
    assert seed.EXAMPLES


@pytest.mark.django_db
def test_a_fingerprint_is_the_same_until_something_changes(capsys):
    from tests.factories.organisations import an_organisation

    organisation = an_organisation()
    first = json.loads(run(capsys, "fingerprint", "--json")[1])
    assert json.loads(run(capsys, "fingerprint", "--json")[1]) == first
    organisation.about = "Something new."
    organisation.save()
    second = json.loads(run(capsys, "fingerprint", "--json")[1])
    differing = [one["table"] for one, other in zip(first, second, strict=True) if one != other]
    assert differing == ["organisations_organisation"]
    assert "organisations_organisation" in run(capsys, "fingerprint")[1]
