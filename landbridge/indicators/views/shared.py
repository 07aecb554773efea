"""What the pages of indicators share: which one, for which place, and the trail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.guards import Request
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.ui.parts import Crumb
from landbridge.indicators.forms import AsOfFilters
from landbridge.indicators.models import Indicator
from landbridge.indicators.queries.listing import places_of
from landbridge.indicators.queries.scopes import Scope, day_of, placed
from landbridge.indicators.queries.wording import words_of
from landbridge.programmes.models import Partner, Phase


@dataclass(frozen=True, slots=True)
class Asked:
    """As of which day and within which place somebody asks, as the address says it."""

    filters: AsOfFilters
    scope: Scope

    @property
    def query(self) -> str:
        """The same place for another page's address."""
        scope = self.scope
        given: dict[str, Any] = {
            "as_of": scope.as_of.isoformat(),
            "since": scope.since.isoformat() if scope.since else "",
            "phase": scope.phase_id or "",
            "partner": scope.partner_id or "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def phase(self) -> Phase | None:
        return Phase.objects.select_related("programme").filter(pk=self.scope.phase_id or 0).first()

    @property
    def partner(self) -> Partner | None:
        return Partner.objects.filter(pk=self.scope.partner_id or 0).first()


def seen_by(actor: Actor, pk: int) -> Indicator:
    """An indicator that somebody may read about; others are not found."""
    return get_object_or_404(Indicator.objects.visible_to(actor).select_related("programme"), pk=pk)


def kept_by(actor: Actor, pk: int) -> Indicator:
    """One that somebody keeps; another programme's is not found."""
    return get_object_or_404(Indicator.objects.kept_by(actor).select_related("programme"), pk=pk)


def used_by(actor: Actor, pk: int) -> Indicator:
    """One for which somebody's office sets targets and enters figures; another programme's is not found."""
    return get_object_or_404(Indicator.objects.used_by(actor).select_related("programme"), pk=pk)


def asked_of(request: Request, found: Indicator) -> Asked:
    """The day and the place in the address; today and the whole network where it says nothing."""
    today = day_of(request.now)
    filters = AsOfFilters(request.GET or None, places=places_of(found), today=today)
    return Asked(filters, placed(filters.scope))


def crumbs() -> list[Crumb]:
    """The trail to the list."""
    return [Crumb(_("Indicators"), reverse("indicators:indicators"))]


def crumbs_of(found: Indicator) -> list[Crumb]:
    """The trail to an indicator."""
    return [*crumbs(), Crumb(words_of(found).name, found.get_absolute_url())]


def phases_kept(actor: Actor) -> list[Phase]:
    """The phases that somebody's office keeps, the newest first."""
    rows = Phase.objects.edited_by(actor).select_related("programme").order_by("-starts_on", "pk")
    return list(rows[:200])


def partners_kept(actor: Actor) -> list[Partner]:
    """The partners of the programmes that somebody's office keeps."""
    rows = Partner.objects.edited_by(actor).select_related("programme")
    return list(rows.order_by("programme__name", "short_name", "pk")[:200])


def may_of(actor: Actor, found: Indicator) -> dict[str, bool]:
    """What somebody may do with it."""
    uses = actor.may(P.INDICATOR_EDIT) and Indicator.objects.used_by(actor).filter(pk=found.pk).exists()
    keeps = actor.may(P.INDICATOR_EDIT) and Indicator.objects.kept_by(actor).filter(pk=found.pk).exists()
    return {
        "edit": keeps,
        "aim": uses,
        "enter": uses and not found.source,
        "open": actor.may(P.INDICATOR_SEE),
    }
