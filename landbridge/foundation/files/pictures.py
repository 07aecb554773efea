"""Pictures made anew: turned upright, no larger than pages need, in sRGB, without what the camera wrote into them."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageCms, ImageOps

from landbridge.foundation.files.forms import ReceivedFileField, said
from landbridge.foundation.files.inspection import BROKEN, SAVE_ANEW, problem_with
from landbridge.foundation.files.kinds import IMAGES, MEGABYTE, Kind, Kinds, clean_name, kind_named, labels
from landbridge.foundation.files.store import Received, receive
from landbridge.foundation.problems import N_, Problem, Refused

LONGEST_SIDE = 2400
QUALITY = 85
UNREADABLE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture whose new content lies on the disk, with its size in points; it has no row yet."""

    received: Received
    width: int
    height: int


def made_anew(upload: UploadedFile[bytes] | ContentFile[bytes], *, kinds: Kinds = IMAGES) -> Pictured:
    """Draw an upload anew and receive the drawing; the upload itself never reaches our disk.

    No side is longer than 2400 points; place, camera, comments and previews inside it are gone; colours are sRGB.
    Raises Refused when it is no PNG or JPEG, too large, damaged, or would unpack to far more than it weighs.
    """
    kind = _kind_of(upload, kinds=kinds)
    try:
        with Image.open(io.BytesIO(_octets(upload)), formats=(kind.name,)) as opened:
            drawn = _drawn(opened)
            octets, made = _written(drawn, kind=kind)
    except UNREADABLE:
        raise Refused([_broken(kind)]) from None
    stem = clean_name(upload.name or "").rpartition(".")[0] or "picture"
    name = f"{stem}.{made.value.extensions[0]}"
    return Pictured(receive(ContentFile(octets, name=name), kinds=kinds), drawn.width, drawn.height)


class PictureField(ReceivedFileField):
    """An upload whose clean value is a `Pictured`, or None; what is wrong stands beside the field."""

    def __init__(self, **options: Any) -> None:
        super().__init__(kinds=IMAGES, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super(ReceivedFileField, self).clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        try:
            return made_anew(upload, kinds=self.kinds)
        except Refused as refusal:
            raise ValidationError([said(problem) for problem in refusal.problems]) from None


def _kind_of(upload: UploadedFile[bytes] | ContentFile[bytes], *, kinds: Kinds) -> Kind:
    """What its name claims, once its content has been looked at."""
    kind = kind_named(clean_name(upload.name or ""), among=kinds)
    if kind is None:
        raise Refused(
            [
                Problem(
                    code="file_kind",
                    message=N_("Files like this one are not accepted here."),
                    cure=N_("Choose one of these: %(kinds)s. The ending of its name must say so."),
                    params={"kinds": labels(kinds)},
                )
            ]
        )
    if (upload.size or 0) > kind.value.most_bytes:
        raise Refused(
            [
                Problem(
                    code="file_too_large",
                    message=N_("This file is too large: a %(kind)s file may have %(most)s MB."),
                    cure=N_("Make it smaller, and choose that file."),
                    params={"kind": kind.value.label, "most": kind.value.most_bytes // MEGABYTE},
                )
            ]
        )
    problem = problem_with(io.BytesIO(_octets(upload)), kind=kind)
    if problem is not None:
        raise Refused([problem])
    return kind


def _octets(upload: UploadedFile[bytes] | ContentFile[bytes]) -> bytes:
    upload.seek(0)
    return bytes(upload.read())


def _drawn(opened: Image.Image) -> Image.Image:
    """Upright, in sRGB, bounded, and nothing but its points."""
    opened.draft("RGB", (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
    upright = ImageOps.exif_transpose(opened)
    has_alpha = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
    shown = _in_srgb(upright, mode="RGBA" if has_alpha else "RGB")
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new(shown.mode, shown.size)
    bare.paste(shown)
    return bare


def _in_srgb(picture: Image.Image, *, mode: str) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK", "L") and mode == "RGB":
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            found = None
        if found is not None:
            return found
    return picture.convert(mode)


def _written(drawn: Image.Image, *, kind: Kind) -> tuple[bytes, Kind]:
    made = Kind.PNG if kind is Kind.PNG or drawn.mode == "RGBA" else Kind.JPEG
    octets = as_png(drawn) if made is Kind.PNG else as_jpeg(drawn)
    if made is Kind.PNG and len(octets) > made.value.most_bytes and drawn.mode == "RGB":
        return as_jpeg(drawn), Kind.JPEG
    return octets, made


def as_png(drawn: Image.Image) -> bytes:
    """The points of a drawing as a PNG file."""
    octets = io.BytesIO()
    drawn.save(octets, "PNG", optimize=True)
    return octets.getvalue()


def as_jpeg(drawn: Image.Image) -> bytes:
    """The points of a drawing as a JPEG file, good enough for pages."""
    octets = io.BytesIO()
    drawn.save(octets, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return octets.getvalue()


def _broken(kind: Kind) -> Problem:
    return Problem(code="file_content", message=BROKEN, cure=SAVE_ANEW, params={"kind": kind.value.label})
