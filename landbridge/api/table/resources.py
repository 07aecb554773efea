"""Every resource of the API. Nothing stands here that a page does not show to the same people."""

from __future__ import annotations

import functools

from landbridge.api.table import gathered, kept, money, support
from landbridge.api.table.resource import Resource


@functools.cache
def resources() -> tuple[Resource, ...]:
    """All of them, in the order of the document."""
    return (*support.RESOURCES, *gathered.RESOURCES, *money.RESOURCES, *kept.RESOURCES)
