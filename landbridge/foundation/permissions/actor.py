"""Whoever does something, as plain data: one person under one hat."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.permissions.roles import OF_EVERYBODY, PERMISSIONS_OF, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person wearing one hat: a role within one scope.

    A company's or provider's hat is scoped to an organisation, a broker's to a region, a finance officer's to a
    partner; office, assessor, organiser and auditor to a programme, or to the whole network where it is None.
    A program that acts for a person may do no more than its `scopes` name; a person in a browser has none (None).
    """

    person_id: int | None
    name: str
    role: Role | None = None
    membership_id: int | None = None
    region_id: int | None = None
    partner_id: int | None = None
    programme_id: int | None = None
    organisation_id: int | None = None
    scope_name: str = field(default="", compare=False)
    scopes: frozenset[str] | None = None

    def may(self, permission: P, /) -> bool:
        """Whether the role holds the permission, or everybody who has signed in. Which rows it holds for, `visible_to` says."""
        if self.scopes is not None and permission not in self.scopes:
            return False
        if self.role is not None and permission in PERMISSIONS_OF[self.role]:
            return True
        return self.is_signed_in and permission in OF_EVERYBODY

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def sees_everything(self) -> bool:
        """Landbridge itself, and office or auditor of the whole network."""
        return self.role is Role.SYSTEM or (
            self.role in (Role.OFFICE, Role.AUDITOR) and self.programme_id is None
        )


ANYONE = Actor(person_id=None, name="")
SYSTEM = Actor(person_id=None, name="Landbridge", role=Role.SYSTEM)
