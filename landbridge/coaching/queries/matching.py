"""The coaches of a case, ranked: facts for the rules, and their answers in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from landbridge.access.models import Request
from landbridge.access.states import AFTER_AGREEMENT
from landbridge.catalogue.models import Competence
from landbridge.catalogue.rules.offers import LANGUAGES
from landbridge.coaching import rules
from landbridge.coaching.models import Case, Coach, Offer
from landbridge.coaching.queries.calendars import WEEKS_COUNTED, hours_free
from landbridge.coaching.rules import Candidate, Conflict, Fit, Need
from landbridge.coaching.states import CHOSEN, OVER, Offered
from landbridge.foundation.permissions.roles import Role
from landbridge.foundation.ui.formatting import country as country_name
from landbridge.introductions.models import Introduction
from landbridge.introductions.states import S as IntroductionState
from landbridge.memberships.models import Membership
from landbridge.memberships.queries import desk_of


@dataclass(frozen=True, slots=True)
class Ranked:
    """One coach of the ranking, with the reasons and conflicts in words."""

    coach: Coach
    fit: Fit
    reasons: list[str]
    conflicts: list[str]


def ranked(case: Case, *, at: datetime) -> list[Ranked]:
    """All active coaches who do not stand for this case yet, best first. A fixed number of queries."""
    standing = Offer.objects.filter(case=case, state__in=[Offered.PROPOSED, *CHOSEN]).values("coach")
    coaches = list(
        Coach.objects.active()
        .exclude(pk__in=standing)
        .select_related("organisation")
        .prefetch_related("competences")
        .order_by("name", "pk")
    )
    by_id, names = {coach.pk: coach for coach in coaches}, names_of_terms()
    taken = _open_cases()
    conflicts, hours = _conflicts(case, coaches), hours_free(coaches, at=at)
    candidates = [
        Candidate(
            pk=coach.pk,
            name=coach.name,
            competences=frozenset(term.key for term in coach.competences.all()),
            languages=frozenset(coach.languages),
            country=coach.country,
            open_cases=taken.get(coach.pk, 0),
            most_cases=coach.most_cases,
            free_hours=hours[coach.pk],
            conflicts=tuple(conflicts[coach.pk]),
        )
        for coach in coaches
    ]
    return [
        Ranked(
            by_id[fit.pk],
            fit,
            [in_words(reason.code, reason.values, names) for reason in fit.reasons],
            [_(conflict.label) for conflict in fit.conflicts],
        )
        for fit in rules.fits_of(candidates, need_of(case))
    ]


def need_of(case: Case) -> Need:
    """What the case asks of a coach."""
    terms = list(case.competences.select_related("broader").prefetch_related("narrower"))
    near = {term.broader.key for term in terms if term.broader}
    near |= {below.key for term in terms for below in term.narrower.all()}
    return Need(
        competences=frozenset(term.key for term in terms),
        near=frozenset(near),
        languages=frozenset(case.languages),
        country=case.company.country,
    )


def names_of_terms() -> dict[str, str]:
    """The names of all competences, by their keys."""
    return dict(Competence.objects.accepted().values_list("key", "name"))


def in_words(code: str, values: Iterable[str], names: Mapping[str, str]) -> str:
    """One reason of a ranking as a sentence of its own."""
    given = list(values)
    terms = ", ".join(names.get(key, key) for key in given)
    spoken = ", ".join(_(LANGUAGES.get(key, key)) for key in given)
    match code:
        case "competences":
            return _("Knows about: %(terms)s") % {"terms": terms}
        case "near":
            return _("Close to it: %(terms)s") % {"terms": terms}
        case "languages":
            return _("Speaks %(languages)s") % {"languages": spoken}
        case "abroad":
            return _("Comes from another country: %(country)s") % {"country": country_name(given[0])}
        case "load":
            return _("Has %(open)s of at most %(most)s cases") % {"open": given[0], "most": given[1]}
        case "hours":
            places = {"hours": given[0], "weeks": WEEKS_COUNTED}
            return (
                ngettext(
                    "%(hours)s hour free in the next %(weeks)s weeks",
                    "%(hours)s hours free in the next %(weeks)s weeks",
                    int(given[0]),
                )
                % places
            )
    return {
        "no_competence": _("Has none of the competences asked for"),
        "no_language": _("Speaks none of the languages asked for"),
        "no_hours": _("Has laid no free time for the next weeks"),
    }.get(code, code)


def works_with(case: Case, coach: Coach) -> bool:
    """Whether the coach's organisation works with the company already."""
    return bool(coach.organisation_id) and coach.organisation_id in _partners_of(case)


def _open_cases() -> dict[int, int]:
    """How many cases each coach has now, by the coach's id."""
    rows = Offer.objects.filter(state__in=CHOSEN).exclude(case__state__in=OVER)
    return dict(rows.values_list("coach").annotate(count=Count("case", distinct=True)).order_by())


def _conflicts(case: Case, coaches: list[Coach]) -> dict[int, list[Conflict]]:
    own = set(
        Membership.objects.current()
        .filter(organisation_id=case.company_id)
        .exclude(role=Role.INVESTOR)
        .values_list("person_id", flat=True)
    )
    desk = set(desk_of(case.region_id).values_list("person_id", flat=True)) | {case.adviser_id}
    declined = set(Offer.objects.filter(case=case, state=Offered.DECLINED).values_list("coach_id", flat=True))
    partners, found = _partners_of(case), defaultdict(list)
    for coach in coaches:
        if coach.person_id in own or coach.organisation_id == case.company_id:
            found[coach.pk].append(Conflict.OWN_COMPANY)
        if coach.person_id in desk:
            found[coach.pk].append(Conflict.ADVISES)
        if coach.pk in declined:
            found[coach.pk].append(Conflict.DECLINED)
        if coach.organisation_id in partners:
            found[coach.pk].append(Conflict.WORKS_WITH)
    return found


def _partners_of(case: Case) -> set[int]:
    """Organisations that were introduced to the company, or did agreed work for it."""
    introduced = Introduction.objects.filter(
        company_id=case.company_id, state__in=[IntroductionState.MADE, IntroductionState.OUTCOME_KNOWN]
    )
    agreed = Request.objects.filter(company_id=case.company_id, state__in=AFTER_AGREEMENT)
    return set(introduced.values_list("provider_id", flat=True)) | set(
        agreed.values_list("provider_id", flat=True)
    )
