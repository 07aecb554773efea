"""A series of invented webinars: two held, with presence and opinions; one to come; one being written."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from landbridge.demonstration.people import MEMBERS
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import SYSTEM
from landbridge.webinars import actions
from landbridge.webinars.models import Webinar
from landbridge.webinars.rules import Told

# title, summary, days from today, who speaks, their function, their organisation
TALKS = (
    (
        "Who pays for diagnostics in Denmark",
        "Whom to ask first, what a hospital may decide alone, and how long it takes.",
        -42,
        "Freja Opfundet",
        "Market analyst",
        "Invented Insights ApS",
    ),
    (
        "A first product in a German hospital",
        "From the first talk with a clinic to the first order, told by somebody who went that way.",
        -14,
        "Jonas Erfunden",
        "Founder",
        "Erfundene Diagnostik GmbH",
    ),
    (
        "Selling to laboratories in the Netherlands",
        "How laboratories buy, what they ask for, and which mistakes cost a year.",
        12,
        "Sanne Verzonnen",
        "Buyer of a laboratory group",
        "Verzonnen Labs BV",
    ),
    (
        "Your file for the first reimbursement in Belgium",
        "Which papers, in which order, and who reads them.",
        40,
        "Luc Imaginaire",
        "Consultant",
        "Imaginaire & Fils SRL",
    ),
)
LISTENERS = 12


def is_there() -> bool:
    """Whether they were set up before."""
    return Webinar.objects.filter(is_demonstration=True).exists()


def play(*, at: datetime) -> None:
    """Set them up as they stand today."""
    began = at - timedelta(days=70)
    series = actions.begin_series(
        title="First steps in a foreign market",
        text="Four hours online for companies with a first product, one market each. An invented series.",
        by=SYSTEM,
        at=began,
        is_demonstration=True,
    )
    people = list(
        Person.objects.filter(email__in=[member.email for member in MEMBERS]).order_by("pk")[:LISTENERS]
    )
    for talk in TALKS[:3]:
        _announced(talk, series.pk, people, at=at, began=began)
    _written(TALKS[3], series.pk, at=at, began=at - timedelta(days=2))


def _written(talk: tuple[Any, ...], series_id: int, *, at: datetime, began: datetime) -> Webinar:
    title, summary, days, name, job_title, organisation = talk
    starts = (at + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
    found = actions.draft(
        series_id=series_id,
        title=title,
        summary=summary,
        description="For companies with a first product. Half talk, half answers to your questions.",
        language="en",
        time_zone="Europe/Brussels",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        capacity=100,
        join_link="https://webinars.landbridge.example/room/1",
        contact_email="events@landbridge.example",
        certificate_minutes=40,
        will_be_recorded=True,
        by=SYSTEM,
        at=began,
        is_demonstration=True,
    )
    actions.add_speaker(
        webinar_id=found.pk,
        name=name,
        email=f"{name.split()[0].lower()}@speakers.example",
        job_title=job_title,
        organisation_name=organisation,
        about="Invented.",
        by=SYSTEM,
        at=began,
    )
    return found


def _announced(
    talk: tuple[Any, ...], series_id: int, people: list[Person], *, at: datetime, began: datetime
) -> None:
    found = _written(talk, series_id, at=at, began=began)
    actions.publish(webinar_id=found.pk, by=SYSTEM, at=began)
    own = [
        actions.sign_up(
            webinar_id=found.pk, person_id=person.pk, by=SYSTEM, at=began + timedelta(days=1, hours=number)
        )
        for number, person in enumerate(people[: LISTENERS if found.ends_at < at else LISTENERS // 2])
    ]
    actions.ask(
        sign_up_id=own[1].pk,
        text="Do I need a partner in the country before the first talk?",
        by=SYSTEM,
        at=began + timedelta(days=3),
    )
    if found.ends_at < at:
        _held(found, [one.email for one in own], [one.pk for one in own])


def _held(found: Webinar, addresses: list[str], sign_ups: list[int]) -> None:
    after = found.ends_at + timedelta(hours=2)
    actions.hold(webinar_id=found.pk, by=SYSTEM, at=found.ends_at)
    told = [
        Told(
            email,
            found.starts_at + timedelta(minutes=number % 5),
            found.ends_at - timedelta(minutes=number * 4),
        )
        for number, email in enumerate(addresses[:-2])
    ]
    actions.take_over(webinar_id=found.pk, told=told, by=SYSTEM, at=after)
    actions.answer(
        question_id=found.questions.get().pk,
        text="It helps, but most begin with a hospital that knows them.",
        is_shared=True,
        by=SYSTEM,
        at=after,
    )
    actions.consent(
        speaker_id=found.speakers.get().pk, to_recording=True, to_slides=False, by=SYSTEM, at=after
    )
    actions.show_recording(
        webinar_id=found.pk,
        link="https://videos.landbridge.example/invented",
        is_public=True,
        by=SYSTEM,
        at=after,
    )
    for number, pk in enumerate(sign_ups[:5]):
        actions.give_opinion(
            sign_up_id=pk,
            useful=5 - number % 3,
            clear=4 + number % 2,
            next_topic="Reimbursement in France" if number == 0 else "",
            text="",
            by=SYSTEM,
            at=after,
        )
    actions.thank(webinar_id=found.pk, by=SYSTEM, at=after + timedelta(days=1))
