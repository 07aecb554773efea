"""The addresses of the open site."""

from __future__ import annotations

from django.urls import URLPattern, path

from landbridge.public.views import (
    awards,
    calls,
    common_grants,
    feeds,
    figures,
    home,
    machines,
    network,
    oai,
    open_data,
    texts,
)

app_name = "public"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("calls/", calls.calls, name="calls"),
    path("calls/feed.atom", feeds.calls, name="calls_feed"),
    path("calls/<int:pk>/", calls.call, name="call"),
    path("how-it-works/", texts.how_it_works, name="how_it_works"),
    path("regions/", network.regions, name="regions"),
    path("regions/<slug:key>/", network.region, name="region"),
    path("programme/", network.programmes, name="programmes"),
    path("programme/<slug:key>/", network.programme, name="programme"),
    path("awards/", awards.awards, name="awards"),
    path("awards/export.csv", awards.export, name="awards_export"),
    path("awards/export.xlsx", awards.sheet, name="awards_sheet"),
    path("awards/feed.atom", feeds.awards, name="awards_feed"),
    path("awards/360giving.json", awards.giving, name="giving"),
    path("common-grants/awards", common_grants.awards, name="open_awards"),
    path("common-grants/awards/<uuid:award>", common_grants.award, name="open_award"),
    path("common-grants/opportunities", common_grants.opportunities, name="opportunities"),
    path("common-grants/opportunities/<uuid:opportunity>", common_grants.opportunity, name="opportunity"),
    path("results/", figures.figures, name="figures"),
    path("open-data/", open_data.open_data, name="open_data"),
    path("open-data/catalogue.jsonld", open_data.dcat_catalogue, name="dcat"),
    path("open-data/directory.jsonl", open_data.json_lines, name="json_lines"),
    path("open-data/uniquip.csv", open_data.uniquip_csv, name="uniquip"),
    path("open-data/directory.atom", feeds.directory, name="directory_feed"),
    path("open-data/oai-pmh", oai.oai_pmh, name="oai"),
    path("about/", texts.about, name="about"),
    path("accessibility/", texts.accessibility, name="accessibility"),
    path("data-protection/", texts.data_protection, name="data_protection"),
    path("healthz", machines.healthz, name="healthz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemap-directory-<int:page>.xml", open_data.sitemap, name="sitemap_records"),
    path(".well-known/security.txt", machines.security, name="security"),
]
