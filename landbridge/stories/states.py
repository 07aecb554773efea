"""The states of a success story and of a piece of news."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


# ── A story ──────────────────────────────────────────────────────────────────────────────────────────────────────────
class S(StrEnum):
    DRAFT = "draft"
    SHOWN = "shown"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    SHOW = "show"
    REWRITE = "rewrite"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


NAME_OF = {
    S.DRAFT: N_("Being written"),
    S.SHOWN: N_("Before both sides"),
    S.APPROVED: N_("Approved by both sides"),
    S.PUBLISHED: N_("Published"),
    S.WITHDRAWN: N_("Withdrawn"),
}

WORKFLOW = Workflow(
    #    move         from                                    to           who may
    Move(M.SHOW,      (S.DRAFT,),                             S.SHOWN,     P.STORY_EDIT),
    Move(M.REWRITE,   (S.SHOWN, S.APPROVED, S.PUBLISHED),     S.DRAFT,     P.STORY_EDIT),
    Move(M.APPROVE,   (S.SHOWN,),                             S.APPROVED,  P.STORY_APPROVE),
    Move(M.PUBLISH,   (S.APPROVED,),                          S.PUBLISHED, P.STORY_PUBLISH),
    Move(M.WITHDRAW,  (S.SHOWN, S.APPROVED, S.PUBLISHED),     S.WITHDRAWN, P.STORY_APPROVE),
    Move(M.REOPEN,    (S.WITHDRAWN,),                         S.DRAFT,     P.STORY_EDIT),
)  # fmt: skip


# ── News ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
class Newsed(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return NEWSED_NAMES[self]


class NewsMove(StrEnum):
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


NEWSED_NAMES = {
    Newsed.DRAFT: N_("Being written"),
    Newsed.PUBLISHED: N_("Published"),
    Newsed.WITHDRAWN: N_("Withdrawn"),
}

NEWS_WORKFLOW = Workflow(
    #    move               from                  to                  who may
    Move(NewsMove.PUBLISH,  (Newsed.DRAFT,),      Newsed.PUBLISHED,   P.STORY_PUBLISH),
    Move(NewsMove.WITHDRAW, (Newsed.PUBLISHED,),  Newsed.WITHDRAWN,   P.STORY_PUBLISH),
)  # fmt: skip


class Side(StrEnum):
    COMPANY = "company"
    PROVIDER = "provider"

    @property
    def label(self) -> str:
        return SIDE_NAMES[self]


SIDE_NAMES = {
    Side.COMPANY: N_("The company"),
    Side.PROVIDER: N_("The provider"),
}
