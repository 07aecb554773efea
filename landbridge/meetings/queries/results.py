"""What came of the meetings of an event, in figures: asked, accepted, placed, held, missed, worth, and between which regions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _

from landbridge.events.models import Event
from landbridge.meetings.models import Meeting, Outcome, Request
from landbridge.meetings.states import ASKED_NAMES, MEETING_NAMES, Asked, MeetingState


@dataclass(slots=True)
class Between:
    """The meetings between two regions, or within one."""

    regions: tuple[str, str]
    meetings: int = 0
    held: int = 0
    no_show: int = 0
    worth_sum: int = 0
    rated: int = 0
    next_steps: int = 0
    introductions: int = 0

    @property
    def worth(self) -> float | None:
        return self.worth_sum / self.rated if self.rated else None


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of one event."""

    requests: dict[Asked, int]
    meetings: dict[MeetingState, int]
    worth: float | None
    rated: int
    next_steps: int
    introductions: int
    between: list[Between] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return sum(self.requests.values())

    @property
    def acceptance(self) -> float | None:
        """Of those answered, the share that was accepted."""
        answered = self.requests.get(Asked.ACCEPTED, 0) + self.requests.get(Asked.DECLINED, 0)
        return self.requests.get(Asked.ACCEPTED, 0) / answered if answered else None

    @property
    def placed(self) -> int:
        """Meetings that were planned and not called off."""
        return sum(count for state, count in self.meetings.items() if state != MeetingState.CANCELLED)


def results_of(event: Event) -> Results:
    """All figures; four queries, however many meetings."""
    requests = Request.objects.filter(event=event).values_list("state").annotate(number=Count("pk"))
    meetings = Meeting.objects.filter(event=event).values_list("state").annotate(number=Count("pk"))
    said = Outcome.objects.filter(seat__meeting__event=event).aggregate(
        mean=Avg("worth"),
        rated=Count("worth"),
        next_steps=Count("pk", filter=~Q(next_step="")),
        introductions=Count("pk", filter=Q(introduction__isnull=False)),
    )
    return Results(
        requests={Asked(state): number for state, number in requests},
        meetings={MeetingState(state): number for state, number in meetings},
        worth=said["mean"],
        rated=said["rated"],
        next_steps=said["next_steps"],
        introductions=said["introductions"],
        between=_between(event),
    )


def table_of(event: Event) -> tuple[list[str], Iterator[list[object]]]:
    """Every request with what became of it, for another program: header and rows."""
    header = [
        _("Request"), _("Asked by"), _("Organisation"), _("Region"), _("Asked"), _("Organisation"), _("Region"),
        _("Priority"), _("State"), _("Slot"), _("Table"), _("Meeting"), _("Worth"),
    ]  # fmt: skip
    return header, _rows(event)


def _rows(event: Event) -> Iterator[list[object]]:
    worth: dict[int, float] = dict(
        Outcome.objects.filter(seat__meeting__event=event, worth__isnull=False)
        .values_list("seat__meeting_id")
        .annotate(mean=Avg("worth"))
    )
    standing = {
        meeting.request_id: meeting
        for meeting in Meeting.objects.filter(event=event).select_related("slot", "table").order_by("pk")
    }
    rows = Request.objects.filter(event=event).select_related("sender__region", "receiver__region")
    for request in rows.order_by("pk").iterator(chunk_size=1000):
        meeting = standing.get(request.pk)
        one, other = request.sender, request.receiver
        yield [
            request.pk, one.name, one.organisation_name, str(one.region or ""), other.name,
            other.organisation_name, str(other.region or ""), _(request.shown_priority.label),
            _(ASKED_NAMES[Asked(request.state)]), meeting.slot.starts_at if meeting else None,
            str(meeting.table or "") if meeting else "",
            _(MEETING_NAMES[MeetingState(meeting.state)]) if meeting else "",
            worth.get(meeting.pk) if meeting else None,
        ]  # fmt: skip


def _between(event: Event) -> list[Between]:
    found: dict[tuple[str, str], Between] = {}
    pair_of_meeting: dict[int, tuple[str, str]] = {}
    states: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    rows = Meeting.objects.filter(event=event).exclude(state=MeetingState.CANCELLED)
    for pk, state, one, other in rows.values_list(
        "pk", "state", "first__region__name", "second__region__name"
    ):
        names = sorted((one or "", other or ""))
        pair = (names[0], names[1])
        pair_of_meeting[pk] = pair
        states[pair][state] += 1
    for pair, counts in states.items():
        found[pair] = Between(
            pair,
            meetings=sum(counts.values()),
            held=counts[MeetingState.HELD],
            no_show=counts[MeetingState.NO_SHOW],
        )
    outcomes = Outcome.objects.filter(seat__meeting__event=event).values_list(
        "seat__meeting_id", "worth", "next_step", "introduction_id"
    )
    for meeting, worth, step, introduction in outcomes:
        if meeting not in pair_of_meeting:
            continue
        row = found[pair_of_meeting[meeting]]
        row.worth_sum += worth or 0
        row.rated += worth is not None
        row.next_steps += bool(step)
        row.introductions += introduction is not None
    return sorted(found.values(), key=lambda row: (-row.meetings, row.regions))
