"""All settings, in one file, from the environment. `docs/reference/settings.md` lists the variables."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django_countries
from csp.constants import NONE, SELF

from landbridge.config.navigation import (  # noqa: F401 - settings in a file of their own
    LANDBRIDGE_ACCOUNT_PAGES,
    LANDBRIDGE_FOOTER,
    LANDBRIDGE_NAVIGATION,
    LANDBRIDGE_WORK,
)


def setting(name: str, default: str = "") -> str:
    """The environment variable `LANDBRIDGE_<name>`."""
    return os.environ.get(f"LANDBRIDGE_{name}", default)


def switch(name: str, *, default: bool = False) -> bool:
    """An environment variable that is on or off; anything else is a mistake worth stopping for."""
    value = setting(name, "on" if default else "off").lower()
    if value not in ("on", "off"):
        raise ValueError(f"LANDBRIDGE_{name} is 'on' or 'off', not {value!r}.")
    return value == "on"


def database(url: str) -> dict[str, Any]:
    """A database from its address: `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path.lstrip("/"))
        return {
            "ENGINE": "landbridge.foundation.sqlite",
            "NAME": name,
            "CONN_MAX_AGE": None,
            # A file: in memory, the threads of a test would meet at locks that do not wait.
            "TEST": {"NAME": f"{name}.test"},
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "DISABLE_SERVER_SIDE_CURSORS": True,
            "OPTIONS": {"prepare_threshold": None, "options": "-c lock_timeout=20000"},
        }
    raise ValueError(f"LANDBRIDGE_DATABASE_URL begins with sqlite: or postgresql:, not {parts.scheme!r}.")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


# ── Where things are ─────────────────────────────────────────────────────────────────────────────────────────────────
BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(setting("DATA", str(BASE_DIR / "var"))).resolve()
DATABASES = {"default": database(setting("DATABASE_URL", f"sqlite:///{DATA_DIR / 'landbridge.sqlite3'}"))}
LANDBRIDGE_FILES = Path(setting("FILES", str(DATA_DIR / "files")))
LANDBRIDGE_MODEL_DIR = Path(setting("MODEL_DIR", str(DATA_DIR / "model")))
LANDBRIDGE_MODEL_THREADS = int(setting("MODEL_THREADS", "1"))
LANDBRIDGE_INDEX_DIR = Path(setting("INDEX_DIR", str(DATA_DIR / "index")))
LANDBRIDGE_SEARCH = setting("SEARCH")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Who we are ───────────────────────────────────────────────────────────────────────────────────────────────────────
LANDBRIDGE_DEMONSTRATION = switch("DEMONSTRATION")
LANDBRIDGE_ADDRESS = setting("ADDRESS", "http://127.0.0.1:8000")
# Under which 360Giving knows us as a publisher; it begins every identifier of an award.
LANDBRIDGE_360GIVING_PREFIX = setting("360GIVING_PREFIX", "360G-landbridge")
# Whether the websites of the catalogue are looked at once a week: it reaches out, so an operator switches it on.
LANDBRIDGE_LINK_CHECKS = switch("LINK_CHECKS")
LANDBRIDGE_INNER_WEBHOOKS = switch("INNER_WEBHOOKS")  # may they call one's own network, without encryption?
DEBUG = switch("DEBUG")
_in_the_open = LANDBRIDGE_DEMONSTRATION or DEBUG
SECRET_KEY = setting("SECRET_KEY") or (
    hashlib.sha256(f"demonstration {BASE_DIR}".encode()).hexdigest() if _in_the_open else ""
)
SECRET_KEY_FALLBACKS = [key for key in setting("SECRET_KEY_FALLBACKS").split(",") if key]
ALLOWED_HOSTS = [urlsplit(LANDBRIDGE_ADDRESS).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [host for host in setting("HOSTS").split(",") if host]

# ── The words, and the kernel below them ─────────────────────────────────────────────────────────────────────────────
WORDS = [
    "programmes",
    "organisations",
    "memberships",
    "clocks",
    "catalogue",
    "enquiries",
    "introductions",
    "profiles",
    "access",
    "events",
    "webinars",
    "coaching",
    "meetings",
    "pitches",
    "budgets",
    "calls",
    "applications",
    "vouchers",
    "claims",
    "collaborations",
    "surveys",
    "indicators",
    "stories",
    "public",
    "desk",
    "api",
]
KERNELS = [
    "ui",
    "people",
    "audit",
    "operations",
    "jobs",
    "outbox",
    "inbox",
    "files",
    "documents",
    "permissions",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    *(f"landbridge.foundation.{name}" for name in KERNELS),
    *(f"landbridge.{word}" for word in WORDS),
    "landbridge.config",
    # After ours, so that our templates are found first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.idp.oidc",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "landbridge.foundation.people.languages.LanguageMiddleware",
    "landbridge.memberships.middleware.ActorMiddleware",
    "landbridge.foundation.ui.errors.StepsMiddleware",
    "landbridge.foundation.people.second_factor.SecondFactorMiddleware",
    "landbridge.foundation.people.wrong_forms.WrongFormsMiddleware",
]
ROOT_URLCONF = "landbridge.config.urls"
WSGI_APPLICATION = "landbridge.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "landbridge.foundation.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "landbridge.foundation.ui.templatetags.show",
                "landbridge.foundation.ui.templatetags.components",
                "landbridge.foundation.ui.templatetags.forms",
                "landbridge.foundation.audit.templatetags.history",
            ],
        },
    }
]

# ── Signing in ───────────────────────────────────────────────────────────────────────────────────────────────────────
# foundation/people is the only place that knows django-allauth; the names below are allauth's own.
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60

# Everyone who sees other people's data needs a second factor; "off" is for the demonstration alone (a check says so).
LANDBRIDGE_SECOND_FACTOR = setting("SECOND_FACTOR", "off" if LANDBRIDGE_DEMONSTRATION else "required")

# How often somebody tried something lately is counted in the database, so that the limits hold for all processes
# together, on SQLite and on PostgreSQL, and outlive a restart. The table is a model of foundation/people.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_attempt",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(setting("PROXIES", "1" if switch("BEHIND_PROXY") else "0"))

ACCOUNT_ADAPTER = "landbridge.foundation.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "landbridge.foundation.people.forms.AboutMe"
ACCOUNT_FORMS = {
    "add_email": "landbridge.foundation.people.sign_in_forms.ChangeAddress",
    "change_password": "landbridge.foundation.people.sign_in_forms.ChangePassword",
    "confirm_email_verification_code": "landbridge.foundation.people.sign_in_forms.ConfirmAddress",
    "confirm_login_code": "landbridge.foundation.people.sign_in_forms.ConfirmSignIn",
    "confirm_password_reset_code": "landbridge.foundation.people.sign_in_forms.ConfirmReset",
    "login": "landbridge.foundation.people.sign_in_forms.SignIn",
    "reauthenticate": "landbridge.foundation.people.sign_in_forms.Reauthenticate",
    "request_login_code": "landbridge.foundation.people.sign_in_forms.RequestCode",
    "reset_password": "landbridge.foundation.people.sign_in_forms.ResetPassword",
    "reset_password_from_key": "landbridge.foundation.people.sign_in_forms.NewPassword",
    "set_password": "landbridge.foundation.people.sign_in_forms.SetPassword",
    "signup": "landbridge.foundation.people.sign_in_forms.SignUp",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(LANDBRIDGE_ADDRESS).scheme

MFA_ADAPTER = "landbridge.foundation.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Landbridge"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "landbridge.foundation.people.second_factor_forms.AddApp",
    "add_webauthn": "landbridge.foundation.people.second_factor_forms.AddPasskey",
    "authenticate": "landbridge.foundation.people.second_factor_forms.EnterCode",
    "authenticate_webauthn": "landbridge.foundation.people.second_factor_forms.UsePasskey",
    "edit_webauthn": "landbridge.foundation.people.second_factor_forms.RenamePasskey",
    "login_webauthn": "landbridge.foundation.people.second_factor_forms.SignInWithPasskey",
    "reauthenticate": "landbridge.foundation.people.second_factor_forms.EnterCodeAgain",
    "reauthenticate_webauthn": "landbridge.foundation.people.second_factor_forms.UsePasskeyAgain",
}

# Single sign-on with one OpenID Connect provider; without LANDBRIDGE_OIDC_ISSUER there is no button.
LANDBRIDGE_OIDC_ISSUER = setting("OIDC_ISSUER")
SOCIALACCOUNT_ADAPTER = "landbridge.foundation.people.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_FORMS = {"signup": "landbridge.foundation.people.sign_in_forms.SignUpFromElsewhere"}
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if LANDBRIDGE_OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "sso",
            "name": setting("OIDC_NAME", "single sign-on"),
            "client_id": setting("OIDC_CLIENT_ID"),
            "secret": setting("OIDC_SECRET"),
            "settings": {"server_url": LANDBRIDGE_OIDC_ISSUER},
        }
    ]

LANDBRIDGE_OAUTH = switch("OAUTH")  # for programs of others; it needs a private key (PEM) too
IDP_OIDC_PRIVATE_KEY = setting("OAUTH_PRIVATE_KEY").replace("\\n", "\n")
IDP_OIDC_ADAPTER = "landbridge.api.oauth.ProgramAdapter"

# ── Languages and time ───────────────────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "en-gb"
# In their own words. English is the language of the source; the others are compiled from the catalogues of the words.
LANGUAGES = [
    ("en-gb", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("nl", "Nederlands"),
    ("da", "Dansk"),
    ("es", "Español"),
    ("ca", "Català"),
]
# Ours are found first.
LOCALE_PATHS = [DATA_DIR / "messages", Path(django_countries.__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANDBRIDGE_TIME_ZONE = setting("TIME_ZONE", "Europe/Brussels")

# ── Files that every page needs ──────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# ── Work in the background: a row beside the change that asked for it (or another engine, chosen here) ───────────────
TASKS = {"default": {"BACKEND": "landbridge.foundation.jobs.backend.DatabaseBackend", "QUEUES": []}}
LANDBRIDGE_SCHEDULE = "landbridge.config.schedule.SCHEDULE"

# ── Letters ──────────────────────────────────────────────────────────────────────────────────────────────────────────
LANDBRIDGE_LETTERS_DIR = setting("LETTERS_DIR")
DEFAULT_FROM_EMAIL = setting("LETTERS_FROM", "Landbridge <landbridge@localhost>")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = setting("SMTP_HOST", "localhost")
EMAIL_PORT = int(setting("SMTP_PORT", "25"))
EMAIL_HOST_USER = setting("SMTP_USER")
EMAIL_HOST_PASSWORD = setting("SMTP_PASSWORD")
EMAIL_USE_TLS = switch("SMTP_TLS")
EMAIL_TIMEOUT = 20
# Where answers by e-mail go ("" takes none in), and what the mail server that hands them over by HTTP knows.
LANDBRIDGE_MAIL_HOST = setting("MAIL_HOST", "mail.landbridge.example" if _in_the_open else "")
LANDBRIDGE_MAIL_SECRET = setting("MAIL_SECRET")
if LANDBRIDGE_LETTERS_DIR or _in_the_open:
    EMAIL_BACKEND = "landbridge.foundation.outbox.folder.EmailBackend"
    EMAIL_FILE_PATH = LANDBRIDGE_LETTERS_DIR or str(DATA_DIR / "letters")

# ── What a browser may do ────────────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A browser applies this to redirects too, and single sign-on begins with a form.
        "form-action": [SELF, *([_origin(LANDBRIDGE_OIDC_ISSUER)] if LANDBRIDGE_OIDC_ISSUER else [])],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
_https = LANDBRIDGE_ADDRESS.startswith("https:")
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if switch("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_NAME = "landbridge"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [LANDBRIDGE_ADDRESS]
CSRF_FAILURE_VIEW = "landbridge.foundation.ui.errors.csrf_failure"

# ── What is written down while it runs ───────────────────────────────────────────────────────────────────────────────
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": setting("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
