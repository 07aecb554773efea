"""Terms: by name, by spelling, those that wait, and the records behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from landbridge.catalogue import rules
from landbridge.catalogue.models import Competence
from landbridge.catalogue.states import Term


def term_called(name: str) -> Competence | None:
    """The term of this name or synonym, accepted before proposed; one that was merged gives what it was merged into."""
    tidy = " ".join(name.split())
    same = Competence.objects.exclude(state=Term.REFUSED).filter(name__iexact=tidy).order_by("state", "pk")
    found = same.select_related("merged_into").first()
    if found is not None:
        return found.merged_into or found
    wanted = tidy.casefold()
    for term in Competence.objects.accepted().order_by("pk").iterator():
        if wanted in (word.casefold() for word in (*term.synonyms, *term.names.values())):
            return term
    return None


def terms_called(names: Iterable[str]) -> dict[str, Competence]:
    """The terms of several names at once, by the name as it was given; names that nobody knows are left out."""
    wanted = {" ".join(name.split()).casefold(): name for name in names}
    if not wanted:
        return {}
    found: dict[str, Competence] = {}
    for term in Competence.objects.exclude(state__in=[Term.REFUSED, Term.MERGED]).order_by("state", "pk"):
        for word in (term.name, *term.synonyms, *term.names.values()):
            if (name := wanted.get(word.casefold())) is not None and name not in found:
                found[name] = term
    return found


def names_of_terms(keys: Iterable[str]) -> list[str]:
    """The names of terms by their keys, in the order of the alphabet."""
    rows = Competence.objects.filter(key__in=list(keys))
    return list(rows.order_by("name").values_list("name", flat=True))


def free_key(name: str) -> str:
    """A key that no term has: the name's own, or with a number behind it."""
    key = rules.key_of(name)
    taken = set(Competence.objects.filter(key__startswith=key).values_list("key", flat=True))
    number, free = 2, key
    while free in taken:
        free, number = f"{key[:70]}-{number}", number + 1
    return free


def names_merged_into(terms: Iterable[Competence]) -> dict[int, list[str]]:
    """The names of the terms that were merged into each of these, by id."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Competence.objects.filter(merged_into__in=[term.pk for term in terms]).order_by("pk")
    for into, name in rows.values_list("merged_into_id", "name"):
        found[into].append(name)
    return found


def terms_waiting() -> QuerySet[Competence]:
    """Proposed terms with how many records carry them, the oldest first."""
    return Competence.objects.waiting().annotate(used=Count("records")).order_by("proposed_at", "pk")
