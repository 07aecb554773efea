"""The operations of idp."""

from __future__ import annotations

from landbridge.api.table.operation import Operation

OPERATIONS = (
    Operation("idp:oidc:configuration"),
    Operation("idp:oidc:jwks"),
    Operation("idp:oidc:authorization", query=("redirect_uri",)),
    Operation("idp:oidc:token"),
    Operation("idp:oidc:revoke"),
    Operation("idp:oidc:userinfo"),
    Operation("idp:oidc:logout"),
    Operation("idp:oidc:device_code"),
)
