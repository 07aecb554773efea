"""Reading introductions: lists, what a preparation needs, what the rules want to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from landbridge.catalogue.models import Record
from landbridge.enquiries.models import Candidate, Enquiry, Summary
from landbridge.enquiries.states import WORKFLOW as ENQUIRY_WORKFLOW
from landbridge.enquiries.states import LeadState
from landbridge.enquiries.states import M as EnquiryMove
from landbridge.foundation.permissions.actor import SYSTEM, Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.problems import Problem
from landbridge.introductions import rules
from landbridge.introductions.models import Answer, Introduction, Limit, NdaTemplate
from landbridge.introductions.queries.people import identity_of
from landbridge.introductions.queries.sides import desk_view, last_day_of, names_for, side_of, side_view
from landbridge.introductions.states import ENDED, OPEN, S, Shown, Side
from landbridge.programmes.models import Region

STAGES = {"open": OPEN, "made": (S.MADE, S.OUTCOME_KNOWN), "ended": ENDED}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a list of introductions, with what its reader may know."""

    introduction_id: int
    number: str
    title: str
    company: str
    provider: str
    state: S | Shown
    until: date | None
    at: datetime


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def with_all(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    """With everything that a view of it reads, in as many queries for one as for fifty."""
    return rows.select_related(
        "company__region", "provider__region", "region", "provider_region", "enquiry", "record", "summary",
        "nda_paper",
    ).prefetch_related("answers", "enquiry__leads")  # fmt: skip


def listed(
    rows: QuerySet[Introduction], *, stage: str = "", enquiry: int = 0, text: str = ""
) -> QuerySet[Introduction]:
    """The list, the newest first. It is searched by number and title alone: a name that is found would be a name told."""
    if stage:
        rows = rows.filter(state__in=STAGES[stage])
    if enquiry:
        rows = rows.filter(enquiry_id=enquiry)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(title__icontains=text))
    return with_all(rows).order_by("-prepared_at", "-pk")


def line_of(introduction: Introduction, actor: Actor) -> Line:
    """One row of the list for this reader."""
    side = side_of(introduction, actor)
    state: S | Shown = side_view(introduction, actor).state if side else desk_view(introduction, actor).state
    company, provider = names_for(introduction, actor)
    return Line(
        introduction_id=introduction.pk,
        number=introduction.number,
        title=introduction.title,
        company=company,
        provider=provider,
        state=state,
        until=last_day_of(introduction) if introduction.state == S.ASKED else None,
        at=introduction.asked_at or introduction.prepared_at,
    )


def waiting_for(actor: Actor) -> QuerySet[Introduction]:
    """Asked, and this actor's side has not answered."""
    rows = with_all(Introduction.objects.visible_to(actor).filter(state=S.ASKED))
    mine = Answer.objects.filter(
        Q(side=Side.COMPANY, introduction__company_id=actor.organisation_id)
        | Q(side=Side.PROVIDER, introduction__provider_id=actor.organisation_id)
    )
    return rows.exclude(pk__in=mine.values("introduction_id")).order_by("lapses_at", "pk")


# ── For the rules ────────────────────────────────────────────────────────────────────────────────────────────────────
def summary_of(enquiry: Enquiry) -> Summary | None:
    """The newest text without confidential matter that the company approved."""
    return enquiry.summaries.filter(approved_at__isnull=False).order_by("-version").first()


def leads_enquiry(enquiry: Enquiry, actor: Actor) -> bool:
    """Whether the actor is of the desk that leads the enquiry now, or is Landbridge itself."""
    if actor.role is Role.SYSTEM:
        return True
    lead = enquiry.leads.filter(state=LeadState.ACCEPTED).first()
    return actor.role is Role.BROKER and lead is not None and lead.region_id == actor.region_id


def leading_region_of(enquiry: Enquiry) -> Region:
    """Whose desk leads the enquiry now; its home desk where the lead is open."""
    lead = enquiry.leads.filter(state=LeadState.ACCEPTED).select_related("region").first()
    return lead.region if lead is not None else enquiry.region


