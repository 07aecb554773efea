"""What is off with profiles, for `landbridge verify`."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.profiles.models import Interest, Profile
from landbridge.profiles.queries.reading import problems_of
from landbridge.profiles.states import Interest as InterestState
from landbridge.profiles.states import S


def findings() -> Iterator[str]:
    """Each published profile that names its organisation, and each interest that was taken up without a question."""
    published = (
        Profile.objects.filter(state=S.PUBLISHED).select_related("organisation__region").order_by("pk")
    )
    for profile in published.iterator(chunk_size=500):
        for problem in problems_of(profile):
            yield f"Profile {profile.number} is published, but: {problem.code} in {problem.field}."
    for interest in Interest.objects.filter(state=InterestState.ACCEPTED, introduction=None).order_by("pk"):
        yield f"Interest {interest.pk} was taken up, but no introduction was prepared."
