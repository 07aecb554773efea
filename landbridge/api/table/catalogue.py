"""The operations of catalogue."""

from __future__ import annotations

from landbridge.api.table.operation import Operation
from landbridge.catalogue.forms.finding import AlertsForm, RemarkForm, SearchForm, ShortlistForm
from landbridge.catalogue.forms.importing import DoubtForm, ImportForm, LockForm, SourceForm, TakingOverForm
from landbridge.catalogue.forms.keeping import RecordForm, WithdrawalForm
from landbridge.catalogue.forms.others import ClaimForm, CodeForm, SuggestionForm, TermForm
from landbridge.foundation.ui.forms import ReasonForm

OPERATIONS = (
    Operation("catalogue:writing_new", RecordForm, query=("organisation",)),
    Operation("catalogue:writing", RecordForm),
    Operation("catalogue:submission"),
    Operation("catalogue:publication"),
    Operation("catalogue:returning", ReasonForm),
    Operation("catalogue:confirmation", takes=("what",)),
    Operation("catalogue:hiding", ReasonForm),
    Operation("catalogue:withdrawal", WithdrawalForm),
    Operation("catalogue:restoration"),
    Operation("catalogue:locking", LockForm),
    Operation("catalogue:suggestion", SuggestionForm),
    Operation("catalogue:suggestion_acceptance"),
    Operation("catalogue:suggestion_refusal", ReasonForm),
    Operation("catalogue:claiming", ClaimForm),
    Operation("catalogue:claim", CodeForm),
    Operation("catalogue:claim_acceptance"),
    Operation("catalogue:claim_refusal", ReasonForm),
    Operation("catalogue:term", TermForm),
    Operation("catalogue:import_new", ImportForm, query=("source",)),
    Operation("catalogue:source_new", SourceForm),
    Operation("catalogue:source_edit", SourceForm),
    Operation("catalogue:import_taking_over", TakingOverForm),
    Operation("catalogue:import_dropping"),
    Operation("catalogue:doubt", DoubtForm),
    Operation("catalogue:search_saving", SearchForm),
    Operation("catalogue:search_alerts", AlertsForm),
    Operation("catalogue:search_deletion"),
    Operation("catalogue:shortlist_new", ShortlistForm),
    Operation("catalogue:shortlist_deletion"),
    Operation("catalogue:shortlist_remark", RemarkForm),
    Operation("catalogue:shortlist_removal"),
    Operation("catalogue:shortlisting", takes=("shortlist",)),
)
