"""The migrations say what the models say, and the checks of Django itself find nothing."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, models

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_migrations_are_complete():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, verbosity=1)
    except SystemExit:
        pytest.fail(out.getvalue())


def test_the_system_check_finds_nothing():
    call_command("check", fail_level="WARNING")


def test_every_constraint_of_the_models_is_in_the_database():
    from landbridge.foundation.tables import all_models

    missing = []
    with connection.cursor() as cursor:
        for model in all_models():
            there = connection.introspection.get_constraints(cursor, model._meta.db_table)
            missing += [
                constraint.name
                for constraint in model._meta.constraints
                if isinstance(constraint, models.CheckConstraint | models.UniqueConstraint)
                and constraint.name not in there
            ]
    assert missing == []
