"""The addresses of programmes, their network and what they offer."""

from __future__ import annotations

from django.urls import URLPattern, path

from landbridge.programmes.views import incentives, partners, phases, programmes, regions

app_name = "programmes"
urlpatterns: list[URLPattern] = [
    path("", programmes.programmes, name="programmes"),
    path("new", programmes.new, name="programme_new"),
    path("<int:pk>/", programmes.programme, name="programme"),
    path("<int:pk>/edit", programmes.edit, name="programme_edit"),
    path("<int:pk>/figures/new", programmes.new_figure, name="figure_new"),
    path("<int:pk>/phases/new", phases.new, name="phase_new"),
    path("<int:pk>/partners/new", partners.new, name="partner_new"),
    path("phases/<int:pk>/", phases.phase, name="phase"),
    path("phases/<int:pk>/edit", phases.edit, name="phase_edit"),
    path("phases/<int:pk>/next", phases.following, name="phase_next"),
    path("phases/<int:pk>/beginning", phases.beginning, name="phase_beginning"),
    path("phases/<int:pk>/hibernation", phases.hibernation, name="phase_hibernation"),
    path("phases/<int:pk>/awakening", phases.awakening, name="phase_awakening"),
    path("phases/<int:pk>/end", phases.end, name="phase_end"),
    path("phases/<int:pk>/incentives/new", incentives.new, name="incentive_new"),
    path("phases/<int:pk>/targets/new", phases.new_target, name="target_new"),
    path("targets/<int:pk>/removal", phases.target_removal, name="target_removal"),
    path("incentives/<int:pk>/", incentives.incentive, name="incentive"),
    path("incentives/<int:pk>/edit", incentives.edit, name="incentive_edit"),
    path("partners/<int:pk>/", partners.partner, name="partner"),
    path("partners/<int:pk>/edit", partners.edit, name="partner_edit"),
    path("regions/", regions.regions, name="regions"),
    path("regions/new", regions.new, name="region_new"),
    path("regions/known", regions.known_regions, name="known_regions"),
    path("regions/<int:pk>/", regions.region, name="region"),
    path("regions/<int:pk>/edit", regions.edit, name="region_edit"),
    path("regions/<int:pk>/closed-days", regions.closed_days, name="closed_days"),
    path("closed-days/<int:pk>/removal", regions.closed_day_removal, name="closed_day_removal"),
]
