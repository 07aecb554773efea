"""The network's signature over a hash: Ed25519 (RFC 8032), with a key made of the installation's secret key.

The signature carries its public key, so that everybody can check it; whether that key is this installation's, the
installation alone can say. It is made of SECRET_KEY or, while keys change, of one of SECRET_KEY_FALLBACKS.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "landbridge.indicators.signing"
ALGORITHM = "ed25519"


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a signature fits its text, whose public key it carries (base64), and whether that key is ours."""

    fits: bool
    is_ours: bool
    public_key: str = ""


def sign(text: str) -> str:
    """`ed25519:<public key>:<signature>`, both in base64 for addresses."""
    key = _key(settings.SECRET_KEY)
    return ":".join((ALGORITHM, _public(key), urlsafe_b64encode(key.sign(text.encode())).decode()))


def check(text: str, signature: str) -> Checked:
    """Whether the signature is over this text, and made by this installation."""
    algorithm, _, rest = signature.partition(":")
    public, _, given = rest.partition(":")
    if algorithm != ALGORITHM:
        return Checked(fits=False, is_ours=False)
    try:
        Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(public)).verify(
            urlsafe_b64decode(given), text.encode()
        )
    except (InvalidSignature, ValueError):
        return Checked(fits=False, is_ours=False, public_key=public)
    return Checked(fits=True, is_ours=public in _ours(), public_key=public)


def public_key() -> str:
    """The public key of this installation, in base64."""
    return _public(_key(settings.SECRET_KEY))


def _ours() -> set[str]:
    return {_public(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        salted_hmac(SALT, "report", secret=secret, algorithm="sha256").digest()
    )


def _public(key: Ed25519PrivateKey) -> str:
    return urlsafe_b64encode(key.public_key().public_bytes_raw()).decode()
