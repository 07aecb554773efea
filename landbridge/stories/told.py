"""What the record's events of stories are called on an object's page."""

from __future__ import annotations

from landbridge.foundation.problems import N_

TOLD = {
    "news.begun": N_("Begun"),
    "news.published": N_("Published"),
    "news.withdrawn": N_("Taken away"),
    "news.written": N_("Written"),
    "story.approved": N_("One side said yes"),
    "story.begun": N_("Begun"),
    "story.language_dropped": N_("A language was taken out"),
    "story.picture_added": N_("Picture added"),
    "story.picture_dropped": N_("Picture taken away"),
    "story.picture_worded": N_("Other words for a picture"),
    "story.published": N_("Published"),
    "story.reopened": N_("Taken up again"),
    "story.rewritten": N_("A new version was begun"),
    "story.shown": N_("Put before both sides"),
    "story.withdrawn": N_("One side took its consent back"),
    "story.written": N_("Written"),
}
