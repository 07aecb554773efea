"""The addresses where people keep their webhooks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from landbridge.api.views import webhooks

urlpatterns: list[URLPattern | URLResolver] = [
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/new/", webhooks.new, name="webhook_new"),
    path("webhooks/<int:webhook_pk>/", webhooks.webhook, name="webhook"),
    path("webhooks/<int:webhook_pk>/edit/", webhooks.edit, name="webhook_edit"),
    path("webhooks/<int:webhook_pk>/test/", webhooks.test, name="webhook_test"),
    path("webhooks/<int:webhook_pk>/pause/", webhooks.pause, name="webhook_pause"),
    path("webhooks/<int:webhook_pk>/resumption/", webhooks.resumption, name="webhook_resumption"),
    path("webhooks/<int:webhook_pk>/secret/", webhooks.secret, name="webhook_secret"),
    path("webhooks/<int:webhook_pk>/replay/", webhooks.replay, name="webhook_replay"),
    path("webhooks/<int:webhook_pk>/removal/", webhooks.removal, name="webhook_removal"),
    path("deliveries/<int:delivery_pk>/", webhooks.delivery, name="delivery"),
    path("deliveries/<int:delivery_pk>/replay/", webhooks.delivery_replay, name="delivery_replay"),
]
