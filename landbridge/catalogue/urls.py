"""The addresses of the catalogue: public under `<pk>/`, for those who keep records under `kept/`."""

from __future__ import annotations

from django.urls import path

from landbridge.catalogue.views import (
    finding,
    importing,
    keeping,
    moves,
    one_click,
    owning,
    searches,
    shortlists,
    sources,
    suggesting,
    terms,
    writing,
)
from landbridge.catalogue.views import map as catalogue_map

app_name = "catalogue"
urlpatterns = [
    # keeping
    path("kept/", keeping.kept_records, name="kept_records"),
    path("kept/<int:pk>/", keeping.kept, name="kept"),
    path("kept/new/", writing.beginning, name="beginning"),
    path("kept/new/<slug:kind>/", writing.writing_new, name="writing_new"),
    path("kept/<int:pk>/edit/", writing.writing, name="writing"),
    path("kept/<int:pk>/gate/", keeping.gate, name="gate"),
    path("kept/<int:pk>/submission/", moves.submission, name="submission"),
    path("kept/<int:pk>/publication/", moves.publication, name="publication"),
    path("kept/<int:pk>/return/", moves.returning, name="returning"),
    path("kept/<int:pk>/confirmation/", moves.confirmation, name="confirmation"),
    path("kept/<int:pk>/hiding/", moves.hiding, name="hiding"),
    path("kept/<int:pk>/withdrawal/", moves.withdrawal, name="withdrawal"),
    path("kept/<int:pk>/restoration/", moves.restoration, name="restoration"),
    path("kept/<int:pk>/locks/", moves.locking, name="locking"),
    path("<int:pk>/suggestion/", suggesting.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/acceptance/", suggesting.suggestion_acceptance, name="suggestion_acceptance"),
    path("suggestions/<int:pk>/refusal/", suggesting.suggestion_refusal, name="suggestion_refusal"),
    path("ownership/<int:organisation_pk>/new/", owning.claiming, name="claiming"),
    path("ownership/", owning.claims, name="claims"),
    path("ownership/<int:pk>/", owning.claim, name="claim"),
    path("ownership/<int:pk>/acceptance/", owning.claim_acceptance, name="claim_acceptance"),
    path("ownership/<int:pk>/refusal/", owning.claim_refusal, name="claim_refusal"),
    path("competences/", terms.terms, name="terms"),
    path("competences/<int:pk>/", terms.term, name="term"),
    path("still-right/<str:token>/", one_click.still_right, name="still_right"),
    path("not-mine/<str:token>/", one_click.not_mine, name="not_mine"),
    path("thanks/", one_click.thanks, name="thanks"),
    path("consent/<str:token>/", one_click.consent, name="consent"),
    # files of other directories
    path("imports/", sources.imports, name="imports"),
    path("imports/new/", importing.import_new, name="import_new"),
    path("imports/sources/new/", sources.source_new, name="source_new"),
    path("imports/sources/<int:pk>/", sources.source, name="source"),
    path("imports/sources/<int:pk>/edit/", sources.source_edit, name="source_edit"),
    path("imports/<int:pk>/", importing.import_seen, name="import"),
    path("imports/<int:pk>/taking-over/", importing.import_taking_over, name="import_taking_over"),
    path("imports/<int:pk>/dropping/", importing.import_dropping, name="import_dropping"),
    path("imports/rows/<int:pk>/", importing.doubt, name="doubt"),
    # finding
    path("", finding.directory, name="directory"),
    path("<int:pk>/", finding.record, name="record"),
    path("map/", catalogue_map.catalogue_map, name="map"),
    path("side-by-side/", finding.comparison, name="comparison"),
    path("searches/", searches.saved_searches, name="saved_searches"),
    path("searches/new/", searches.search_saving, name="search_saving"),
    path("searches/<int:pk>/letters/", searches.search_alerts, name="search_alerts"),
    path("searches/<int:pk>/deletion/", searches.search_deletion, name="search_deletion"),
    path("searches/stop/<str:key>/", searches.unsubscribe, name="unsubscribe"),
    path("shortlists/", shortlists.shortlists, name="shortlists"),
    path("shortlists/new/", shortlists.shortlist_new, name="shortlist_new"),
    path("shortlists/<int:pk>/", shortlists.shortlist, name="shortlist"),
    path("shortlists/<int:pk>/hand-out.pdf", shortlists.shortlist_handout, name="shortlist_handout"),
    path("shortlists/<int:pk>/deletion/", shortlists.shortlist_deletion, name="shortlist_deletion"),
    path("shortlists/<int:pk>/<int:record>/remark/", shortlists.shortlist_remark, name="shortlist_remark"),
    path("shortlists/<int:pk>/<int:record>/removal/", shortlists.shortlist_removal, name="shortlist_removal"),
    path("<int:pk>/shortlisting/", shortlists.shortlisting, name="shortlisting"),
]
