"""What stands in the catalogue, and the states of a record, of an ownership claim and of an import."""

from __future__ import annotations

from enum import StrEnum

from landbridge.foundation.permissions.permissions import P
from landbridge.foundation.problems import N_
from landbridge.foundation.workflow import Move, Workflow


class Kind(StrEnum):
    """What a record is about. Services, equipment and experts may hang on a facility."""

    ORGANISATION = "organisation"
    FACILITY = "facility"
    SERVICE = "service"
    EQUIPMENT = "equipment"
    EXPERT = "expert"

    @property
    def label(self) -> str:
        return KIND_NAMES[self]


KIND_NAMES = {
    Kind.ORGANISATION: N_("Organisation"),
    Kind.FACILITY: N_("Facility"),
    Kind.SERVICE: N_("Service"),
    Kind.EQUIPMENT: N_("Equipment"),
    Kind.EXPERT: N_("Expert"),
}


class S(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return NAME_OF[self]


class M(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    PUBLISH = "publish"
    CONFIRM = "confirm"
    HIDE = "hide"
    WITHDRAW = "withdraw"
    RESTORE = "restore"


NAME_OF = {
    S.DRAFT: N_("Draft"),
    S.REVIEW: N_("With the broker"),
    S.PUBLISHED: N_("Published"),
    S.HIDDEN: N_("Hidden until confirmed"),
    S.WITHDRAWN: N_("Withdrawn"),
}

WORKFLOW = Workflow(
    #    move         from                                              to            who may
    Move(M.SUBMIT,   (S.DRAFT,),                                        S.REVIEW,     P.RECORD_EDIT),
    Move(M.RETURN,   (S.REVIEW,),                                       S.DRAFT,      P.RECORD_PUBLISH),
    Move(M.PUBLISH,  (S.DRAFT, S.REVIEW),                               S.PUBLISHED,  P.RECORD_PUBLISH),
    Move(M.CONFIRM,  (S.PUBLISHED, S.HIDDEN),                           S.PUBLISHED,  P.RECORD_EDIT),
    Move(M.HIDE,     (S.PUBLISHED,),                                    S.HIDDEN,     P.RECORD_PUBLISH),
    Move(M.WITHDRAW, (S.DRAFT, S.REVIEW, S.PUBLISHED, S.HIDDEN),        S.WITHDRAWN,  P.RECORD_EDIT),
    Move(M.RESTORE,  (S.WITHDRAWN,),                                    S.DRAFT,      P.RECORD_PUBLISH),
)  # fmt: skip


class Freshness(StrEnum):
    """How long ago somebody said that a record is right."""

    FRESH = "fresh"
    DUE = "due"
    OVERDUE = "overdue"

    @property
    def label(self) -> str:
        return FRESHNESS_NAMES[self]


FRESHNESS_NAMES = {
    Freshness.FRESH: N_("Confirmed"),
    Freshness.DUE: N_("Due to be confirmed"),
    Freshness.OVERDUE: N_("Not confirmed for over a year"),
}


class Term(StrEnum):
    """The states of a competence: proposed ones wait in a queue."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    MERGED = "merged"


class Claim(StrEnum):
    """The states of an ownership claim."""

    OPEN = "open"
    CODE_SENT = "code_sent"
    PROVED = "proved"
    REFUSED = "refused"


class Read(StrEnum):
    """The states of an import: read into a preview, carried out in parts, done; or stopped by an alarm."""

    READING = "reading"
    PREVIEW = "preview"
    ALARM = "alarm"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return READ_NAMES[self]


READ_NAMES = {
    Read.READING: N_("Being read"),
    Read.PREVIEW: N_("Waits for your decision"),
    Read.ALARM: N_("Stopped: too few rows"),
    Read.RUNNING: N_("Being taken over"),
    Read.DONE: N_("Taken over"),
    Read.FAILED: N_("Failed"),
    Read.DROPPED: N_("Dropped"),
}


class Load(StrEnum):
    """The moves of an import."""

    SHOW = "show"
    ALARM = "alarm"
    TAKE_OVER = "take_over"
    FINISH = "finish"
    FAIL = "fail"
    DROP = "drop"


IMPORTING = Workflow(
    #    move            from                                   to              who may
    Move(Load.SHOW,      (Read.READING,),                       Read.PREVIEW,   P.RECORD_IMPORT),
    Move(Load.ALARM,     (Read.READING,),                       Read.ALARM,     P.RECORD_IMPORT),
    Move(Load.TAKE_OVER, (Read.PREVIEW, Read.ALARM),            Read.RUNNING,   P.RECORD_IMPORT),
    Move(Load.FINISH,    (Read.RUNNING,),                       Read.DONE,      P.RECORD_IMPORT),
    Move(Load.FAIL,      (Read.READING, Read.RUNNING),          Read.FAILED,    P.RECORD_IMPORT),
    Move(Load.DROP,      (Read.READING, Read.PREVIEW, Read.ALARM), Read.DROPPED, P.RECORD_IMPORT),
)  # fmt: skip


class Format(StrEnum):
    """How a source writes its files."""

    UNIQUIP = "uniquip"
    TABLE = "table"
    JSON = "json"
    ROR = "ror"

    @property
    def label(self) -> str:
        return FORMAT_NAMES[self]


FORMAT_NAMES = {
    Format.UNIQUIP: N_("UNIQUIP (CSV or XLSX)"),
    Format.TABLE: N_("Table (CSV or XLSX)"),
    Format.JSON: N_("JSON"),
    Format.ROR: N_("ROR (JSON)"),
}


class What(StrEnum):
    """What a row of a file brings to the catalogue."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"
    DOUBTFUL = "doubtful"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        return WHAT_NAMES[self]


WHAT_NAMES = {
    What.NEW: N_("New"),
    What.CHANGED: N_("Changed"),
    What.SAME: N_("The same"),
    What.GONE: N_("Gone from the file"),
    What.DOUBTFUL: N_("Doubtful"),
    What.UNREADABLE: N_("Not readable"),
}
