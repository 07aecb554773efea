"""Success stories with their versions, each side's approval, pictures; and news."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from landbridge.collaborations.models import Collaboration
from landbridge.foundation.files.models import StoredFile
from landbridge.foundation.models import Rows, Table
from landbridge.foundation.people.models import NAME_LENGTH
from landbridge.foundation.permissions.actor import Actor
from landbridge.foundation.permissions.roles import Role
from landbridge.organisations.models import Organisation
from landbridge.programmes.models import Programme, organised_by
from landbridge.stories.states import Newsed, S, Side


class StoryRows(Rows["Story"]):
    def public(self) -> Self:
        """What everybody may read: the same for page, list, feed, export and API."""
        return self.filter(state=S.PUBLISHED)

    def visible_to(self, actor: Actor) -> Self:
        """Both sides, the desks of both regions, office and auditor."""
        if actor.sees_everything or actor.role in (Role.OFFICE, Role.AUDITOR):
            return self.all()
        if actor.role in (Role.SME, Role.PROVIDER):
            mine = Collaboration.objects.visible_to(actor).values("pk")
            return self.filter(collaboration__in=mine).exclude(state=S.DRAFT, shown_version=0)
        if actor.role is Role.BROKER:
            return self.filter(collaboration__in=Collaboration.objects.visible_to(actor).values("pk"))
        return self.none()


class Story(Table):
    """What came of one collaboration, told for everybody, with the words of both sides."""

    slug = models.SlugField(max_length=80, unique=True)
    collaboration = models.OneToOneField(Collaboration, on_delete=models.PROTECT, related_name="story")
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="stories"
    )
    state = models.CharField(max_length=20, default=S.DRAFT)
    language = models.CharField(max_length=10, default="en-gb", help_text="In which it was written first.")
    shown_version = models.PositiveIntegerField(
        default=0, help_text="Put before both sides last; 0: none yet."
    )
    version = models.PositiveIntegerField(default=1, help_text="Counts the edits; a stale one is refused.")
    reason = models.TextField(max_length=1000, blank=True, help_text="Why it was withdrawn.")
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    is_demonstration = models.BooleanField(default=False)

    objects = StoryRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(S)), name="a_story_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state=S.PUBLISHED) | Q(published_at__isnull=False),
                name="a_published_story_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("stories:story", args=[self.slug])

    @property
    def shown_state(self) -> S:
        return S(self.state)


class Wording(Table):
    """One version of a story in one language; versions that were put before the sides are never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveIntegerField(help_text="The version: one number for all its languages.")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    standfirst = models.CharField(max_length=300)
    body = models.TextField(max_length=12000, help_text="Paragraphs, emphasis, lists, links.")
    quote = models.CharField(max_length=400, blank=True)
    quoted = models.CharField(max_length=150, blank=True, help_text="Who says the quote.")
    is_machine = models.BooleanField(default=False, help_text="Translated by machine; the page says so.")
    written_by_name = models.CharField(max_length=150)
    written_at = models.DateTimeField()

    objects = Rows["Wording"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "number", "language"], name="a_version_is_worded_once_in_a_language"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Approval(Table):
    """One side's yes to exactly one version, by name; it can be taken back at any time, and the story then goes."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="approvals")
    side = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="story_approvals")
    number = models.PositiveIntegerField(help_text="The version that was read.")
    sha256 = models.CharField(max_length=64, help_text="Of all its wordings and pictures.")
    person_name = models.CharField(max_length=NAME_LENGTH)
    approved_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=1000, blank=True, help_text="Why it was taken back.")

    objects = Rows["Approval"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(side__in=list(Side)), name="a_story_is_approved_by_a_side"),
            models.UniqueConstraint(
                fields=["story", "side", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_side_approves_a_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}, {self.number}"


class Picture(Table):
    """A picture of a story, made anew without what the camera wrote into it; nobody sees it without its words."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="pictures")
    position = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=250, help_text="What it shows, for who cannot see it.")
    texts = models.JSONField(default=dict, help_text="Alternative text and caption in further languages.")
    caption = models.CharField(max_length=250, blank=True)
    credit = models.CharField(max_length=150, help_text="Who made it, under which terms.")
    added_by_name = models.CharField(max_length=150)
    added_at = models.DateTimeField()

    objects = Rows["Picture"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(alt=""), name="a_picture_has_its_words"),
            models.CheckConstraint(condition=~Q(credit=""), name="a_picture_names_its_maker"),
        ]

    def __str__(self) -> str:
        return self.alt


class NewsRows(Rows["News"]):
    def public(self) -> Self:
        """What everybody may read."""
        return self.filter(state=Newsed.PUBLISHED)

    def kept_by(self, actor: Actor) -> Self:
        return self.filter(organised_by(actor))

    def visible_to(self, actor: Actor) -> Self:
        """What is published, and everything for those who keep it."""
        if actor.role in (Role.OFFICE, Role.AUDITOR, Role.SYSTEM):
            return self.filter(organised_by(actor) | Q(state=Newsed.PUBLISHED))
        return self.public()


class News(Table):
    """A piece of news of the network or of a programme."""

    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="news"
    )
    state = models.CharField(max_length=20, default=Newsed.DRAFT)
    language = models.CharField(max_length=10, default="en-gb")
    title = models.CharField(max_length=120)
    lead = models.CharField(max_length=300)
    body = models.TextField(max_length=12000)
    texts = models.JSONField(default=dict, help_text="Title, lead and body in further languages.")
    version = models.PositiveIntegerField(default=1)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    is_demonstration = models.BooleanField(default=False)

    objects = NewsRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(Newsed)), name="news_has_a_known_state"),
            models.CheckConstraint(
                condition=~Q(state=Newsed.PUBLISHED) | Q(published_at__isnull=False),
                name="published_news_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stories:news", args=[self.slug])

    @property
    def shown_state(self) -> Newsed:
        return Newsed(self.state)
