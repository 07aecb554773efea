"""For every address with a place in it: the object of a side (see world.py) whose page it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from landbridge.foundation.permissions.checks import Door
from tests.architecture.world import Side

PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")

# thing of a side -> the addresses whose `pk` it is
PK: dict[str, tuple[str, ...]] = {
    # programmes
    "programme": (
        "programmes:programme", "programmes:programme_edit", "programmes:figure_new", "programmes:phase_new",
        "programmes:partner_new",
    ),
    "phase": (
        "programmes:phase", "programmes:phase_edit", "programmes:phase_next", "programmes:phase_beginning",
        "programmes:phase_hibernation", "programmes:phase_awakening", "programmes:phase_end",
        "programmes:incentive_new", "programmes:target_new", "budgets:phase", "budgets:phase_table",
        "budgets:new_line", "budgets:new_transfer",
    ),
    "target": ("programmes:target_removal",),
    "incentive": ("programmes:incentive", "programmes:incentive_edit"),
    "partner": ("programmes:partner", "programmes:partner_edit"),
    "region": (
        "programmes:region", "programmes:region_edit", "programmes:closed_days", "enquiries:desk_of",
        "enquiries:absence_new",
    ),
    "closed_day": ("programmes:closed_day_removal",),
    # organisations and memberships
    "organisation": (
        "organisations:organisation", "organisations:edit", "organisations:closing",
        "organisations:new_bank_account",
    ),
    "bank_account": (
        "organisations:bank_account", "organisations:bank_account_approval", "organisations:bank_account_refusal",
    ),
    "membership": ("memberships:leaving", "memberships:ending"),
    "invitation": (
        "memberships:invitation", "memberships:resending", "memberships:revocation",
        "memberships:own_acceptance",
    ),
    # budgets
    "line": ("budgets:line", "budgets:statement", "budgets:allocation", "budgets:withdrawal"),
    "transfer": (
        "budgets:transfer", "budgets:agreement", "budgets:refusal", "budgets:transfer_withdrawal",
    ),
    # calls and applications
    "draft_call": (
        "calls:call", "calls:about", "calls:window", "calls:offers", "calls:criteria", "calls:questions",
        "calls:new_question", "calls:question", "calls:question_removal", "calls:question_place",
        "calls:publication",
    ),
    "open_call": ("calls:extension", "calls:cancellation", "calls:end", "public:call"),
    "draft": (
        "applications:text", "applications:provider", "applications:new_provider", "applications:contact",
        "applications:sharing", "applications:confirmation", "applications:submission",
    ),
    "submitted": (
        "applications:application", "applications:receipt", "applications:copy", "applications:withdrawal",
        "applications:return", "applications:rejection",
    ),
    # vouchers and claims
    "awarded": ("vouchers:acceptance", "vouchers:refusal", "vouchers:letter"),
    "active": ("vouchers:voucher", "vouchers:extension"),
    "claim_draft": (
        "claims:report", "claims:cost_edit", "claims:cost", "claims:cost_removal", "claims:evidence", "claims:submission",
    ),
    "claim_submitted": ("claims:claim", "claims:verification", "claims:return", "claims:refusal"),
    "claim_verified": ("claims:approval", "claims:reopening"),
    "payment_file": (
        "claims:payment_file", "claims:payment_xml", "claims:payment_release", "claims:payment_cancellation",
        "claims:payment_answer",
    ),
    # introductions and profiles
    "introduction": (
        "introductions:introduction", "introductions:consent", "introductions:refusal", "introductions:withdrawal",
    ),
    "introduction_prepared": ("introductions:texts", "introductions:question"),
    "introduction_made": ("introductions:outcome", "introductions:agreement_need", "introductions:release"),
    "introduction_signing": (
        "introductions:agreement", "introductions:agreement_sending", "introductions:agreement_signature",
        "introductions:agreement_signed",
    ),
    "profile_draft": ("profiles:text", "profiles:submission"),
    "profile_waiting": ("profiles:return", "profiles:publication"),
    "profile": ("profiles:profile", "profiles:renewal", "profiles:withdrawal", "profiles:interest_new"),
    "interest": (
        "profiles:interest", "profiles:interest_acceptance", "profiles:interest_refusal",
        "profiles:interest_withdrawal",
    ),
    # access and collaborations
    "access_draft": ("access:text", "access:submission"),
    "access_submitted": (
        "access:request", "access:eligibility", "access:return", "access:refusal", "access:withdrawal",
    ),
    "access_eligible": ("access:feasibility",),
    "access_feasible": ("access:quote",),
    "access_quoted": ("access:acceptance", "access:holding", "access:release"),
    "access_accepted": ("access:agreement",),
    "access_agreed": (
        "access:beginning", "access:cancellation", "access:complaint", "access:contract", "access:summary",
    ),
    "access_in_progress": ("access:delivery",),
    "access_delivered": ("access:feedback", "access:closing"),
    # coaching
    "coaching_asked": ("coaching:adviser", "coaching:withdrawal"),
    "coaching_assigned": ("coaching:talk",),
    "coaching_contacted": ("coaching:analysis",),
    "coaching_analysed": ("coaching:coaches_of",),
    "coaching_chosen": ("coaching:answer", "coaching:refusal"),
    "coaching_matched": ("coaching:plan", "coaching:rematching"),
    "coaching_planned": ("coaching:plan_acceptance", "coaching:plan_return", "coaching:ending"),
    "coaching_coaching": ("coaching:booking", "coaching:case", "coaching:report"),
    "coaching_reported": ("coaching:report_check", "coaching:report_return"),
    "coaching_checked": ("coaching:feedback", "coaching:report_approval", "coaching:report_sending_back"),
    "coaching_closed": ("coaching:summary",),
    "coach": ("coaching:coach", "coaching:coach_rest"),
    "coach_waiting": ("coaching:coach_activation",),
    "rules": ("access:rule_set", "access:signature"),
    "rules_draft": ("access:rules_edit", "access:rules_publication"),
    "collaboration": (
        "collaborations:collaboration", "collaborations:text", "collaborations:finishing", "collaborations:stopping",
        "collaborations:follow_on_new", "collaborations:step_new",
    ),
    "collaboration_ended": ("collaborations:renewal",),
    # pitches and investors
    "pitch_call_draft": ("pitches:edit", "pitches:opening"),
    "pitch_call_open": ("pitches:dates", "pitches:jury", "pitches:judging", "pitches:beginning"),
    "pitch_call_judging": ("pitches:selection", "pitches:marks", "pitches:declaration"),
    "pitch_call_selected": ("pitches:order", "pitches:drawing", "pitches:arrangement", "pitches:start"),
    "pitch_call_live": ("pitches:live", "pitches:audience", "pitches:closing"),
    "pitch_call_closed": (
        "pitches:call", "pitches:ranking", "pitches:ranking_csv", "pitches:ranking_xlsx", "pitches:results",
        "pitches:reactions_csv", "pitches:reactions_xlsx", "pitches:money_csv", "pitches:following",
    ),
    "pitch_draft": (
        "pitches:text", "pitches:deck_new", "pitches:submission", "pitches:consent", "pitches:consent_withdrawal",
    ),
    "pitch_submitted": ("pitches:return", "pitches:withdrawal"),
    "pitch_judged": ("pitches:marking",),
    "pitch_reserve": ("pitches:moving_up", "pitches:turning_down"),
    "pitch_on_stage": ("pitches:coming_on", "pitches:finishing", "pitches:live_marking"),
    "pitched": ("pitches:pitch", "pitches:deck", "pitches:deck_taking", "pitches:reaction", "pitches:money"),
    "investor": ("pitches:investor",),
    "letter": ("outbox:page", "outbox:sending"),
    # meetings of those who come
    "meeting_request": (
        "meetings:request", "meetings:acceptance", "meetings:refusal", "meetings:withdrawal", "meetings:priority",
        "meetings:booking",
    ),
    "meeting": ("meetings:meeting",),
    "meeting_run": (
        "meetings:run", "meetings:publication", "meetings:stop", "meetings:unplaced", "meetings:unplaced_csv",
        "meetings:comparison",
    ),
    # those who keep the catalogue
    "kept_record": (
        "catalogue:kept", "catalogue:writing", "catalogue:confirmation", "catalogue:hiding", "catalogue:withdrawal",
        "catalogue:suggestion", "catalogue:restoration", "catalogue:locking",
    ),
    "source": ("catalogue:source", "catalogue:source_edit"),
    "import": ("catalogue:import", "catalogue:import_taking_over", "catalogue:import_dropping"),
    "doubt": ("catalogue:doubt",),
    "shown_record": ("catalogue:record", "catalogue:shortlisting"),
    "saved_search": ("catalogue:search_alerts", "catalogue:search_deletion"),
    "shortlist": (
        "catalogue:shortlist", "catalogue:shortlist_handout", "catalogue:shortlist_deletion",
        "catalogue:shortlist_remark", "catalogue:shortlist_removal",
    ),
    "kept_draft": ("catalogue:submission", "catalogue:publication"),
    "kept_waiting": ("catalogue:gate", "catalogue:returning"),
    "suggestion": ("catalogue:suggestion_acceptance", "catalogue:suggestion_refusal"),
    "ownership_claim": ("catalogue:claim", "catalogue:claim_acceptance", "catalogue:claim_refusal"),
    "term": ("catalogue:term",),
    # enquiries and their mail
    "enquiry": (
        "enquiries:enquiry", "enquiries:question", "enquiries:acknowledgement", "enquiries:analysis",
        "enquiries:readiness", "enquiries:searching", "enquiries:outcome", "enquiries:closing", "enquiries:declining",
        "enquiries:holding", "enquiries:resumption", "enquiries:reopening", "enquiries:summary", "enquiries:messages",
        "enquiries:notes",
    ),
    # the work of the desks
    "introduced_enquiry": (
        "enquiries:taking", "enquiries:giving", "enquiries:hand_over", "enquiries:returning", "enquiries:scouts",
        "enquiries:partners", "enquiries:candidate_new", "enquiries:shortlist", "enquiries:shortlist_sending",
        "enquiries:shortlist_answer",
    ),
    "offered_lead": (
        "enquiries:offer", "enquiries:offer_acceptance", "enquiries:offer_refusal", "enquiries:offer_withdrawal",
    ),
    "sight": ("enquiries:sight", "enquiries:sight_end", "enquiries:proposal"),
    "candidate": ("enquiries:candidate_remark", "enquiries:candidate_rise", "enquiries:candidate_removal"),
    "absence": ("enquiries:absence_removal",),
    "duty": ("clocks:duty",),
    "enquiry_summary": ("enquiries:approval", "enquiries:sending_back", "enquiries:noted_approval"),
    "message": ("enquiries:file",),
    "mail": ("inbox:page", "inbox:attaching", "inbox:dropping"),
}  # fmt: skip

PK["coming"] = (
    "events:registration", "events:registration_text", "events:registration_submission",
    "events:registration_cancellation", "events:registration_reopening", "events:code_picture", "events:badge",
    "events:availability", "events:session_place", "events:session_leaving", "events:challenge_answer",
    "events:registration_approval", "events:registration_waiting", "events:registration_refusal",
    "events:registration_reminder", "events:check_in_undo",
)  # fmt: skip

PK["indicator"] = (
    "indicators:indicator", "indicators:edit", "indicators:rows", "indicators:rows_csv", "indicators:course_csv",
    "indicators:target_new",
)  # fmt: skip
PK["indicator_by_hand"] = ("indicators:figure_new",)
PK["reading"] = ("indicators:reading",)
PK["period"] = (
    "indicators:period", "indicators:period_text", "indicators:period_freezing", "indicators:period_word",
    "indicators:period_pdf",
)  # fmt: skip
PK["period_frozen"] = ("indicators:period_frozen",)

# Addresses whose `pk` is a row that only its own person has: a session, a passkey. Nobody of the cast has one.
NOBODY_S = ("account_session_end", "mfa_edit_webauthn", "mfa_remove_webauthn")

# Every other name of a place says itself which thing it stands for.
BY_NAME = {
    "follow_on_pk": "follow_on",
    "step_pk": "next_step",
    "partnership_pk": "partnership",
    "met_pk": "meeting",
    "closed_voucher_pk": "active",
    "closed_introduction_pk": "introduction_made",
    "closed_meeting_pk": "meeting",
    "closed_coaching_pk": "coaching_closed",
    "closed_pk": "coaching_closed",
    "collaboration_pk": "collaboration",
    "story_picture_pk": "story_picture",
    "record": "shown_record",
    "offer_pk": "offer",
    "submission_pk": "submission",
    "question_pk": "question",
    "voucher_pk": "active",
    "application_pk": "submitted",
    "line_pk": "cost_line",
    "file_pk": "message_file",
    "enquiry_pk": "introduced_enquiry",
    "record_pk": "introduced_offer",
    "organisation_id": "organisation",
    "organisation_pk": "provider",
    "access_pk": "access_quoted",
    "quote_pk": "access_quote",
    "slot_pk": "slot",
    "complaint_pk": "complaint",
    "juror_pk": "juror",
    "money_pk": "pitch_money",
    "reaction_pk": "pitch_reaction",
    "coaching_plan_pk": "coaching_plan",
    "coaching_session_pk": "coaching_session",
    "free_time_pk": "free_time",
    "proposal_pk": "coaching_proposal",
    "signature_pk": "signature",
    "asked_pk": "webinar_question",
    "sign_up_pk": "sign_up",
    "speaker_pk": "speaker",
    "survey_question_pk": "survey_question",
    "survey_rule_pk": "survey_rule",
    "sheet_pk": "survey_sheet",
    "baseline_company_pk": "organisation",
    "event_pk": "event",
    "event_session_pk": "event_session",
    "room_pk": "room",
    "table_pk": "meeting_table",
    "challenge_pk": "challenge",
    "registration_pk": "coming",
    "other_pk": "coming_other",
    "seat_pk": "seat",
    "meeting_pk": "meeting",
    "request_pk": "meeting_request",
    "absence_pk": "absence",
    "other_run_pk": "meeting_run",
    "key_pk": "api_key",
    "webhook_pk": "webhook",
    "delivery_pk": "delivery",
    "archive_pk": "archive",
}
KEYS = {"public:region": "region", "public:programme": "programme"}
# The slug of an address: of which thing, for a whole word or for one address of it
SLUGS = {
    "stories": "story_draft",
    "stories:story": "story_published",
    "stories:approval": "story_shown",
    "stories:publication": "story_approved",
    "stories:withdrawal": "story_published",
    "stories:reopening": "story_withdrawn",
    "webinars": "webinar",
    "webinars:series": "webinar_series",
    "webinars:series_edit": "webinar_series",
    "webinars:edit": "webinar_draft",
    "webinars:publication": "webinar_draft",
    "webinars:recording": "webinar_held",
    "webinars:slides_new": "webinar_held",
    "webinars:opinion": "webinar_held",
    "webinars:certificate": "webinar_held",
    "surveys": "survey",
    "surveys:text": "survey_draft",
    "surveys:question_new": "survey_draft",
    "surveys:publication": "survey_draft",
    "events": "event",
    "meetings": "event",
    "pitches": "pitch_call",
}
TEXTS = {
    "closed_kind": "coaching",
    "address": "nothing/of/this/name",
    "tag": "webinars",
    "purpose": "newsletter",
    "token": "a-token-that-nobody-has",
    "provider_id": "nobody",
    "question_key": "a-question-that-nobody-asks",
    "uidb36": "1",
    "key": "nothing-of-this-name",
    "code": "a-code-that-nobody-has",
    "number": "4711",  # of the API's record; nobody's
    "page": "1",
    "kind": "service",
    "language": "fr",
    "award": "00000000-0000-8000-8000-00000000dead",  # CommonGrants; nobody's
    "opportunity": "00000000-0000-8000-8000-00000000dead",
}

DRAFTS_OF_NEWS = ("stories:news_text", "stories:news_publication")

_THING_OF = {name: thing for thing, names in PK.items() for name in names}


class NoExample(Exception):
    """An address has a place for which nothing is known to stand there."""


def places_of(door: Door) -> list[tuple[str, str]]:
    """The kind and the name of every place in the address."""
    return [(match["kind"] or "str", match["name"]) for match in PLACE.finditer(door.pattern)]


def arguments(door: Door, side: Side) -> Mapping[str, Any]:
    """What stands in the places of the address on this side. Raises `NoExample` with what to do."""
    return {name: _value(side, *known(door, name)) for _, name in places_of(door)}


def address(door: Door, side: Side) -> str:
    """The address with its places filled."""
    values = arguments(door, side)
    return PLACE.sub(lambda match: str(values[match["name"]]), door.pattern)


def known(door: Door, name: str) -> tuple[str, str]:
    """Where the value of this place comes from: a thing of a side and its column, or a text. Raises `NoExample`."""
    if name == "pk" and door.name in NOBODY_S:
        return "", "0"
    thing = _THING_OF.get(door.name) if name == "pk" else BY_NAME.get(name)
    if thing is not None:
        return thing, "pk"
    if name == "slug":
        thing = SLUGS.get(door.name) or SLUGS.get(door.name.partition(":")[0])
        if thing is not None:
            return thing, "slug"
    if name == "news_slug":
        return "news_draft" if door.name in DRAFTS_OF_NEWS else "news", "slug"
    if name == "key" and door.name in KEYS:
        return KEYS[door.name], "key"
    if name in TEXTS:
        return "", TEXTS[name]
    raise NoExample(
        f"{door.pattern} ({door.name}) is new: say in tests/architecture/examples.py which object of a side "
        f"stands at <{name}>, and add it to tests/architecture/world.py if no side has one yet."
    )


def _value(side: Side, thing: str, value: str) -> object:
    return getattr(side.things[thing], value) if thing else value
