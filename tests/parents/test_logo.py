"""A logo is drawn anew; what is none is answered with a sentence."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from itrack.parents.rules.paper import picture_of
from itrack.parents.sources import logo
from itrack.parents.sources.logo import Unfit, read_logo


def drawn(kind: str = "PNG", size: tuple[int, int] = (1200, 300), **told: object) -> bytes:
    kept = BytesIO()
    Image.new("RGB", size, (20, 90, 70)).save(kept, kind, **told)
    return kept.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that claims 100,000 by 100,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_becomes_a_small_png(kind):
    made = Image.open(BytesIO(read_logo(drawn(kind))))

    assert (made.format, made.size) == ("PNG", (900, 225))


def test_nothing_of_the_file_but_its_picture_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "taken at a pupil's home"
    hidden = drawn("JPEG", exif=exif, comment=b"secret words") + b"<script>trailing</script>"

    kept = read_logo(hidden)

    assert b"home" not in kept
    assert b"secret" not in kept
    assert b"script" not in kept


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", logo.NOT_AN_IMAGE),
        (b" ", logo.NOT_AN_IMAGE),
        (b"%PDF-1.7 not a picture", logo.NOT_AN_IMAGE),
        (b"<?xml version='1.0'?><svg onload='alert(1)'/>", logo.SVG),
        (drawn()[:60], logo.NOT_AN_IMAGE),
        (drawn("BMP"), logo.NOT_AN_IMAGE),
        (drawn("TIFF"), logo.NOT_AN_IMAGE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, logo.NOT_AN_IMAGE),
        (bomb(), logo.TOO_MANY),
        (b"\x89PNG" + b"\0" * logo.LARGEST, logo.TOO_LARGE),
    ],
    ids=["empty", "blank", "pdf", "svg", "cut", "bmp", "tiff", "zeros", "bomb", "large"],
)
def test_what_is_no_logo_is_told_why(content, sentence):
    with pytest.raises(Unfit) as unfit:
        read_logo(content)

    assert unfit.value.sentence == sentence


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.integers(0, 400), st.binary(min_size=1, max_size=12))
def test_a_damaged_picture_is_redrawn_or_refused_and_never_breaks(kind, at, damage):
    content = bytearray(drawn(kind, (60, 30)))
    at %= len(content)
    content[at : at + len(damage)] = damage

    with suppress(Unfit):
        assert Image.open(BytesIO(read_logo(bytes(content)))).format == "PNG"


def test_the_size_on_paper_is_that_of_the_png():
    assert 'width="900" height="225"' in picture_of(read_logo(drawn()))
    assert picture_of(b"") == ""
