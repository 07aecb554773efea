"""Stored files: one row for each upload, one file on disk for each content."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from landbridge.foundation.models import Rows, Table

NAME_LENGTH = 150


class StoredFile(Table):
    """An upload: what it is called, who brought it, and the hash under which its content lies on the disk.

    Who may download it, the word says to which it is attached: its own view starts from its own `visible_to`.
    """

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=NAME_LENGTH)
    content_type = models.CharField(max_length=100)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_by_name = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField()

    objects = Rows["StoredFile"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_file_lies_under_a_hash"
            ),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="a_file_is_not_empty"),
        ]
        indexes = [models.Index(fields=["sha256"], name="files_by_content")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the content lies on the disk."""
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    """Where a content lies, by its hash; two levels of folders keep each of them small."""
    return Path(settings.LANDBRIDGE_FILES) / sha256[:2] / sha256[2:4] / sha256
