"""Settings of a process that has nothing but jobs; its database is named in the environment."""

from __future__ import annotations

import os

SECRET_KEY = "alone"
USE_TZ = True
INSTALLED_APPS = ["landbridge.foundation.jobs"]
DATABASES = {
    "default": {
        "ENGINE": "landbridge.foundation.sqlite",
        "NAME": os.environ["JOBS_ALONE"],
        "OPTIONS": {"synchronous": "NORMAL"},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "landbridge.foundation.jobs.backend.DatabaseBackend", "QUEUES": []}}
LANDBRIDGE_SCHEDULE = "tests.foundation.jobs.alone.NOTHING"
NOTHING: tuple[object, ...] = ()
