"""The roles of the programme and the permissions that each holds."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_


class Role(StrEnum):
    """What a person is in the network, under one hat."""

    SME = "sme"
    PROVIDER = "provider"
    BROKER = "broker"
    OFFICE = "office"
    ASSESSOR = "assessor"
    FINANCE = "finance"
    INVESTOR = "investor"
    ORGANISER = "organiser"
    AUDITOR = "auditor"
    SYSTEM = "system"


NAME_OF = {
    Role.SME: N_("Company"),
    Role.PROVIDER: N_("Facility or expert"),
    Role.BROKER: N_("Access Broker"),
    Role.OFFICE: N_("Programme office"),
    Role.ASSESSOR: N_("Assessor"),
    Role.FINANCE: N_("Finance officer"),
    Role.INVESTOR: N_("Investor"),
    Role.ORGANISER: N_("Event organiser"),
    Role.AUDITOR: N_("Auditor"),
    Role.SYSTEM: N_("Landbridge itself"),
}

# What each role is scoped to: the one column of a membership that says where it holds.
SCOPE_OF = {
    Role.SME: "organisation",
    Role.PROVIDER: "organisation",
    Role.BROKER: "region",
    Role.OFFICE: "programme",
    Role.ASSESSOR: "programme",
    Role.FINANCE: "partner",
    Role.INVESTOR: "organisation",
    Role.ORGANISER: "programme",
    Role.AUDITOR: "programme",
}

# Whoever wears one of these hats sees other people's data and needs a second factor.
NEEDS_SECOND_FACTOR = frozenset(
    {Role.BROKER, Role.OFFICE, Role.ASSESSOR, Role.FINANCE, Role.ORGANISER, Role.AUDITOR}
)

_ORGANISATION = frozenset(
    {P.ORGANISATION_EDIT, P.ORGANISATION_SEE, P.MEMBERSHIP_INVITE, P.MEMBERSHIP_SEE, P.BANK_ACCOUNT_PROPOSE}
)

# Whoever has signed in, under whatever hat or none, comes to events and webinars as a guest of the network, and may be
# asked to sit on a jury: the seat says of which call, not the hat. A key of the API can do no more than its holder.
OF_EVERYBODY = frozenset({P.EVENT_ATTEND, P.KEY_HOLD, P.PITCH_JUDGE, P.WEBINAR_ATTEND})

PERMISSIONS_OF: dict[Role, frozenset[P]] = {
    Role.SME: _ORGANISATION
    | {
        P.ACCESS_END,
        P.ACCESS_JUDGE,
        P.ACCESS_REQUEST,
        P.ACCESS_SEE,
        P.APPLICATION_DRAFT,
        P.APPLICATION_EDIT,
        P.APPLICATION_SEE,
        P.APPLICATION_SUBMIT,
        P.APPLICATION_WITHDRAW,
        P.BASELINE_RECORD,
        P.CLAIM_EDIT,
        P.CLAIM_SEE,
        P.CLAIM_SUBMIT,
        P.COACHING_ASK,
        P.COACHING_SEE,
        P.COLLABORATION_FOLLOW,
        P.COLLABORATION_SEE,
        P.ENQUIRY_APPROVE,
        P.ENQUIRY_ASK,
        P.ENQUIRY_SEE,
        P.INTRODUCTION_ANSWER,
        P.INTRODUCTION_SEE,
        P.INVESTOR_SEE,
        P.PITCH_SEE,
        P.PITCH_SUBMIT,
        P.PROFILE_SEE,
        P.STORY_APPROVE,
        P.STORY_SEE,
        P.VOUCHER_ACCEPT,
        P.VOUCHER_SEE,
        P.WEBHOOK_EDIT,
    },
    Role.PROVIDER: _ORGANISATION
    | {
        P.ACCESS_ANSWER,
        P.ACCESS_END,
        P.ACCESS_JUDGE,
        P.ACCESS_SEE,
        P.ACCESS_SIGN,
        P.APPLICATION_CONFIRM,
        P.APPLICATION_EDIT,
        P.APPLICATION_SEE,
        P.COACHING_COACH,
        P.COACHING_SEE,
        P.COLLABORATION_FOLLOW,
        P.COLLABORATION_SEE,
        P.COMPETENCE_PROPOSE,
        P.INTRODUCTION_ANSWER,
        P.INTRODUCTION_SEE,
        P.PROFILE_SEE,
        P.RECORD_EDIT,
        P.RECORD_SEE,
        P.STORY_APPROVE,
        P.STORY_SEE,
        P.VOUCHER_SEE,
        P.WEBHOOK_EDIT,
    },
    Role.BROKER: frozenset(
        {
            P.ABSENCE_ENTER,
            P.ACCESS_CHECK,
            P.ACCESS_END,
            P.ACCESS_SEE,
            P.APPLICATION_RETURN,
            P.APPLICATION_SEE,
            P.BASELINE_RECORD,
            P.CALL_SEE,
            P.CLAIM_SEE,
            P.CLOCK_SEE,
            P.COACHING_SEE,
            P.COACHING_WORK,
            P.COLLABORATION_FOLLOW,
            P.COLLABORATION_RECORD,
            P.COLLABORATION_SEE,
            P.COMPETENCE_PROPOSE,
            P.ENQUIRY_ASK,
            P.ENQUIRY_SEE,
            P.ENQUIRY_WORK,
            P.EVENT_SEE,
            P.INDICATOR_SEE,
            P.INTRODUCTION_PROPOSE,
            P.INTRODUCTION_SEE,
            P.INVESTOR_SEE,
            P.MAIL_SORT,
            P.MEETING_SEE,
            P.MEMBERSHIP_SEE,
            P.ORGANISATION_SEE,
            P.PITCH_SEE,
            P.PROFILE_CHECK,
            P.PROFILE_EDIT,
            P.PROFILE_SEE,
            P.PROGRAMME_SEE,
            P.RECORD_EDIT,
            P.RECORD_IMPORT,
            P.RECORD_PUBLISH,
            P.RECORD_SEE,
            P.REGISTRATION_SEE,
            P.STORY_EDIT,
            P.STORY_SEE,
            P.SURVEY_SEE,
            P.VOUCHER_SEE,
            P.WEBHOOK_EDIT,
            P.WEBINAR_SEE,
        }
    ),
    Role.OFFICE: frozenset(
        {
            P.ABSENCE_ENTER,
            P.ACCESS_END,
            P.ACCESS_RULES,
            P.ACCESS_SEE,
            P.APPLICATION_DECIDE,
            P.APPLICATION_RETURN,
            P.APPLICATION_SEE,
            P.AUDIT_SEE,
            P.BASELINE_RECORD,
            P.BUDGET_ALLOCATE,
            P.BUDGET_MOVE,
            P.BUDGET_SEE,
            P.CALL_EDIT,
            P.CALL_PUBLISH,
            P.CALL_SEE,
            P.CLAIM_SEE,
            P.CLOCK_EDIT,
            P.CLOCK_SEE,
            P.COACHING_APPROVE,
            P.COACHING_SEE,
            P.COLLABORATION_FOLLOW,
            P.COLLABORATION_SEE,
            P.COMPETENCE_DECIDE,
            P.ENQUIRY_SEE,
            P.ENQUIRY_SUPERVISE,
            P.EVENT_CHECK_IN,
            P.EVENT_EDIT,
            P.EVENT_PUBLISH,
            P.EVENT_SEE,
            P.INDICATOR_EDIT,
            P.INDICATOR_FREEZE,
            P.INDICATOR_SEE,
            P.INTRODUCTION_RULES,
            P.INTRODUCTION_SEE,
            P.INVESTOR_SEE,
            P.LETTER_SEE,
            P.MAIL_SORT,
            P.MEETING_PLAN,
            P.MEETING_SEE,
            P.MEMBERSHIP_GRANT,
            P.MEMBERSHIP_INVITE,
            P.MEMBERSHIP_SEE,
            P.NETWORK_EXPORT,
            P.ORGANISATION_SEE,
            P.PITCH_EDIT,
            P.PITCH_SEE,
            P.PITCH_SELECT,
            P.PROFILE_SEE,
            P.PROGRAMME_EDIT,
            P.PROGRAMME_SEE,
            P.RECORD_EDIT,
            P.RECORD_IMPORT,
            P.RECORD_PUBLISH,
            P.RECORD_SEE,
            P.REGISTRATION_DECIDE,
            P.REGISTRATION_SEE,
            P.STORY_EDIT,
            P.STORY_PUBLISH,
            P.STORY_SEE,
            P.SURVEY_EDIT,
            P.SURVEY_SEE,
            P.VOUCHER_CLOSE,
            P.VOUCHER_EXTEND,
            P.VOUCHER_SEE,
            P.WEBHOOK_EDIT,
            P.WEBINAR_EDIT,
            P.WEBINAR_SEE,
        }
    ),
    Role.ASSESSOR: frozenset({P.CALL_SEE, P.PITCH_JUDGE, P.PITCH_SEE, P.PROGRAMME_SEE}),
    Role.FINANCE: frozenset(
        {
            P.APPLICATION_SEE,
            P.BANK_ACCOUNT_APPROVE,
            P.BUDGET_MOVE,
            P.BUDGET_SEE,
            P.CALL_SEE,
            P.CLAIM_APPROVE,
            P.CLAIM_PAY,
            P.CLAIM_SEE,
            P.CLAIM_VERIFY,
            P.INDICATOR_SEE,
            P.ORGANISATION_SEE,
            P.PROGRAMME_SEE,
            P.VOUCHER_SEE,
        }
    ),
    Role.INVESTOR: frozenset({P.INVESTOR_EDIT, P.PITCH_JUDGE, P.PITCH_SEE, P.PITCH_WEIGH}),
    Role.ORGANISER: frozenset(
        {
            P.CALL_SEE,
            P.EVENT_CHECK_IN,
            P.EVENT_EDIT,
            P.EVENT_PUBLISH,
            P.EVENT_SEE,
            P.INVESTOR_SEE,
            P.MEETING_PLAN,
            P.MEETING_SEE,
            P.PITCH_EDIT,
            P.PITCH_SEE,
            P.PITCH_SELECT,
            P.PROGRAMME_SEE,
            P.REGISTRATION_DECIDE,
            P.REGISTRATION_SEE,
            P.WEBINAR_EDIT,
            P.WEBINAR_SEE,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            P.ACCESS_SEE,
            P.APPLICATION_SEE,
            P.AUDIT_SEE,
            P.BUDGET_SEE,
            P.CALL_SEE,
            P.CLAIM_SEE,
            P.CLOCK_SEE,
            P.COACHING_SEE,
            P.COLLABORATION_SEE,
            P.ENQUIRY_SEE,
            P.EVENT_SEE,
            P.INDICATOR_SEE,
            P.INTRODUCTION_SEE,
            P.INVESTOR_SEE,
            P.LETTER_SEE,
            P.MEETING_SEE,
            P.MEMBERSHIP_SEE,
            P.ORGANISATION_SEE,
            P.PITCH_SEE,
            P.PROFILE_SEE,
            P.PROGRAMME_SEE,
            P.RECORD_SEE,
            P.REGISTRATION_SEE,
            P.STORY_SEE,
            P.SURVEY_SEE,
            P.VOUCHER_SEE,
            P.WEBINAR_SEE,
        }
    ),
    Role.SYSTEM: frozenset(P),
}
