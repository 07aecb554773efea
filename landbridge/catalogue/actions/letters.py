"""Letters about a record: to whoever answers for it, with links that work without an account, or to its people."""

from __future__ import annotations

from datetime import datetime

from landbridge.catalogue import links, queries
from landbridge.catalogue.models import Record
from landbridge.foundation.outbox.tell import tell
from landbridge.foundation.permissions.roles import Role
from landbridge.memberships.queries import members_of, recipients


def tell_keepers(name: str, record: Record, *, at: datetime, **context: object) -> None:
    """Write to the contact, or whoever stands in, with the signed links of this kind of letter."""
    purpose = links.CONSENT if name == "catalogue/consent" else links.FRESHNESS
    token = links.token_of(record, purpose=purpose)
    page = "catalogue:consent" if purpose == links.CONSENT else "catalogue:still_right"
    context = {
        **context,
        "name": record.name,
        "organisation": record.organisation.name,
        "summary": record.summary,
        "answer_link": links.link(page, token),
        "edit_link": links.link("catalogue:kept", record.pk),
        "not_mine_link": links.link("catalogue:not_mine", token) if purpose == links.FRESHNESS else "",
    }
    tell(name, record, to=queries.keepers_of(record), at=at, context=context)


def tell_organisation(name: str, record: Record, *, at: datetime, **context: object) -> None:
    """Write to the organisation's people who keep its records."""
    people = recipients(members_of(record.organisation_id, role=Role.PROVIDER))
    page = links.link("catalogue:kept", record.pk)
    tell(name, record, to=people, at=at, context={**context, "name": record.name, "page": page})
