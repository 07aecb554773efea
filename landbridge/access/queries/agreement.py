"""What the summary of an agreement prints: plain values for the document."""

from __future__ import annotations

from django.utils.translation import gettext as _

from landbridge.access.models import Request, Signature, Slot
from landbridge.access.queries.reading import latest_quote, zone_of
from landbridge.catalogue.rules.offers import ACCESS_MODES, AccessMode
from landbridge.foundation.ui.formatting import country as country_name
from landbridge.foundation.ui.formatting import day, moment
from landbridge.organisations.models import Organisation


def agreement_data(request: Request) -> dict[str, object]:
    """What was asked, what it costs, when it is done, under which rules, and from what the facility deviates."""
    quote = latest_quote(request)
    held = Slot.objects.filter(held_by=request).order_by("starts_at")
    zone = zone_of(request)
    signature = (
        Signature.objects.filter(rule_set_id=request.rule_set_id, organisation_id=request.provider_id)
        .order_by("-signed_at")
        .first()
    )
    mode = _(ACCESS_MODES[AccessMode(request.access_mode)]) if request.access_mode in list(AccessMode) else ""
    days = {"first": day(request.starts_on), "last": day(request.ends_on)}
    return {
        "number": request.number,
        "programme": _("Access under common rules"),
        "sender": [request.provider.name, *_address(request.provider)],
        "recipient": [request.company.name, *_address(request.company)],
        "reference": [
            [_("Request"), request.number],
            [_("Agreed on"), request.agreed_at.date() if request.agreed_at else ""],
            [_("Common rules"), request.rule_set.version],
        ],
        "opening": _("%(company)s uses an offer of %(provider)s, as both have agreed.")
        % {"company": request.company.name, "provider": request.provider.name},
        "amount": {"label": _("Price, as quoted and accepted"), "value": quote.amount_eur if quote else ""},
        "facts": [
            [_("Offer"), request.record.name],
            [_("About"), request.title],
            [_("How"), mode],
            [_("When"), _("%(first)s to %(last)s") % days],
        ],
        "purpose_heading": _("What for"),
        "purpose": request.purpose,
        "quote_heading": _("What the facility does"),
        "quote": quote.text if quote else "",
        "changes": _said(_("Changes that the facility asked for: %(text)s"), request.changes_asked),
        "slots_heading": _("Slots held"),
        "slots": [
            f"{moment(slot.starts_at, zone=zone)} – {moment(slot.ends_at, zone=zone)}" for slot in held
        ],
        "rules_heading": _("Common rules"),
        "rules": _("Both sides act under “%(title)s”, version %(version)s.")
        % {"title": request.rule_set.title, "version": request.rule_set.version},
        "deviations": _said(_("The facility deviates: %(text)s"), signature.deviations if signature else ""),
        "closing": _(
            "This is a summary. The contract that both sides signed is kept beside it and prevails."
        ),
    }


def _said(sentence: str, text: str) -> str:
    """The sentence around the text; nothing around nothing."""
    return sentence % {"text": text} if text else ""


def _address(of: Organisation) -> list[str]:
    lines = [f"{of.street} {of.building_number}", f"{of.postcode} {of.town}", country_name(of.country)]
    return [line.strip() for line in lines if line.strip()]
