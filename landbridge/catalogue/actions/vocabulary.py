"""The vocabulary of competences: loaded from files, proposed by those who write records, decided by the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from landbridge.catalogue import queries, rules
from landbridge.catalogue.actions.stamp import touched
from landbridge.catalogue.models import Competence, IndexChange, Record
from landbridge.catalogue.rules import Word
from landbridge.catalogue.states import Term
from landbridge.foundation.audit.record import record as write_down
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_, NotAllowed, refuse, refuse_if

_COLUMNS = ["name", "names", "synonyms", "broader", "vocabulary", "identifier"]


@transaction.atomic
def load(*, words: Iterable[Word] | None = None, by: Actor, at: datetime) -> int:
    """Take a vocabulary over, by default the product's own short list; gives how many terms are new or changed.

    The same list twice changes nothing the second time. Terms that are not in it stay; synonyms that were added when
    another term was merged stay too.
    """
    if not by.may(P.COMPETENCE_DECIDE):
        raise NotAllowed(P.COMPETENCE_DECIDE)
    wanted = list(rules.own_words() if words is None else words)
    known = {term.key: term for term in Competence.objects.filter(key__in=[word.key for word in wanted])}
    merged_names = queries.names_merged_into(known.values())
    new = [Competence(key=word.key, name=word.name) for word in wanted if word.key not in known]
    Competence.objects.bulk_create(new)
    by_key = known | {term.key: term for term in Competence.objects.filter(key__in=[one.key for one in new])}
    changed = []
    for word in wanted:
        term = by_key[word.key]
        synonyms = [*word.synonyms, *(name for name in merged_names[term.pk] if name not in word.synonyms)]
        broader = by_key.get(word.broader)
        values = (word.name, dict(word.names), synonyms, broader, word.vocabulary, word.identifier)
        if values != tuple(getattr(term, column) for column in _COLUMNS):
            for column, value in zip(_COLUMNS, values, strict=True):
                setattr(term, column, value)
            changed.append(term)
    Competence.objects.bulk_update(changed, _COLUMNS, batch_size=500)
    for term in changed:
        if term.key in known:
            _touch_records_of(term, at=at)
    return len(changed)


@transaction.atomic
def propose(*, name: str, record_id: int | None = None, by: Actor, at: datetime) -> Competence:
    """Ask for a term that the list does not have; the record carries it from now on, and shows it once accepted.

    A term of that name, or one that has it as a synonym, is given back instead of a second one.
    """
    if not by.may(P.COMPETENCE_PROPOSE):
        raise NotAllowed(P.COMPETENCE_PROPOSE)
    refuse_if(rules.problems_with_term(name))
    term = queries.term_called(name)
    if term is None:
        term = Competence.objects.create(
            key=queries.free_key(name), name=" ".join(name.split()), state=Term.PROPOSED,
            proposed_by_name=by.name, proposed_at=at,
        )  # fmt: skip
        write_down("competence.proposed", term, by=by, at=at)
    if record_id is not None:
        record = Record.objects.kept_by(by).for_update().get(pk=record_id)
        record.competences.add(term)
        touched(record, at)
    return term


@transaction.atomic
def accept(
    *, term_id: int, name: str = "", broader_id: int | None = None, by: Actor, at: datetime
) -> Competence:
    """Take a proposed term into the list, under a better name where there is one."""
    term = _proposed(term_id, by=by)
    if name.strip() and name.strip() != term.name:
        refuse_if(rules.problems_with_term(name))
        term.synonyms = [*term.synonyms, term.name]
        term.name = " ".join(name.split())
    term.broader = Competence.objects.accepted().filter(pk=broader_id or 0).first()
    term.state = Term.ACCEPTED
    term.save()
    write_down("competence.accepted", term, by=by, at=at)
    _touch_records_of(term, at=at)
    return term


@transaction.atomic
def refuse_term(*, term_id: int, by: Actor, at: datetime) -> Competence:
    """Leave a proposed term out of the list; records no longer carry it."""
    term = _proposed(term_id, by=by)
    term.state = Term.REFUSED
    term.save(update_fields=["state"])
    _touch_records_of(term, at=at)
    term.records.clear()
    write_down("competence.refused", term, by=by, at=at)
    return term


@transaction.atomic
def merge(*, term_id: int, into_id: int, by: Actor, at: datetime) -> Competence:
    """A proposed term means the same as one of the list: its name becomes a synonym, its records carry the other."""
    term = _proposed(term_id, by=by)
    into = Competence.objects.accepted().for_update().get(pk=into_id)
    spelled = {into.name.casefold(), *(word.casefold() for word in into.synonyms)}
    into.synonyms = [*into.synonyms, *([] if term.name.casefold() in spelled else [term.name])]
    into.save(update_fields=["synonyms"])
    into.records.add(*term.records.all())
    term.state, term.merged_into = Term.MERGED, into
    term.save(update_fields=["state", "merged_into"])
    term.records.clear()
    _touch_records_of(into, at=at)
    write_down("competence.merged", term, by=by, at=at, into=into.name)
    return into


def _proposed(term_id: int, *, by: Actor) -> Competence:
    if not by.may(P.COMPETENCE_DECIDE):
        raise NotAllowed(P.COMPETENCE_DECIDE)
    term = Competence.objects.for_update().get(pk=term_id)
    if term.state != Term.PROPOSED:
        refuse("decided_already", N_("Somebody has decided on this term already."))
    return term


def _touch_records_of(term: Competence, *, at: datetime) -> None:
    """Records are found under the words of their terms: the index reads them again."""
    IndexChange.objects.bulk_create(
        IndexChange(record_id=pk, at=at) for pk in term.records.values_list("pk", flat=True)
    )
