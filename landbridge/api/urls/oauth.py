"""The addresses of OAuth 2 and OpenID Connect, under the names by which allauth knows them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from landbridge.api.views import oauth as views

_doors: list[URLPattern | URLResolver] = [
    path(".well-known/openid-configuration", views.configuration, name="configuration"),
    path(".well-known/jwks.json", views.jwks, name="jwks"),
    path("api/oauth/authorization", views.authorization, name="authorization"),
    path("api/oauth/token", views.token, name="token"),
    path("api/oauth/revocation", views.revoke, name="revoke"),
    path("api/oauth/person", views.user_info, name="userinfo"),
    path("api/oauth/sign-out", views.logout, name="logout"),
    path("api/oauth/device", views.device_code, name="device_code"),
]
_oidc: tuple[list[URLPattern | URLResolver], str] = (_doors, "oidc")
app_name = "idp"
urlpatterns: list[URLPattern | URLResolver] = [path("", include(_oidc))]
