"""Resources of the help that companies get: enquiries, introductions, profiles, access, coaching, collaborations."""

from __future__ import annotations

from landbridge.access.models import Quote, Request, RuleSet
from landbridge.api.table.resource import Part, Resource
from landbridge.coaching.models import Case, Coach, Plan, Session
from landbridge.collaborations.models import Collaboration, FollowOn, NextStep, Turn
from landbridge.enquiries.models import Candidate, Enquiry, Lead, Message, Note, Sight, Summary, Want
from landbridge.foundation.permissions.permissions import P
from landbridge.introductions.models import Introduction
from landbridge.profiles.models import Interest, Profile

RESOURCES = (
    Resource(
        "enquiries", "Enquiry", Enquiry, P.ENQUIRY_SEE,
        "number company_id region_id title readiness_now readiness_wanted sample regulation budget_eur needed_by "
        "languages access_modes also_inside state hold_until closing reason duplicate_of_id is_demonstration asked_at "
        "acknowledged_at ended_at version",
        parts=(
            Part("wants", Want, "competence_id weight"),
            Part("summaries", Summary, "version title text written_at approved_at refused_at"),
        ),
    ),
    Resource(
        "enquiries/messages", "Message", Message, P.ENQUIRY_SEE,
        "enquiry_id from_desk text person_name answers_id written_at read_at", has_page=False,
    ),
    Resource(
        "enquiries/notes", "Note of the desk", Note, P.ENQUIRY_SEE,
        "enquiry_id text person_name region_id written_at", has_page=False,
    ),
    Resource(
        "enquiries/leads", "Lead", Lead, P.ENQUIRY_WORK,
        "enquiry_id region_id person_name state offered_at offered_by_name expires_at answered_at ended_at",
        has_page=False,
    ),
    Resource(
        "enquiries/scouting", "What scouts may read", Sight, P.ENQUIRY_WORK,
        "summary_id region_id granted_by_name granted_at until ended_at", has_page=False,
    ),
    Resource(
        "enquiries/candidates", "Candidate", Candidate, P.ENQUIRY_SEE,
        "enquiry_id record_id position remark sent_at is_wanted answered_at dropped_at", has_page=False,
    ),
    Resource(
        "introductions", "Introduction", Introduction, P.INTRODUCTION_SEE,
        "number state region_id provider_region_id nda asked_at lapses_at made_at ended_at is_demonstration",
    ),
    Resource(
        "profiles", "Partnering profile", Profile, P.PROFILE_SEE,
        "number kind region_id title summary description advantages wanted_partner stage rights languages state "
        "valid_until published_at is_demonstration version",
    ),
    Resource(
        "profiles/interests", "Interest in a profile", Interest, P.PROFILE_EDIT,
        "profile_id region_id state sent_by_name sent_at answered_by_name answered_at introduction_id",
        has_page=False,
    ),
    Resource(
        "access", "Access request", Request, P.ACCESS_SEE,
        "number rule_set_id record_id company_id provider_id title purpose samples access_mode units wanted_from "
        "wanted_until confidential state feasibility changes_asked reason starts_on ends_on version is_demonstration "
        "started_at submitted_at eligible_at feasible_at quoted_at accepted_at agreed_at begun_at delivered_at ended_at",
        parts=(Part("quotes", Quote, "version amount_eur text holds_until quoted_at accepted_at"),),
    ),
    Resource(
        "access/rules", "Rules of access", RuleSet, P.ACCESS_SEE,
        "version title text valid_from valid_until published_at fingerprint",
    ),
    Resource(
        "coaching", "Coaching case", Case, P.COACHING_SEE,
        "number company_id region_id title wish languages state adviser_name hours_at_most first_talk_on asked_at "
        "begun_at reported_at ended_at is_demonstration",
        parts=(
            Part("plans", Plan, "version summary written_at accepted_at"),
            Part("sessions", Session, "coach_id code starts_at ends_at place topic hours state"),
        ),
    ),
    Resource(
        "coaching/coaches", "Coach", Coach, P.COACHING_SEE,
        "name headline about languages country time_zone most_cases is_active version is_demonstration",
    ),
    Resource(
        "collaborations", "Collaboration", Collaboration, P.COLLABORATION_SEE,
        "number company_id provider_id title text instrument origin since state ended_on end renewals recorded_at "
        "is_demonstration",
        parts=(
            Part("turns", Turn, "state on told_at"),
            Part("follow_ons", FollowOn, "kind title text amount_eur funder jobs on told_by told_at withdrawn_at"),
        ),
    ),
    Resource(
        "collaborations/next-steps", "Next step", NextStep, P.COLLABORATION_SEE,
        "company_id provider_id collaboration_id text owner owner_name due_on state ended_on outcome planned_at",
        has_page=False,
    ),
)  # fmt: skip
