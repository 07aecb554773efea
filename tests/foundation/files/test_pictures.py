"""Pictures are drawn anew: nothing that the camera wrote leaves, no side is too long, bombs and fakes are refused."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from landbridge.foundation.files.kinds import Kind
from landbridge.foundation.files.models import path_of
from landbridge.foundation.files.pictures import LONGEST_SIDE, Pictured, made_anew
from landbridge.foundation.problems import Refused
from landbridge.foundation.ui.rich_text import bare, rich


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.LANDBRIDGE_FILES = tmp_path


def a_photograph(*, size: tuple[int, int] = (64, 32), form: str = "JPEG", **more: Any) -> bytes:
    """Half red, half blue, with the place and camera in it, to be turned by a quarter."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, *size))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "SecretCam", 6
    exif.get_ifd(0x8825)[2] = (48.0, 30.0, 0.0)
    octets = io.BytesIO()
    picture.save(octets, form, exif=exif, **more)
    return octets.getvalue()


def read(found: Pictured) -> Image.Image:
    return Image.open(path_of(found.received.sha256))


def test_place_camera_and_colour_profile_are_gone_and_it_stands_upright():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = a_photograph(icc_profile=profile, comment=b"SecretComment")
    assert b"SecretCam" in raw
    found = made_anew(ContentFile(raw, name="From my phone.JPG"))
    octets = path_of(found.received.sha256).read_bytes()
    assert b"Secret" not in octets
    with read(found) as picture:
        assert (picture.size, dict(picture.getexif()), picture.info.get("icc_profile")) == (
            (32, 64),
            {},
            None,
        )
        assert (found.width, found.height) == (32, 64)
        red, _green, blue = picture.getpixel((16, 4))
        assert red > 200 > blue
    assert found.received.kind is Kind.JPEG


def test_the_upload_itself_never_reaches_the_disk(tmp_path: Any):
    raw = a_photograph()
    made_anew(ContentFile(raw, name="a.jpg"))
    assert all(b"SecretCam" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_no_side_is_longer_than_pages_need():
    found = made_anew(ContentFile(a_photograph(size=(5000, 1000)), name="a.jpg"))
    assert max(found.width, found.height) == LONGEST_SIDE


def test_a_png_keeps_its_transparency_and_loses_its_texts():
    picture, octets = Image.new("RGBA", (8, 8), (0, 0, 0, 0)), io.BytesIO()
    text = PngInfo()
    text.add_text("Author", "SecretAuthor")
    picture.save(octets, "PNG", pnginfo=text)
    found = made_anew(ContentFile(octets.getvalue(), name="a.png"))
    assert b"SecretAuthor" not in path_of(found.received.sha256).read_bytes()
    with read(found) as drawn:
        assert (drawn.mode, drawn.getpixel((0, 0))[3]) == ("RGBA", 0)


def test_a_palette_and_grey_and_cmyk_are_drawn_too():
    for mode, form, name in (("P", "PNG", "a.png"), ("L", "JPEG", "a.jpg"), ("CMYK", "JPEG", "b.jpeg")):
        octets = io.BytesIO()
        Image.new(mode, (8, 8)).save(octets, form)
        assert made_anew(ContentFile(octets.getvalue(), name=name)).width == 8


def a_bomb(side: int) -> bytes:
    """A PNG that says it is `side` by `side`, and weighs nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("octets", "name", "code"),
    [
        (a_bomb(30_000), "a.png", "image_too_large"),
        (a_bomb(100), "a.png", "file_content"),
        (b"<svg/>", "a.png", "file_content"),
        (a_photograph()[:200] + b"\xff\xd9", "a.jpg", "file_content"),
        (a_photograph(), "a.png", "file_content"),
        (a_photograph(form="PNG"), "a.jpg", "file_content"),
        (b"x", "a.gif", "file_kind"),
        (b"", "a.jpg", "file_content"),
        (b"\xff\xd8\xff" + bytes(11_000_000), "a.jpg", "file_too_large"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(octets: bytes, name: str, code: str):
    with pytest.raises(Refused, match=code):
        made_anew(ContentFile(octets, name=name))


def test_rich_text_is_paragraphs_lists_and_links_and_nothing_of_theirs():
    text = "# Big\n\nOne *two*\n\n- a\n- [b](https://b.example)\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![p](q.png)"
    drawn = rich(text)
    assert "<h3>Big</h3>" in drawn
    assert '<a href="https://b.example" rel="noopener nofollow">b</a>' in drawn
    assert "<script" not in drawn
    assert "javascript:" not in drawn.replace("[x](javascript:alert(1))", "")
    assert "<img" not in drawn
    assert bare("One *two*\n\nthree") == "One two three"
