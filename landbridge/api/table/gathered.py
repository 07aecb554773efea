"""Resources of gatherings: events, webinars, meetings, pitches."""

from __future__ import annotations

from landbridge.api.table.resource import Part, Resource
from landbridge.events.models import Challenge, Event, Registration
from landbridge.events.models import Session as EventSession
from landbridge.foundation.permissions.permissions import P
from landbridge.meetings.models import Meeting, Run
from landbridge.meetings.models import Request as MeetingRequest
from landbridge.pitches.models import Juror, Pitch, PitchCall
from landbridge.webinars.models import SignUp, Speaker, Webinar

RESOURCES = (
    Resource(
        "events", "Event", Event, None,
        "slug programme_id kind form language title summary description texts time_zone starts_at ends_at venue street "
        "postcode town country contact_email registration_opens_at registration_closes_at needs_approval "
        "has_waiting_list capacity has_meetings state version published_at is_demonstration",
        parts=(
            Part("sessions", EventSession, "kind title text speakers starts_at ends_at needs_sign_up capacity"),
            Part("challenges", Challenge, "organisation_name title text offers number"),
        ),
        by="slug",
        inner=P.EVENT_SEE,
    ),
    Resource(
        "events/registrations", "Registration", Registration, P.EVENT_ATTEND,
        "event_id name job_title organisation_name region_id country attendee wants_meetings is_online state version "
        "begun_at submitted_at approved_at cancelled_at attended_at",
    ),
    Resource(
        "webinars", "Webinar", Webinar, None,
        "slug programme_id series_id title summary description language time_zone starts_at ends_at capacity "
        "will_be_recorded state version published_at is_demonstration",
        parts=(Part("speakers", Speaker, "name job_title organisation_name about number"),),
        by="slug",
        inner=P.WEBINAR_SEE,
    ),
    Resource(
        "webinars/sign-ups", "Sign-up to a webinar", SignUp, P.WEBINAR_ATTEND,
        "webinar_id name organisation_name region_id state signed_up_at cancelled_at minutes", has_page=False,
    ),
    Resource(
        "meetings", "Meeting", Meeting, P.EVENT_ATTEND,
        "event_id first_id second_id slot_id table_id state is_locked placed_at changed_at ended_at",
        has_page=False,
    ),
    Resource(
        "meetings/requests", "Request for a meeting", MeetingRequest, P.EVENT_ATTEND,
        "event_id sender_id receiver_id sentence state asked_at answered_at expires_at", has_page=False,
    ),
    Resource(
        "meetings/runs", "Version of a timetable", Run, P.MEETING_SEE,
        "event_id number kind state statistics asked_by_name asked_at started_at finished_at published_at",
        has_page=False,
    ),
    Resource(
        "pitches/calls", "Invitation to pitch", PitchCall, P.PITCH_SEE,
        "programme_id event_id title text time_zone opens_at closes_at stage_starts_at minutes_to_pitch "
        "minutes_of_questions places criteria has_audience state version is_demonstration",
    ),
    Resource(
        "pitches", "Pitch", Pitch, P.PITCH_SEE,
        "call_id organisation_id title one_line problem solution advantage team markets stage countries asks_eur "
        "raised_eur use_of_money state number version submitted_at is_demonstration",
    ),
    Resource(
        "pitches/jurors", "Seat on a jury", Juror, P.PITCH_JUDGE,
        "call_id name declared_at is_audience invited_at", has_page=False,
    ),
)  # fmt: skip
