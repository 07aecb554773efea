"""The trails above the pages of this word."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from landbridge.foundation.ui.parts import Crumb
from landbridge.programmes.models import Phase, Programme


def of_programmes() -> list[Crumb]:
    """To the list of programmes."""
    return [Crumb(_("Programmes"), reverse("programmes:programmes"))]


def of_programme(programme: Programme) -> list[Crumb]:
    """To the programme."""
    return [*of_programmes(), Crumb(programme.name, programme.get_absolute_url())]


def of_phase(phase: Phase) -> list[Crumb]:
    """To the phase; load it with its programme."""
    return [*of_programme(phase.programme), Crumb(phase.name, phase.get_absolute_url())]


def of_regions() -> list[Crumb]:
    """To the list of regions."""
    return [*of_programmes(), Crumb(_("Regions"), reverse("programmes:regions"))]
