"""The addresses of the catalogue: public under `<pk>/`, for those who keep records under `kept/`."""

from __future__ import annotations

from django.urls import path

from landbridge.catalogue.views import keeping, one_click

app_name = "catalogue"
urlpatterns = [
    # keeping
    path("kept/", keeping.kept_records, name="kept_records"),
    path("kept/<int:pk>/", keeping.kept, name="kept"),
    path("kept/<int:pk>/gate/", keeping.gate, name="gate"),
    path("still-right/<str:token>/", one_click.still_right, name="still_right"),
    path("not-mine/<str:token>/", one_click.not_mine, name="not_mine"),
    path("thanks/", one_click.thanks, name="thanks"),
    path("consent/<str:token>/", one_click.consent, name="consent"),
    # finding (its public page replaces this line)
    path("<int:pk>/", keeping.kept, name="record"),
]
