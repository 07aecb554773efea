"""The confidentiality agreement: when it may be asked for, sent, signed, and what stands behind it released."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from landbridge.foundation.problems import N_, Problem
from landbridge.introductions.states import Nda

LONGEST_AGREEMENT = 20_000


def problems_with_need(*, nda: str, is_released: bool) -> Iterator[Problem]:
    """Whether an agreement is needed is decided before one is sent, and before the text behind it is shown."""
    if is_released:
        yield Problem(
            code="released_already",
            message=N_("The provider may read the confidential text already."),
            cure=N_("Let the two agree between themselves."),
        )
    if nda not in (Nda.NOT_NEEDED, Nda.NEEDED):
        yield Problem(
            code="agreement_was_sent",
            message=N_("The agreement was sent already."),
            cure=N_("Upload it when both have signed it."),
        )


def problems_with_sending(*, nda: str, is_made: bool, has_template: bool) -> Iterator[Problem]:
    """It names both sides; so it is sent after both said yes, and only where one is needed."""
    if not is_made:
        yield Problem(
            code="agreement_too_early",
            message=N_("The agreement names both sides, and not both have said yes."),
            cure=N_("Send it once they are introduced."),
        )
    if nda not in (Nda.NEEDED, Nda.SENT):
        yield Problem(
            code="agreement_not_needed",
            message=N_("No agreement waits to be sent here."),
            cure=N_("Say first that one is needed."),
        )
    if not has_template:
        yield Problem(
            code="no_template",
            message=N_("The network has no text for such an agreement yet."),
            cure=N_("Ask the programme office to write one."),
            field="template",
        )


def problems_with_signature(
    *, nda: str, signed_on: date, sent_on: date | None, today: date
) -> Iterator[Problem]:
    """What was sent comes back signed, on a day between sending and today."""
    if nda != Nda.SENT or sent_on is None:
        yield Problem(
            code="agreement_not_sent",
            message=N_("No agreement is out for signature."),
            cure=N_("Send it first."),
        )
    elif not sent_on <= signed_on <= today:
        yield Problem(
            code="signed_on_out_of_range",
            message=N_("It was signed between %(first)s and today."),
            cure=N_("Give the day of the later signature."),
            field="signed_on",
            params={"first": sent_on},
        )


def problems_with_release(*, is_made: bool, nda: str, is_released: bool, has_text: bool) -> Iterator[Problem]:
    """The confidential text opens to the provider after both said yes and behind the agreement that is needed."""
    if not has_text:
        yield Problem(
            code="nothing_to_release",
            message=N_("No confidential text belongs to this introduction."),
            cure=N_("It was made without an enquiry; let the two talk to each other."),
        )
    if not is_made:
        yield Problem(
            code="release_too_early",
            message=N_("Not both have said yes."),
            cure=N_("Release the text once they are introduced."),
        )
    if nda not in (Nda.NOT_NEEDED, Nda.SIGNED):
        yield Problem(
            code="agreement_not_signed",
            message=N_("The agreement on confidentiality is not signed yet."),
            cure=N_("Upload the signed agreement first."),
        )
    if is_released:
        yield Problem(
            code="released_already",
            message=N_("The provider may read it already."),
        )


def problems_with_template(*, version: str, text: str, is_taken: bool) -> Iterator[Problem]:
    """A text of the agreement has a version of its own, fits, and leaves open only what we can fill in."""
    if is_taken:
        yield Problem(
            code="version_taken",
            message=N_("Version %(version)s exists already and stays as it is."),
            cure=N_("Give the new text the next number."),
            field="version",
            params={"version": version},
        )
    if len(text) > LONGEST_AGREEMENT:
        yield Problem(
            code="text_too_long",
            message=N_("The text is too long."),
            cure=N_("Shorten it to %(longest)s characters."),
            field="text",
            params={"longest": LONGEST_AGREEMENT},
        )
    for place in ("company", "provider"):
        if f"[{place}]" not in text:
            yield Problem(
                code=f"place_missing_{place}",
                message=N_("The text does not say where [%(place)s] stands."),
                cure=N_("Write [%(place)s] where its name shall stand."),
                field="text",
                params={"place": place},
            )
