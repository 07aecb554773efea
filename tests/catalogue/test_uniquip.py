"""The columns of UNIQUIP: their titles as institutions write them."""

from __future__ import annotations

import pytest

from landbridge.catalogue import uniquip

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Name", uniquip.NAME),
        ("related facility id", uniquip.RELATED_FACILITY_ID),
        ("Contact_Email", uniquip.CONTACT_EMAIL),
        ("Technique:N8", uniquip.TECHNIQUE),
        (" Web  Address ", uniquip.WEB_ADDRESS),
    ],
)
def test_a_title_is_known_however_it_is_written(title: str, column: str) -> None:
    assert uniquip.column_named(title) == column


def test_another_title_means_no_column() -> None:
    assert uniquip.column_named("Asset price") is None


def test_a_line_holds_every_column_once_in_its_order() -> None:
    assert len(set(uniquip.COLUMNS)) == len(uniquip.COLUMNS) == 27
    assert uniquip.line({"Name": "Microscope"})[:3] == ["", "Microscope", ""]
