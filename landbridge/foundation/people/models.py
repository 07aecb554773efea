"""People, and what they consented to."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _l

from landbridge.foundation import clock
from landbridge.foundation.models import Rows, Table

NAME_LENGTH = 120
EMAIL_LENGTH = 254


class Address(models.EmailField):  # type: ignore[type-arg]
    """An e-mail address, written and looked up in lower case: nobody has two accounts that differ in a capital."""

    def to_python(self, value: Any) -> Any:
        plain = super().to_python(value)
        return plain.strip().lower() if isinstance(plain, str) else plain

    def get_prep_value(self, value: Any) -> Any:
        plain = super().get_prep_value(value)
        return plain.strip().lower() if isinstance(plain, str) else plain


class People(Rows["Person"]):
    """The people of the network."""

    def get_by_natural_key(self, email: str | None) -> Person:
        """The person with this address, however its letters are written; Django's sign-in asks by this name."""
        return self.get(email=email)

    def cast(self) -> Self:
        """The invented people of the demonstration, who may be signed in as by one click."""
        return self.filter(is_demonstration=True, is_active=True).exclude(demonstration_note="")


class Person(AbstractBaseUser, Table):
    """Somebody who signs in. What they may do, their memberships say."""

    email = Address(_l("e-mail"), max_length=EMAIL_LENGTH, unique=True)
    name = models.CharField(_l("name"), max_length=NAME_LENGTH)
    language = models.CharField(_l("language"), max_length=10, default="en-gb")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    is_demonstration = models.BooleanField(default=False)
    demonstration_note = models.CharField(max_length=120, default="", blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = People.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="an_address_is_kept_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class Consent(Table):
    """One yes of one person to one text, and its withdrawal. Rows are never deleted: they are the proof."""

    class Purpose(models.TextChoices):
        PRIVACY = "privacy", _l("Processing of my data to run the programme")
        NEWS = "news", _l("News of calls and events by e-mail")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    text_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = Rows["Consent"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="a_consent_holds_once_for_each_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="a_consent_is_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version}"


class Attempt(models.Model):
    """How often somebody tried something lately: the rows of the cache in the database, which counts for all
    processes together. Django writes them; a row means nothing after its `expires`.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    objects = Rows["Attempt"].as_manager()

    def __str__(self) -> str:
        return self.cache_key
