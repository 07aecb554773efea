"""The vocabulary as the form of a question needs it, and the records it may begin with."""

from __future__ import annotations

from django.db.models import Prefetch

from landbridge.catalogue.models import Competence, Record
from landbridge.enquiries.models import Enquiry, Want
from landbridge.enquiries.rules import Term
from landbridge.foundation.permissions.actor import Actor
from landbridge.organisations.models import Kind, Organisation

MOST_COMPANIES = 500


def all_terms() -> list[Term]:
    """Every accepted competence with all its names, in alphabetical order. One query."""
    rows = Competence.objects.accepted().order_by("name", "pk").values_list("pk", "name", "names", "synonyms")
    return [Term(pk, name, (*names.values(), *synonyms)) for pk, name, names, synonyms in rows]


def wants_of(enquiry: Enquiry) -> list[Want]:
    """What is wanted, the most needed first."""
    rows = Want.objects.filter(enquiry=enquiry).select_related("competence")
    return list(rows.order_by("-weight", "competence__name", "pk"))


def record_to_ask_about(said: str) -> Record | None:
    """The public record whose id an address named, with its competences; None for anything else."""
    if not (said.isascii() and said.isdigit() and len(said) <= 18):
        return None
    wanted = Prefetch("competences", queryset=Competence.objects.accepted())
    return Record.objects.public().prefetch_related(wanted).filter(pk=int(said)).first()


def companies_for(actor: Actor) -> list[Organisation]:
    """The companies for which a broker may ask, by name."""
    rows = Organisation.objects.visible_to(actor).filter(kind=Kind.COMPANY, is_closed=False)
    return list(rows.only("pk", "name", "town").order_by("name", "pk")[:MOST_COMPANIES])
