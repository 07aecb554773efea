"""Where the pages are: the rows above each page, the corner, the footer. A page that is not there is left out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _l

from landbridge.foundation.permissions.permissions import P

__all__ = ["LANDBRIDGE_ACCOUNT_PAGES", "LANDBRIDGE_FOOTER", "LANDBRIDGE_NAVIGATION", "LANDBRIDGE_WORK"]

# The main navigation: label, name of the page, permission it needs (none: for everyone)
LANDBRIDGE_NAVIGATION = [
    (_l("Find help"), "catalogue:directory", None),
    (_l("Partner profiles"), "profiles:profiles", None),
    (_l("Events"), "events:events", None),
    (_l("Webinars"), "webinars:webinars", None),
    (_l("Calls"), "public:calls", None),
    (_l("How it works"), "public:how_it_works", None),
    (_l("Awards"), "public:awards", None),
    (_l("Results"), "public:figures", None),
]

# Below it, for people who have signed in: groups of pages. Whoever has few pages sees them all in one row.
LANDBRIDGE_WORK = [
    (_l("My desk"), [(_l("My desk"), "desk:home", None)]),
    (
        _l("Support"),
        [
            (_l("Work list"), "enquiries:desk", P.ENQUIRY_WORK),
            (_l("Desks"), "enquiries:desks", P.ENQUIRY_SUPERVISE),
            (_l("Clocks"), "clocks:clocks", P.CLOCK_SEE),
            (_l("Enquiries"), "enquiries:enquiries", P.ENQUIRY_SEE),
            (_l("Introductions"), "introductions:introductions", P.INTRODUCTION_SEE),
            (_l("Profiles"), "profiles:of_desk", P.PROFILE_SEE),
            (_l("Access"), "access:requests", P.ACCESS_SEE),
            (_l("Coaching"), "coaching:cases", P.COACHING_SEE),
            (_l("Collaborations"), "collaborations:collaborations", P.COLLABORATION_SEE),
            (_l("Catalogue"), "catalogue:kept_records", P.RECORD_SEE),
            (_l("Imports"), "catalogue:imports", P.RECORD_IMPORT),
        ],
    ),
    (
        _l("Gatherings"),
        [
            (_l("My events"), "events:mine", P.EVENT_ATTEND),
            (_l("Run events"), "events:kept", P.EVENT_SEE),
            (_l("Run webinars"), "webinars:kept", P.WEBINAR_EDIT),
            (_l("Deal room"), "pitches:deal_room", P.PITCH_WEIGH),
            (_l("Pitches"), "pitches:calls", P.PITCH_SEE),
            (_l("Investors"), "pitches:investors", P.INVESTOR_SEE),
        ],
    ),
    (
        _l("Money"),
        [
            (_l("Applications"), "applications:applications", P.APPLICATION_SEE),
            (_l("Vouchers"), "vouchers:vouchers", P.VOUCHER_SEE),
            (_l("Claims"), "claims:claims", P.CLAIM_SEE),
            (_l("Payments"), "claims:payment_files", P.BUDGET_SEE),
            (_l("Budgets"), "budgets:overview", P.BUDGET_SEE),
            (_l("All calls"), "calls:calls", P.CALL_SEE),
        ],
    ),
    (
        _l("Results"),
        [
            (_l("Dashboard"), "indicators:dashboard", P.INDICATOR_SEE),
            (_l("Indicators"), "indicators:indicators", P.INDICATOR_SEE),
            (_l("Reports"), "indicators:periods", P.INDICATOR_SEE),
            (_l("Surveys"), "surveys:surveys", P.SURVEY_SEE),
            (_l("Stories"), "stories:kept", P.STORY_SEE),
        ],
    ),
    (
        _l("Network"),
        [
            (_l("Programmes"), "programmes:programmes", P.PROGRAMME_SEE),
            (_l("Organisations"), "organisations:organisations", P.ORGANISATION_SEE),
            (_l("People"), "memberships:everyone", P.MEMBERSHIP_SEE),
            (_l("Letters"), "outbox:list", P.LETTER_SEE),
            (_l("Incoming mail"), "inbox:list", P.MAIL_SORT),
            (_l("Record"), "record:record", P.AUDIT_SEE),
            (_l("Archive"), "api:archives", P.NETWORK_EXPORT),
        ],
    ),
]

# The pages behind the name in the corner, and those of the footer; a page that is not there is left out.
LANDBRIDGE_ACCOUNT_PAGES = {
    "sign_in": "account_login",
    "register": "account_signup",
    "profile": "account_profile",
    "hats": "memberships:hats",
    "sign_out": "account_logout",
}
LANDBRIDGE_FOOTER = [
    (_l("About"), "public:about"),
    (_l("Programmes"), "public:programmes"),
    (_l("Regions"), "public:regions"),
    (_l("Rules of access"), "access:rules"),
    (_l("Stories"), "stories:stories"),
    (_l("News"), "stories:all_news"),
    (_l("Press"), "stories:press"),
    (_l("Open data"), "public:open_data"),
    (_l("API"), "api:documentation"),
    (_l("Accessibility"), "public:accessibility"),
    (_l("Data protection"), "public:data_protection"),
    (_l("Components"), "ui:components"),
]
