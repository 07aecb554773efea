"""The synonyms of the vocabulary of competences, as the search box uses them."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings

from landbridge.algorithms.matching.question import Synonyms
from landbridge.catalogue.models import Competence

KEPT_FOR = 2.0  # seconds; then a changed term counts
_kept: dict[str, tuple[float, Synonyms]] = {}


def synonyms(*, timer: Callable[[], float] = time.monotonic) -> Synonyms:
    """Every accepted term with its synonyms and its names in other languages."""
    key, moment = str(settings.LANDBRIDGE_INDEX_DIR), timer()
    found = _kept.get(key)
    if found is not None and moment - found[0] < KEPT_FOR:
        return found[1]
    rows = Competence.objects.accepted().order_by("pk").values_list("name", "names", "synonyms")
    read = Synonyms.of({name: [*names.values(), *others] for name, names, others in rows})
    _kept.clear()
    _kept[key] = (moment, read)
    return read
