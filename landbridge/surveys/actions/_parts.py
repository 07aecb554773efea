"""What the actions of surveys share: the locks and the letters."""

from __future__ import annotations

from datetime import datetime

from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse
from landbridge.surveys import queries
from landbridge.surveys.models import Questionnaire, Sheet, Version
from landbridge.surveys.states import S


def _require(permission: P, *, by: Actor) -> None:
    if not by.may(permission):
        raise NotAllowed(permission)


def _kept(questionnaire_id: int, *, by: Actor) -> Questionnaire:
    """A questionnaire of one's programme, locked."""
    _require(P.SURVEY_EDIT, by=by)
    return Questionnaire.objects.kept_by(by).for_update().get(pk=questionnaire_id)


def _draft(version_id: int, *, by: Actor) -> Version:
    """A version that is being written, locked behind its questionnaire; what is in use never changes."""
    _kept(Version.objects.values_list("questionnaire_id", flat=True).get(pk=version_id), by=by)
    version = Version.objects.for_update().get(pk=version_id)
    if version.state != S.DRAFT:
        refuse(
            "version_frozen",
            N_("People are being asked with this version; it does not change any more."),
            cure=N_("Begin a new version; those already asked keep theirs."),
        )
    return version


def _compare(version: Version, number: int) -> None:
    if version.version != number:
        refuse(
            "stale",
            N_("Somebody else has changed this in the meantime."),
            cure=N_("Open the page again, look at what they wrote, and make your change there."),
        )


def _changed(version: Version) -> None:
    version.version += 1
    version.save(update_fields=["version"])


def _write_to(sheet: Sheet, letter: str, *, at: datetime) -> None:
    """The letter with the link; one post to the other link of it says no."""
    tell(
        f"surveys/{letter}",
        sheet,
        to=[queries.recipient_of(sheet)],
        at=at,
        programme=sheet.programme.key if sheet.programme else "",
        context=queries.for_letters(sheet),
        key=f"surveys/{letter}|{sheet.pk}|{sheet.reminders}",
        unsubscribe_link=queries.address_of("unsubscription", sheet),
    )
