"""Resources of the network itself: programmes, organisations, people's roles, the directory as its keepers see it, results."""

from __future__ import annotations

from django.db.models import QuerySet

from landbridge.api.rules.keys import OWN
from landbridge.api.table.resource import Part, Resource
from landbridge.catalogue.models import (
    Certificate,
    Identifier,
    Import,
    Price,
    Record,
    SavedSearch,
    Shortlist,
    ShortlistEntry,
    Source,
)
from landbridge.clocks.models import Absence, Clock
from landbridge.foundation.audit import reading
from landbridge.foundation.audit.models import Entry
from landbridge.foundation.inbox.models import Incoming
from landbridge.foundation.outbox.models import Letter
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.indicators.models import Indicator, Period, Reading
from landbridge.memberships.models import Invitation, Membership
from landbridge.organisations.models import BankAccount, CompanyNumber, Organisation
from landbridge.programmes.models import Incentive, Partner, Phase, Programme, PublishedFigure, Target
from landbridge.stories.models import News, Story
from landbridge.surveys.models import Baseline, Questionnaire, Sheet


def _entries(actor: Actor) -> QuerySet[Entry]:
    return reading.seen_by(actor, {})


def _kept(actor: Actor) -> QuerySet[Record]:
    return Record.objects.kept_by(actor)


RESOURCES = (
    Resource("programmes", "Programme", Programme, P.PROGRAMME_SEE, "key name funder aim contact_email is_demonstration"),
    Resource(
        "programmes/phases", "Phase", Phase, P.PROGRAMME_SEE, "programme_id number name starts_on ends_on follows_id state"
    ),
    Resource(
        "programmes/partners", "Partner", Partner, P.PROGRAMME_SEE,
        "programme_id region_id name short_name country is_lead town", has_page=False,
    ),
    Resource(
        "programmes/incentives", "Incentive", Incentive, P.PROGRAMME_SEE,
        "phase_id key name purpose cap_eur basis legal_basis evidence validity_months extension_months", has_page=False,
    ),
    Resource(
        "programmes/targets", "Target", Target, P.PROGRAMME_SEE, "phase_id partner_id code name unit value baseline",
        has_page=False,
    ),
    Resource(
        "programmes/figures", "Published figure", PublishedFigure, P.PROGRAMME_SEE,
        "programme_id phase_id code name value as_of source", has_page=False,
    ),
    Resource(
        "organisations", "Organisation", Organisation, P.ORGANISATION_SEE,
        "name kind country region_id street building_number postcode town website vat_number about offers_access "
        "is_sole_trader is_closed is_demonstration version registered_at",
        parts=(Part("numbers", CompanyNumber, "scheme number"),),
    ),
    Resource(
        "organisations/bank-accounts", "Bank account", BankAccount, P.ORGANISATION_SEE,
        "organisation_id state proposed_at decided_at reason", has_page=False,
    ),
    Resource(
        "memberships", "Role of a person", Membership, P.MEMBERSHIP_SEE,
        "role region_id partner_id programme_id organisation_id person_id began_at ended_at", has_page=False,
    ),
    Resource(
        "memberships/invitations", "Invitation", Invitation, P.MEMBERSHIP_SEE,
        "role region_id partner_id programme_id organisation_id email name invited_by_name invited_at expires_at "
        "accepted_at revoked_at", has_page=False,
    ),
    Resource(
        "clocks", "Duty that runs", Clock, P.CLOCK_SEE,
        "duty_id about_table about_id about_name region_id working_days started_at due_at paused_at ended_at ending",
        has_page=False,
    ),
    Resource(
        "clocks/absences", "Absence", Absence, P.ABSENCE_ENTER,
        "person_name region_id first_day last_day stand_in_name entered_at", has_page=False,
    ),
    Resource(
        "catalogue/kept", "Record of the directory, also before it is public", Record, P.RECORD_SEE,
        "kind organisation_id parent_id region_id name summary description texts techniques languages website country "
        "town state confirmed_on due_on successor_id locked_fields version is_demonstration created_at changed_at "
        "published_at",
        parts=(
            Part("prices", Price, "customer amount_eur unit note holds_until"),
            Part("certificates", Certificate, "scheme scope number expires_on"),
            Part("identifiers", Identifier, "scheme value"),
        ),
        rows=_kept,
    ),
    Resource(
        "catalogue/imports", "Import", Import, P.RECORD_IMPORT,
        "source_id state rows done_rows counts problem person_name started_at ended_at",
    ),
    Resource(
        "catalogue/imports/sources", "Source of records", Source, P.RECORD_IMPORT,
        "key name format licence website region_id organisation_id country publishes", has_page=False,
    ),
    Resource(
        "catalogue/searches", "Saved search", SavedSearch, OWN, "name text filters every_days saved_at", has_page=False
    ),
    Resource(
        "catalogue/shortlists", "Shortlist", Shortlist, OWN, "name made_at",
        parts=(Part("entries", ShortlistEntry, "record_id remark added_at"),), has_page=False,
    ),
    Resource(
        "letters", "Letter", Letter, P.LETTER_SEE,
        "template programme language subject about_table about_id about_name state attempts created_at sent_at",
        has_page=False,
    ),
    Resource(
        "mail", "Mail that came in", Incoming, P.MAIL_SORT,
        "subject verdict why about_kind about_id received_at sorted_at sorted_by_name", has_page=False,
    ),
    Resource(
        "record", "Entry of the record", Entry, P.AUDIT_SEE,
        "at event subject_table subject_id subject_name person_name role details", rows=_entries, has_page=False,
    ),
    Resource(
        "surveys", "Questionnaire", Questionnaire, P.SURVEY_SEE, "slug programme_id name created_at is_demonstration",
        has_page=False,
    ),
    Resource(
        "surveys/sheets", "Sheet of a survey, without what was answered", Sheet, P.SURVEY_SEE,
        "rule_id of_id programme_id region_id side trigger happened_on months state is_comparison due_at sent_at "
        "closes_at begun_at ended_at is_demonstration", has_page=False,
    ),
    Resource(
        "surveys/baselines", "Baseline", Baseline, P.BASELINE_RECORD,
        "organisation_id on jobs turnover_eur markets evidence recorded_at is_demonstration", has_page=False,
    ),
    Resource(
        "indicators", "Indicator", Indicator, None,
        "code programme_id name unit definition texts kind decimals is_public is_active position version changed_at",
        has_page=False, inner=P.INDICATOR_SEE,
    ),
    Resource(
        "indicators/readings", "Reading of an indicator", Reading, None,
        "indicator_id as_of since phase_id partner_id region_id period_id came value part whole asked definition "
        "source_text rows_sha256 read_at is_demonstration", has_page=False, inner=P.INDICATOR_SEE,
    ),
    Resource(
        "indicators/periods", "Reporting period", Period, P.INDICATOR_SEE,
        "phase_id partner_id name begins_on ends_on narrative version frozen_at frozen_by_name sha256 signature",
        has_page=False,
    ),
    Resource(
        "stories", "Story", Story, P.STORY_SEE,
        "slug collaboration_id programme_id state language shown_version version created_at published_at withdrawn_at "
        "is_demonstration", by="slug",
    ),
    Resource(
        "stories/news", "News", News, None,
        "slug programme_id state language title lead body texts version published_at is_demonstration", by="slug",
        has_page=False, inner=P.STORY_PUBLISH,
    ),
)  # fmt: skip