def facts_of(enquiry: Enquiry, record: Record) -> rules.Preparation:
    """What the rules want to know before this offer is brought together with this enquiry."""
    candidate = Candidate.objects.filter(enquiry=enquiry, record=record).first()
    is_open = Introduction.objects.filter(enquiry=enquiry, provider=record.organisation_id, state__in=OPEN)
    return rules.Preparation(
        can_be_introduced=ENQUIRY_WORKFLOW.allows(EnquiryMove.INTRODUCE, of=enquiry, by=SYSTEM),
        has_approved_summary=summary_of(enquiry) is not None,
        offer_is_public=record.is_public,
        company_id=enquiry.company_id,
        provider_id=record.organisation_id,
        is_unwanted=candidate is not None and candidate.is_wanted is False,
        is_open_already=is_open.exists(),
    )


def problems_of(introduction: Introduction) -> list[Problem]:
    """Why the texts of an introduction cannot be sent as they stand."""
    return list(
        rules.problems_with_texts(
            title=introduction.title,
            shown_to_provider=introduction.shown_to_provider,
            shown_to_company=introduction.shown_to_company,
            company=identity_of(introduction.company),
            provider=identity_of(introduction.provider),
        )
    )


def hints_of(introduction: Introduction) -> list[Problem]:
    """What in the texts might give a side away, for the desk to look at once more."""
    company, provider = identity_of(introduction.company), identity_of(introduction.provider)
    return [
        *rules.hints_about(introduction.shown_to_provider, field="shown_to_provider", of=company),
        *rules.hints_about(introduction.shown_to_company, field="shown_to_company", of=provider),
    ]


def limit_of(organisation_id: int) -> int:
    """How many open introductions a provider takes at a time."""
    own = Limit.objects.filter(organisation_id=organisation_id).values_list("most_open", flat=True).first()
    return rules.MOST_OPEN if own is None else own


def free_again(organisation_id: int) -> datetime | None:
    """When the next place is free at the latest: the first open introduction that lapses."""
    open_ones = Introduction.objects.open_for_provider(organisation_id)
    return open_ones.order_by("lapses_at").values_list("lapses_at", flat=True).first()


def template_of(at: datetime) -> NdaTemplate | None:
    """The version of the agreement that holds at this moment: the latest that has begun."""
    return NdaTemplate.objects.filter(holds_from__lte=at.date()).order_by("-holds_from", "-pk").first()


def language_name(code: str) -> str:
    """The name of a language in the reader's own; its code where there is none."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


# ── First drafts ─────────────────────────────────────────────────────────────────────────────────────────────────────
def draft_for_company(record: Record) -> str:
    """A first text about an offer, for the company to read; the desk takes out what names its provider."""
    where = record.region.name if record.region else ""
    place = _("In the region %(region)s.") % {"region": where} if where else ""
    return "\n\n".join(filter(None, (record.summary or record.description[:1000], place)))


def draft_for_provider(summary: Summary, enquiry: Enquiry) -> str:
    """A first text about a question, for the provider to read: the summary that the company approved."""
    facts = []
    if enquiry.readiness_now:
        facts.append(_("Technology readiness level now: %(level)s.") % {"level": enquiry.readiness_now})
    if enquiry.needed_by:
        facts.append(_("Wanted by: %(day)s.") % {"day": enquiry.needed_by.isoformat()})
    if enquiry.languages:
        names = ", ".join(language_name(code) for code in enquiry.languages)
        facts.append(_("Languages: %(names)s.") % {"names": names})
    return "\n\n".join(filter(None, (summary.text, " ".join(facts))))


def first_draft(enquiry: Enquiry, record: Record) -> dict[str, str]:
    """What the form of a preparation starts with."""
    summary = summary_of(enquiry)
    return {
        "title": summary.title if summary else enquiry.title,
        "shown_to_provider": draft_for_provider(summary, enquiry) if summary else "",
        "shown_to_company": draft_for_company(record),
    }


@dataclass(frozen=True, slots=True)
class OfferLine:
    """One offer of a shortlist, and the introduction that was begun for it."""

    candidate: Candidate
    introduction: Introduction | None


def offers_of(enquiry: Enquiry) -> list[OfferLine]:
    """The shortlist in its order; three queries."""
    candidates = enquiry.candidates.filter(dropped_at__isnull=True).select_related(
        "record__organisation__region"
    )
    latest = {
        row.record_id: row
        for row in Introduction.objects.filter(enquiry=enquiry).order_by("prepared_at", "pk")
    }
    return [
        OfferLine(candidate=one, introduction=latest.get(one.record_id))
        for one in candidates.order_by("position", "pk")
    ]
