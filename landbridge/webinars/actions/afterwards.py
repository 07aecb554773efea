"""Questions and answers, the speakers' consent, recording and slides, thanks, certificates, opinions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from landbridge.foundation.audit.record import record
from landbridge.foundation.files.store import Received, store
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.problems import N_, refuse, refuse_if
from landbridge.webinars import queries, rules
from landbridge.webinars.actions._parts import _kept, _own, _tell
from landbridge.webinars.models import Opinion, Question, SignUp, Speaker, Webinar
from landbridge.webinars.states import S, Signed

MOST_QUESTIONS = 10


@transaction.atomic
def ask(*, sign_up_id: int, text: str, by: Actor, at: datetime) -> Question:
    """Ask the speakers something, before or after; the organiser reads it at once."""
    webinar, own = _own(sign_up_id, by=by)
    refuse_if(rules.problems_with_question(text))
    if own.state != Signed.SIGNED_UP:
        refuse("not_signed_up", N_("Only people who have signed up can ask."), cure=N_("Sign up first."))
    if Question.objects.filter(sign_up=own).count() >= MOST_QUESTIONS:
        refuse("enough_questions", N_("You have asked ten questions."), cure=N_("Write to the organiser."))
    asked = Question.objects.create(webinar=webinar, sign_up=own, text=text.strip(), asked_at=at)
    record("webinar.question_asked", webinar, by=by, at=at, question=asked.pk)
    _tell("question", webinar, to=[queries.organiser_contact(webinar)], at=at, question=asked.text)
    return asked


@transaction.atomic
def answer(*, question_id: int, text: str, is_shared: bool, by: Actor, at: datetime) -> Question:
    """Answer a question: to its asker, and with `is_shared` to all who signed up, without the asker's name."""
    asked = Question.objects.select_related("sign_up").get(pk=question_id)
    webinar = _kept(asked.webinar_id, by=by)
    if not text.strip():
        refuse("no_answer", N_("The answer is missing."), cure=N_("Write it."), field="answer")
    is_first = asked.answered_at is None
    asked.answer, asked.is_shared = text.strip(), is_shared
    asked.answered_by_name, asked.answered_at = by.name, at
    asked.save(update_fields=["answer", "is_shared", "answered_by_name", "answered_at"])
    record("webinar.question_answered", webinar, by=by, at=at, question=asked.pk, shared=is_shared)
    if is_first:
        to = [queries.recipient_of(asked.sign_up)]
        _tell("answered", webinar, to=to, at=at, question=asked.text, answer=asked.answer)
    return asked


@transaction.atomic
def consent(*, speaker_id: int, to_recording: bool, to_slides: bool, by: Actor, at: datetime) -> Speaker:
    """A speaker says what may be shown. A yes taken back hides the recording or the slides at once."""
    webinar_id = Speaker.objects.values_list("webinar_id", flat=True).get(pk=speaker_id)
    webinar = Webinar.objects.for_update().get(pk=webinar_id)
    speaker = Speaker.objects.for_update().get(pk=speaker_id)
    speaker.consents_to_recording_at = (speaker.consents_to_recording_at or at) if to_recording else None
    speaker.consents_to_slides_at = (speaker.consents_to_slides_at or at) if to_slides else None
    speaker.save(update_fields=["consents_to_recording_at", "consents_to_slides_at"])
    hidden = (bool(webinar.recording_link) and not to_recording) or (
        webinar.slides_id is not None and not to_slides
    )
    if not to_recording:
        webinar.recording_link, webinar.recording_is_public = "", False
    if not to_slides:
        webinar.slides = None
    webinar.save(update_fields=["recording_link", "recording_is_public", "slides"])
    record(
        "webinar.consent_given",
        webinar,
        by=by,
        at=at,
        speaker=speaker.pk,
        recording=to_recording,
        slides=to_slides,
    )
    if hidden:
        _tell("hidden", webinar, to=[queries.organiser_contact(webinar)], at=at, speaker=speaker.name)
    return speaker


@transaction.atomic
def show_recording(*, webinar_id: int, link: str, is_public: bool, by: Actor, at: datetime) -> Webinar:
    """Say where the recording is, for those who signed up or for everybody; every speaker has agreed."""
    webinar = _kept(webinar_id, by=by)
    if webinar.state != S.HELD:
        refuse("not_held", N_("It has not been held yet."), cure=N_("Add the recording afterwards."))
    if link:
        refuse_if(
            rules.problems_with_recording(queries.unwilling(webinar, to="recording"), what="recording_link")
        )
    webinar.recording_link, webinar.recording_is_public = link, is_public and bool(link)
    webinar.save(update_fields=["recording_link", "recording_is_public"])
    record("webinar.recording_shown", webinar, by=by, at=at, public=webinar.recording_is_public)
    return webinar


@transaction.atomic
def show_slides(*, webinar_id: int, slides: Received | None, by: Actor, at: datetime) -> Webinar:
    """Keep the slides (PDF), or take them away; every speaker has agreed."""
    webinar = _kept(webinar_id, by=by)
    if slides is not None:
        refuse_if(rules.problems_with_recording(queries.unwilling(webinar, to="slides"), what="slides"))
    webinar.slides = store(slides, by=by, at=at) if slides is not None else None
    webinar.save(update_fields=["slides"])
    record("webinar.slides_shown", webinar, by=by, at=at, sha256=slides.sha256 if slides else "")
    return webinar


@transaction.atomic
def thank(*, webinar_id: int, by: Actor, at: datetime) -> Webinar:
    """Write once to everybody who had a place: recording, certificate, what they thought."""
    webinar = _kept(webinar_id, by=by)
    if webinar.thanked_at is not None or webinar.state != S.HELD:
        return webinar
    webinar.thanked_at = at
    webinar.save(update_fields=["thanked_at"])
    record("webinar.thanked", webinar, by=by, at=at)
    rows = SignUp.objects.filter(webinar=webinar, state=Signed.SIGNED_UP).order_by("pk")
    was_there = [queries.recipient_of(one) for one in rows.filter(minutes__gt=0)]
    missed = [queries.recipient_of(one) for one in rows.exclude(minutes__gt=0)]
    _tell("thanks", webinar, to=was_there, at=at)
    _tell("missed", webinar, to=missed, at=at)
    return webinar


@transaction.atomic
def keep_certificate(*, sign_up_id: int, certificate: Received, by: Actor, at: datetime) -> SignUp:
    """Keep the certificate that was drawn outside the transaction; the first one stays."""
    found = SignUp.objects.visible_to(by).for_update().get(pk=sign_up_id)
    if found.certificate_id is None:
        found.certificate = store(certificate, by=by, at=at)
        found.save(update_fields=["certificate"])
        record("sign_up.certified", found, by=by, at=at, sha256=certificate.sha256)
    return found


@transaction.atomic
def give_opinion(
    *, sign_up_id: int, useful: int, clear: int, next_topic: str, text: str, by: Actor, at: datetime
) -> Opinion:
    """Say what one thought; said again, the newest words count."""
    webinar, own = _own(sign_up_id, by=by)
    refuse_if(rules.problems_with_opinion(minutes=own.minutes, is_over=queries.is_over(webinar, at=at)))
    given, _ = Opinion.objects.update_or_create(
        sign_up=own,
        defaults={
            "useful": useful,
            "clear": clear,
            "next_topic": next_topic.strip(),
            "text": text.strip(),
            "given_at": at,
        },
    )
    record("webinar.opinion_given", webinar, by=by, at=at)
    return given
