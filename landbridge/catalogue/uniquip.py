"""The columns of UNIQUIP, the UK's specification for publishing equipment, for reading such files and for writing them.

Source: equipment.data.ac.uk/uniquip. `SUBMITTED` is what an institution publishes, `ADDED` what the national portal
puts behind it; both in the order of the portal's own files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TYPE = "Type"
NAME = "Name"
DESCRIPTION = "Description"
RELATED_FACILITY_ID = "Related Facility ID"
TECHNIQUE = "Technique"
LOCATION = "Location"
CONTACT_NAME = "Contact Name"
CONTACT_TELEPHONE = "Contact Telephone"
CONTACT_URL = "Contact URL"
CONTACT_EMAIL = "Contact Email"
SECOND_NAME = "Secondary Contact Name"
SECOND_TELEPHONE = "Secondary Contact Telephone"
SECOND_URL = "Secondary Contact URL"
SECOND_EMAIL = "Secondary Contact Email"
ID = "ID"
PHOTO = "Photo"
DEPARTMENT = "Department"
SITE_LOCATION = "Site Location"
BUILDING = "Building"
SERVICE_LEVEL = "Service Level"
WEB_ADDRESS = "Web Address"
INSTITUTION_NAME = "Institution Name"
INSTITUTION_URL = "Institution URL"
INSTITUTION_LOGO_URL = "Institution Logo URL"
DATESTAMP = "Datestamp"
COORDINATES = "Approximate Coordinates"
CORRECTIONS = "Corrections"

SUBMITTED = (
    TYPE, NAME, DESCRIPTION, RELATED_FACILITY_ID, TECHNIQUE, LOCATION,
    CONTACT_NAME, CONTACT_TELEPHONE, CONTACT_URL, CONTACT_EMAIL,
    SECOND_NAME, SECOND_TELEPHONE, SECOND_URL, SECOND_EMAIL,
    ID, PHOTO, DEPARTMENT, SITE_LOCATION, BUILDING, SERVICE_LEVEL, WEB_ADDRESS,
)  # fmt: skip
ADDED = (INSTITUTION_NAME, INSTITUTION_URL, INSTITUTION_LOGO_URL, DATESTAMP, COORDINATES, CORRECTIONS)
COLUMNS = SUBMITTED + ADDED

# Columns that hold a person's name or address: read, never published.
ABOUT_PEOPLE = frozenset(
    {CONTACT_NAME, CONTACT_TELEPHONE, CONTACT_EMAIL, SECOND_NAME, SECOND_TELEPHONE, SECOND_EMAIL}
)
FACILITY, EQUIPMENT = "facility", "equipment"


def column_named(title: str) -> str | None:
    """The column that a title means; small letters, spaces, underscores and a vocabulary (`Technique:N8`) aside."""
    return _BY_PLAIN_TITLE.get(_plain(title))


def line(values: Mapping[str, str], *, columns: Sequence[str] = COLUMNS) -> list[str]:
    """The values in the order of the columns; what is not there is empty."""
    return [values.get(column, "") for column in columns]


def _plain(title: str) -> str:
    return "".join(letter for letter in title.partition(":")[0].lower() if letter.isalnum())


_BY_PLAIN_TITLE = {_plain(column): column for column in COLUMNS}
