"""Events and webinars that took place, and who was there."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from landbridge.events.models import Event, Registration
from landbridge.events.states import KIND_NAMES, Registered
from landbridge.events.states import S as EventState
from landbridge.foundation.problems import N_
from landbridge.indicators.queries.facts import Facts
from landbridge.indicators.queries.scopes import Scope, in_regions
from landbridge.indicators.queries.sources.shape import Parameter, Source
from landbridge.indicators.rules import Made
from landbridge.webinars.models import SignUp, Webinar
from landbridge.webinars.states import S as WebinarState

KIND = Parameter(
    "kind", N_("Kind of event"), choices=lambda: [(kind.value, name) for kind, name in KIND_NAMES.items()]
)
NOT_BY_REGION = frozenset({"programme", "phase"})


def _of_programme(scope: Scope, path: str) -> Q:
    """Gatherings name their programme, or none: those are the network's and count for no programme."""
    return Q(**{path: scope.programme_id}) if scope.programme_id else Q()


def _took_place(scope: Scope, prefix: str = "") -> Q:
    found = _of_programme(scope, f"{prefix}programme_id") & Q(**{f"{prefix}published_at__isnull": False})
    if kind := scope.parameter("kind"):
        found &= Q(**{f"{prefix}kind": str(kind)})
    return found & ~Q(**{f"{prefix}state": EventState.CANCELLED})


def _events(scope: Scope) -> Sequence[Facts]:
    return (Facts(Event.objects.filter(_took_place(scope)), on="ends_at", name="title", is_timed=True),)


def _participants(scope: Scope) -> Sequence[Facts]:
    rows = Registration.objects.filter(
        _took_place(scope, "event__"), _at_place(scope), state=Registered.ATTENDED
    )
    return (Facts(rows, on="attended_at", name="event__title", is_timed=True),)


def _webinars(scope: Scope) -> Sequence[Facts]:
    rows = Webinar.objects.filter(_of_programme(scope, "programme_id"), state=WebinarState.HELD)
    return (Facts(rows, on="ends_at", name="title", is_timed=True),)


def _listeners(scope: Scope) -> Sequence[Facts]:
    rows = SignUp.objects.filter(
        _of_programme(scope, "webinar__programme_id"), _at_place(scope), webinar__state=WebinarState.HELD,
        minutes__gt=0,
    )  # fmt: skip
    return (
        Facts(
            rows, on="webinar__ends_at", name="webinar__title", is_timed=True,
            pk="webinar_id", called=Webinar._meta.label_lower,
        ),
    )  # fmt: skip


def _at_place(scope: Scope) -> Q:
    """People count in their own region; in a programme as a whole, wherever they come from."""
    return in_regions(scope, "region") if scope.partner_id or scope.region_id else Q()


SOURCES = (
    Source(
        "events-held", N_("Events held"),
        N_("Events that took place and were not called off, from the day on which they ended. One row is one event."),
        Made.COUNT, facts=_events, parameters=(KIND,), divides_by=NOT_BY_REGION,
    ),
    Source(
        "participants-present", N_("Participants present at events"),
        N_("Whoever was checked in; who had a place and did not come is not counted. One row is one registration."),
        Made.COUNT, facts=_participants, parameters=(KIND,),
    ),
    Source(
        "webinars-held", N_("Webinars held"),
        N_("Webinars that took place, from the day on which they ended. One row is one webinar."),
        Made.COUNT, facts=_webinars, divides_by=NOT_BY_REGION,
    ),
    Source(
        "listeners-present", N_("Listeners present at webinars"),
        N_("Whoever was there for a minute at least. One row is one listener, under the name of the webinar."),
        Made.COUNT, facts=_listeners,
    ),
)  # fmt: skip
