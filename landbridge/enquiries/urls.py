"""The addresses of enquiries."""

from __future__ import annotations

from django.urls import path

from landbridge.enquiries import views

app_name = "enquiries"
urlpatterns = [
    path("", views.enquiries, name="enquiries"),
    path("new/", views.asking, name="new"),
    path("number/", views.number, name="number"),
    path("<int:pk>/", views.enquiry, name="enquiry"),
    path("<int:pk>/question/", views.question, name="question"),
    path("<int:pk>/acknowledgement/", views.acknowledgement, name="acknowledgement"),
    path("<int:pk>/analysis/", views.analysis, name="analysis"),
    path("<int:pk>/readiness/", views.readiness, name="readiness"),
    path("<int:pk>/search/", views.searching, name="searching"),
    path("<int:pk>/outcome/", views.outcome, name="outcome"),
    path("<int:pk>/closing/", views.closing, name="closing"),
    path("<int:pk>/declining/", views.declining, name="declining"),
    path("<int:pk>/hold/", views.holding, name="holding"),
    path("<int:pk>/resumption/", views.resumption, name="resumption"),
    path("<int:pk>/reopening/", views.reopening, name="reopening"),
    path("<int:pk>/summary/", views.summary, name="summary"),
    path("<int:pk>/messages/", views.messages, name="messages"),
    path("<int:pk>/notes/", views.notes, name="notes"),
    path("messages/<int:pk>/files/<int:file_pk>/", views.file, name="file"),
    path("summaries/<int:pk>/approval/", views.approval, name="approval"),
    path("summaries/<int:pk>/return/", views.sending_back, name="sending_back"),
    path("summaries/<int:pk>/noted-approval/", views.noted_approval, name="noted_approval"),
    # the desks' work
    path("desk/", views.desk, name="desk"),
    path("desk/moves/", views.bulk_moves, name="moves"),
    path("desks/", views.desks, name="desks"),
    path("desks/<int:pk>/", views.desk_of, name="desk_of"),
    path("desks/<int:pk>/absences/new/", views.absence_new, name="absence_new"),
    path("absences/<int:pk>/removal/", views.absence_removal, name="absence_removal"),
    path("<int:pk>/taking/", views.taking, name="taking"),
    path("<int:pk>/giving/", views.giving, name="giving"),
    path("<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("<int:pk>/return/", views.returning, name="returning"),
    path("offers/<int:pk>/", views.offer, name="offer"),
    path("offers/<int:pk>/acceptance/", views.offer_acceptance, name="offer_acceptance"),
    path("offers/<int:pk>/refusal/", views.offer_refusal, name="offer_refusal"),
    path("offers/<int:pk>/withdrawal/", views.offer_withdrawal, name="offer_withdrawal"),
    path("<int:pk>/scouts/", views.scouts, name="scouts"),
    path("scouting/", views.scouting, name="scouting"),
    path("scouting/<int:pk>/", views.sight, name="sight"),
    path("scouting/<int:pk>/offers/<int:record_pk>/", views.proposal, name="proposal"),
    path("scouting/<int:pk>/end/", views.sight_end, name="sight_end"),
    # the search for partners
    path("<int:pk>/partners/", views.partners, name="partners"),
    path("<int:pk>/partners/<int:record_pk>/", views.candidate_new, name="candidate_new"),
    path("<int:pk>/shortlist/", views.shortlist, name="shortlist"),
    path("<int:pk>/shortlist/sending/", views.shortlist_sending, name="shortlist_sending"),
    path("<int:pk>/shortlist/answers/", views.shortlist_answer, name="shortlist_answer"),
    path("candidates/<int:pk>/remark/", views.candidate_remark, name="candidate_remark"),
    path("candidates/<int:pk>/rise/", views.candidate_rise, name="candidate_rise"),
    path("candidates/<int:pk>/removal/", views.candidate_removal, name="candidate_removal"),
]
