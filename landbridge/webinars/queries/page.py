"""What the page of one webinar shows, and the facts that the rules ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from landbridge.foundation.permissions.actor import Actor
from landbridge.webinars import rules
from landbridge.webinars.models import Opinion, Question, SignUp, Speaker, Webinar
from landbridge.webinars.states import S, Signed


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything beside the webinar itself."""

    speakers: tuple[Speaker, ...]
    own: SignUp | None
    is_listening: bool
    is_kept: bool
    is_over: bool
    may_hear_again: bool
    is_certified: bool
    has_said: bool
    taken: int
    questions: tuple[Question, ...]

    @property
    def agreed_to_recording(self) -> bool:
        return all(speaker.consents_to_recording_at for speaker in self.speakers)


def parts_of(webinar: Webinar, *, actor: Actor, at: datetime) -> Parts:
    """The parts as this reader may see them; five queries."""
    own = own_sign_up(webinar, actor)
    listening = own is not None and own.state == Signed.SIGNED_UP
    is_kept = Webinar.objects.kept_by(actor).filter(pk=webinar.pk).exists()
    asked = Question.objects.filter(webinar=webinar).select_related("sign_up").order_by("asked_at", "pk")
    if not is_kept:
        shared = Q(is_shared=True, answered_at__isnull=False) if listening else Q(pk__in=())
        asked = asked.filter(shared | Q(sign_up=own)) if own else asked.none()
    return Parts(
        speakers=tuple(webinar.speakers.order_by("number", "pk")),
        own=own,
        is_listening=listening,
        is_kept=is_kept,
        is_over=is_over(webinar, at=at),
        may_hear_again=is_over(webinar, at=at) and (listening or is_kept or webinar.recording_is_public),
        is_certified=own is not None
        and rules.is_certified(minutes=own.minutes, needed=webinar.certificate_minutes),
        has_said=own is not None and Opinion.objects.filter(sign_up=own).exists(),
        taken=taken_places(webinar),
        questions=tuple(asked[:100]),
    )


def own_sign_up(webinar: Webinar, actor: Actor) -> SignUp | None:
    """One's own sign-up, also a cancelled one."""
    if actor.person_id is None:
        return None
    return SignUp.objects.filter(webinar=webinar, person_id=actor.person_id).first()


def is_over(webinar: Webinar, *, at: datetime) -> bool:
    """Held, or its end has passed."""
    return webinar.state == S.HELD or (webinar.state == S.PUBLISHED and webinar.ends_at <= at)


def taken_places(webinar: Webinar) -> int:
    """How many have a place."""
    return SignUp.objects.filter(webinar=webinar, state=Signed.SIGNED_UP).count()


def has_room_for_one(webinar: Webinar) -> bool:
    """Whether one more may listen; ask under the webinar's lock."""
    return rules.has_room(capacity=webinar.capacity, taken=taken_places(webinar))


def announced_facts(webinar: Webinar) -> rules.Announced:
    """What everybody will read."""
    return rules.Announced(
        dates=rules.Dates(webinar.starts_at, webinar.ends_at),
        has_summary=bool(webinar.summary.strip()),
        has_speakers=webinar.speakers.exists(),
        has_join_link=bool(webinar.join_link),
    )


def unwilling(webinar: Webinar, *, to: str) -> list[str]:
    """The names of the speakers who have not agreed to recording or slides."""
    rows = webinar.speakers.filter(**{f"consents_to_{to}_at__isnull": True}).order_by("number", "pk")
    return list(rows.values_list("name", flat=True))
