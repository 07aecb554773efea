"""Whatever is done: nothing that a side can open or gets by letter holds a mark of the other before both said yes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landbridge.enquiries.models import Enquiry
from landbridge.foundation import clock
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.foundation.problems import NotAllowed, Refused
from landbridge.introductions import actions, queries
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import Side
from landbridge.organisations.models import Organisation
from tests.cast import Cast
from tests.factories.introductions import ASKED, a_prepared_introduction, an_agreement_text

pytestmark = [pytest.mark.django_db, pytest.mark.once]

COMPANY = (
    "Zyxwolt",
    "Quibbersen",
    "Vrimlegade",
    "9731-west-4",
    "Plofstad",
    "ZZ87654321",
    "zyxwolt-web",
    "KOMNR-55511",
)
PROVIDER = (
    "Brontolab",
    "Murkensholm",
    "Knarrenweg",
    "8642-east-7",
    "Droffelbach",
    "QQ12345678",
    "brontolab-web",
    "KOMNR-66622",
)
SECRET = "SECRETENZYME"
STEPS = st.lists(
    st.sampled_from(
        ["ask", "yes_company", "yes_provider", "no_company", "no_provider", "remind", "withdraw", "lapse", "need",
         "send", "release", "report", "letter_yes"]
    ),
    max_size=8,
)  # fmt: skip


def mark(organisation: Organisation, person: Person, marks: tuple[str, ...]) -> None:
    """Give an organisation and its person names that stand nowhere else."""
    name, family, street, postcode, town, vat, host, number = marks
    Organisation.objects.filter(pk=organisation.pk).update(
        name=f"{name} GmbH",
        street=street,
        postcode=postcode,
        town=town,
        vat_number=vat,
        website=f"https://{host}.example",
    )
    organisation.company_numbers.update(number=number)
    Person.objects.filter(pk=person.pk).update(
        name=f"Test {family}", email=f"{family.lower()}@{host}.example"
    )


@dataclass
class Story:
    """One introduction between two marked sides, and what was done to it."""

    cast: Cast
    introduction: Introduction

    def take(self, step: str) -> None:
        pk, at = self.introduction.pk, ASKED + timedelta(days=1)
        side, said_yes = ("danish_sme" if "company" in step else "german_provider"), "yes" in step
        act: dict[str, Any] = {
            "ask": lambda: actions.ask(introduction_id=pk, by=SYSTEM, at=ASKED),
            "remind": lambda: actions.remind(introduction_id=pk, by=SYSTEM, at=at),
            "withdraw": lambda: actions.withdraw(
                introduction_id=pk, reason="Zyxwolt, Brontolab", by=SYSTEM, at=at
            ),
            "lapse": lambda: actions.lapse(introduction_id=pk, by=SYSTEM, at=at + timedelta(days=30)),
            "need": lambda: actions.require_agreement(introduction_id=pk, is_needed=True, by=SYSTEM, at=at),
            "send": lambda: actions.send_agreement(introduction_id=pk, by=SYSTEM, at=at),
            "release": lambda: actions.release(introduction_id=pk, by=SYSTEM, at=at),
            "report": lambda: actions.report(introduction_id=pk, outcome="meeting", by=SYSTEM, at=at),
            "letter_yes": self._by_letter,
        }
        answer = lambda: actions.answer(  # noqa: E731 - one of the steps
            introduction_id=pk, said_yes=said_yes, reason="" if said_yes else "Murkensholm and Quibbersen say no",
            by=self.cast.actor(side), at=at,
        )  # fmt: skip
        with contextlib.suppress(Refused, NotAllowed, Introduction.DoesNotExist):
            act.get(step, answer)()
        self.introduction.refresh_from_db()

    def _by_letter(self) -> None:
        token = queries.token_for(
            self.introduction, Side.PROVIDER, queries.people_of(self.introduction, Side.PROVIDER)[0]
        )
        Client().post(reverse("introductions:by_letter_consent", args=[token]))

    def seen_by(self, person: Person, side: Side) -> Iterator[tuple[str, str]]:
        """Everything that this side's person can open or gets: pages, refusals, files, letters, addresses, titles."""
        client = Client()
        client.force_login(person)
        pk = self.introduction.pk
        token = queries.token_for(self.introduction, side, queries.people_of(self.introduction, side)[0])
        pages = [
            reverse("introductions:introductions"),
            reverse("introductions:introductions") + "?stage=ended&text=I-",
            *(
                reverse(f"introductions:{name}", args=[pk])
                for name in ("introduction", "refusal", "agreement", "agreement_signed", "texts", "outcome")
            ),
            reverse("introductions:by_letter", args=[token]),
            reverse("introductions:by_letter_refusal", args=[token]),
            reverse("desk:home"),
            reverse("outbox:list"),
        ]
        for address in pages:
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            yield address, f"{address} {answer.headers} {content.decode(errors='replace')}"
        for name in ("question", "release", "agreement_sending"):
            answer = client.post(reverse(f"introductions:{name}", args=[pk]))
            yield name, f"{answer.headers} {answer.content.decode()}"
        for letter in Letter.objects.filter(recipient_email=Person.objects.get(pk=person.pk).email):
            yield (
                letter.template,
                f"{letter.subject} {letter.body} {letter.about_name} {letter.recipient_name}",
            )
        for word in (COMPANY if side is Side.PROVIDER else PROVIDER)[:2]:
            hits = client.get(reverse("introductions:introductions"), {"text": word}).content.decode()
            yield f"search {word}", hits.replace(word, "")
            assert self.introduction.number not in hits or word in self.introduction.title


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_name_address_or_number_leaves_before_both_said_yes(  # noqa: PLR0917 - fixtures
    steps: list[str], cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
):
    from django.db import transaction

    settings.LANDBRIDGE_SECOND_FACTOR = "off"
    settings.LANDBRIDGE_FILES = tmp_path
    monkeypatch.setattr(clock, "now", lambda: ASKED + timedelta(days=1))
    with transaction.atomic():
        mark(cast.danish_company, cast.danish_sme, COMPANY)
        mark(cast.german_institute, cast.german_provider, PROVIDER)
        an_agreement_text()
        story = Story(cast, a_prepared_introduction(cast))
        Enquiry.objects.update(confidential_text=SECRET, asked_by_email="", asked_by_name="Quibbersen")
        for step in ["ask", *steps] if len(steps) % 2 else steps:
            story.take(step)
            both = set(
                story.introduction.answers.filter(said_yes=True).values_list("side", flat=True)
            ) == set(Side)
            assert story.introduction.names_are_open == both
            if both:
                continue
            for person, side, others in (
                (cast.danish_sme, Side.COMPANY, PROVIDER),
                (cast.german_provider, Side.PROVIDER, (*COMPANY, SECRET)),
            ):
                if story.introduction.asked_at is None:
                    continue
                for where, seen in story.seen_by(person, side):
                    leaks = [word for word in others if word.lower() in seen.lower()]
                    assert leaks == [], (step, side, where)
        assert list(queries.findings()) == []
        transaction.set_rollback(True)
