"""A first profile, so that registering takes minutes: from the hat, the organisation, its record, and the last time."""

from __future__ import annotations

from landbridge.catalogue.models import Competence, Record
from landbridge.catalogue.rules import LANGUAGES
from landbridge.catalogue.states import Kind
from landbridge.events.models import Event, Registration
from landbridge.events.rules.registering import MOST_COMPETENCES
from landbridge.events.states import Attendee, Form
from landbridge.foundation.people.models import Person
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Region

ATTENDS_AS = {
    Role.SME: Attendee.COMPANY,
    Role.PROVIDER: Attendee.FACILITY,
    Role.INVESTOR: Attendee.INVESTOR,
    Role.BROKER: Attendee.BROKER,
}
FROM_LAST_TIME = (
    "job_title", "telephone", "offers", "seeks", "wants_to_meet", "website", "languages", "needs_step_free",
    "needs",
)  # fmt: skip
MOST_SERVICES = 5
LONGEST_OFFER = 1500


def drafted(event: Event, actor: Actor) -> dict[str, object]:
    """The columns that a new registration starts with. A fixed number of queries."""
    person = Person.objects.get(pk=actor.person_id or 0)
    last = _last_time(person)
    organisation, region = _home_of(actor, last)
    values: dict[str, object] = {
        "person": person,
        "email": person.email,
        "name": person.name,
        "language": person.language,
        "attendee": ATTENDS_AS.get(actor.role or Role.SYSTEM, Attendee.GUEST),
        "organisation": organisation,
        "organisation_name": organisation.name if organisation else (region.name if region else ""),
        "region": region,
        "country": organisation.country if organisation else (region.country if region else ""),
        "website": organisation.website if organisation else "",
        "is_online": event.form == Form.ONLINE,
        "time_zone": region.time_zone if region else event.time_zone,
        "languages": _languages(region),
    }
    if organisation:
        values |= _from_records(organisation)
    if last:
        said = {name: getattr(last, name) for name in FROM_LAST_TIME}
        values |= {name: value for name, value in said.items() if value}
        values["organisation_name"] = values["organisation_name"] or last.organisation_name
        values["country"] = values["country"] or last.country
    return values


def terms_for(registration: Registration) -> list[int]:
    """The competences that a new profile starts with: those of the last time, else of the organisation's records."""
    last = _last_time(registration.person) if registration.person else None
    if last:
        kept = list(last.competences.order_by("pk").values_list("pk", flat=True)[:MOST_COMPETENCES])
        if kept:
            return kept
    if registration.organisation_id is None:
        return []
    records = Record.objects.public().filter(organisation=registration.organisation_id)
    terms = Competence.objects.accepted().filter(records__in=records.values("pk"))
    return list(terms.distinct().order_by("name").values_list("pk", flat=True)[:MOST_COMPETENCES])


def _last_time(person: Person) -> Registration | None:
    rows = Registration.objects.filter(person=person, submitted_at__isnull=False)
    return rows.order_by("-submitted_at", "-pk").first()


def _home_of(actor: Actor, last: Registration | None) -> tuple[Organisation | None, Region | None]:
    organisation = Organisation.objects.select_related("region").filter(pk=actor.organisation_id or 0).first()
    if organisation:
        return organisation, organisation.region
    region = Region.objects.filter(pk=actor.region_id or 0).first()
    return None, region or (last.region if last else None)


def _from_records(organisation: Organisation) -> dict[str, object]:
    """What its records in the catalogue say: the summary, then its services by name."""
    rows = Record.objects.public().filter(organisation=organisation)
    own = rows.filter(kind=Kind.ORGANISATION).order_by("pk").first()
    services = list(
        rows.filter(kind=Kind.SERVICE).order_by("name", "pk").values_list("name", flat=True)[:MOST_SERVICES]
    )
    about = (own.summary or own.description if own else "") or organisation.about
    offers = "\n".join(filter(None, (about, *(f"– {name}" for name in services))))
    found: dict[str, object] = {"offers": offers[:LONGEST_OFFER]}
    if own and own.languages:
        found["languages"] = [code for code in own.languages if code in LANGUAGES]
    return found


def _languages(region: Region | None) -> list[str]:
    spoken = ["en", *(region.languages if region else [])]
    return [code for code in dict.fromkeys(spoken) if code in LANGUAGES]
