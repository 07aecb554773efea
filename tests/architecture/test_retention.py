"""Every column that may hold something about a person stands in policies/data_retention.yaml, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import yaml
from django.db import models

from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.people.models import Person
from landbridge.foundation.tables import all_models
from tests.architecture.source import ROOT

pytestmark = pytest.mark.once
POLICY = ROOT / "policies" / "data_retention.yaml"

FREE = (models.TextField, models.JSONField, models.EmailField, models.GenericIPAddressField, models.FileField)
TELLING = re.compile(
    r"(^|_)(person|by|user|recipient|holder)_(id|name)$|(^|_)(email|phone|iban|bic|ip|user_agent|password|secret|token)"
    r"(_|$)|^(last_login|session_key|reason|remark|refusal|answer|supplier|holder|street|building_number|vat_number)$"
)
OF_DJANGO = {"auth", "contenttypes"}  # names of permissions and tables


def policy() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(POLICY.read_text("utf-8"))
    return found


def is_telling(field: models.Field[Any, Any]) -> bool:
    """Whether the column may hold something about a person, by its kind or by its name."""
    points_at = field.related_model if field.is_relation else None
    return (
        points_at in (Person, StoredFile)
        or (isinstance(field, FREE) and not field.is_relation)
        or bool(TELLING.search(field.attname))
    )


def telling_columns(tables: Iterable[type[models.Model]]) -> Iterator[tuple[str, str]]:
    for model in tables:
        if model._meta.app_label not in OF_DJANGO:
            for field in model._meta.concrete_fields:
                if is_telling(field):
                    yield model._meta.label_lower, field.attname


def findings(found: dict[str, Any], tables: list[type[models.Model]]) -> list[str]:
    """What the policy forgot, and what it holds in vain."""
    said = [
        (entry["table"], name)
        for part in ("held", "nobody_s")
        for entry in found[part]
        for name in entry["fields"]
    ]
    there = {
        (model._meta.label_lower, field.attname) for model in tables for field in model._meta.concrete_fields
    }
    missing = sorted(set(telling_columns(tables)) - set(said))
    return [
        *(f"{table}.{name} may hold something about a person: say in {POLICY.name} why and how long" for table, name in missing),
        *(f"{table}.{name} is in {POLICY.name}, but not in the tables" for table, name in said if (table, name) not in there),
        *(f"{table}.{name} stands twice in {POLICY.name}" for table, name in sorted(set(said)) if said.count((table, name)) > 1),
        *(f"{entry['table']}: {part} {entry[key]} is not explained" for entry in found["held"]
          for part, key in (("rules", "keep"), ("bases", "basis")) if entry[key] not in found[part]),
    ]  # fmt: skip


def test_the_policy_is_complete_and_holds_nothing_in_vain():
    assert findings(policy(), all_models()) == []


def test_every_entry_says_why_by_what_right_and_how_long():
    found = policy()
    assert all(set(entry) == {"table", "fields", "purpose", "basis", "keep"} for entry in found["held"])
    assert all(set(entry) == {"table", "fields", "because"} for entry in found["nobody_s"])
    assert {entry["keep"] for entry in found["held"]} == set(found["rules"]), "a rule that nothing follows"
    assert all(set(rule) == {"from", "years"} for rule in found["rules"].values())


def test_the_programmes_terms_are_the_regulations():
    rules = policy()["rules"]
    assert (rules["money"]["years"], rules["aid"]["years"]) == (5, 10)
    assert "31 December" in rules["money"]["from"]


def test_a_forgotten_column_a_vain_entry_and_an_unknown_rule_are_found():
    found = policy()
    person = next(entry for entry in found["held"] if "email" in entry["fields"])
    person["fields"] = [*(name for name in person["fields"] if name != "name"), "shoe_size"]
    person["fields"].remove("email")
    person["keep"] = "for ever"
    assert findings(found, all_models()) == [
        "people.person.email may hold something about a person: say in data_retention.yaml why and how long",
        "people.person.shoe_size is in data_retention.yaml, but not in the tables",
        "people.person: rules for ever is not explained",
    ]


@pytest.mark.parametrize(
    ("field", "telling"),
    [
        (models.TextField(), True),
        (models.GenericIPAddressField(), True),
        (models.ForeignKey(Person, on_delete=models.CASCADE), True),
        (models.ForeignKey(StoredFile, on_delete=models.CASCADE), True),
        (models.PositiveIntegerField(), False),
    ],
)
def test_kinds_of_columns_that_may_tell(field, telling):
    field.set_attributes_from_name("thing")
    assert is_telling(field) == telling


@pytest.mark.parametrize("name", ["approved_by_id", "person_name", "iban", "recipient_name", "desk_email"])
def test_names_of_columns_that_tell(name):
    field = models.CharField(max_length=10)
    field.set_attributes_from_name(name)
    assert is_telling(field)
