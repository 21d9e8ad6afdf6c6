"""A logo somebody uploads, read with a well-kept library and drawn anew: what is stored never was in their file."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

LARGEST = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
ROOM = (900, 450)
KINDS = ("PNG", "JPEG", "GIF", "WEBP")
NOT_AN_IMAGE = "This is not a picture we can read. Choose a PNG or JPEG file of the logo."
SVG = "This is an SVG drawing. Save it as PNG first, about 900 pixels wide, and choose that file."
TOO_LARGE = "The file is larger than 2 MB. A logo 900 pixels wide is enough."
TOO_MANY = "The picture has more than 16 million pixels. A logo 900 pixels wide is enough."
EMPTY = "The picture is empty. Choose another file."


@dataclass(frozen=True, slots=True)
class Unfit(Exception):
    """Why a file is no logo, as a sentence."""

    sentence: str


def read_logo(content: bytes) -> bytes:
    """A PNG of at most 900 by 450 pixels, without anything else the file held. Raises Unfit."""
    if len(content) > LARGEST:
        raise Unfit(TOO_LARGE)
    if _is_svg(content):
        raise Unfit(SVG)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unfit(TOO_MANY) from None
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, OverflowError):
        # What the readers of single formats raise on bytes that are not what they claim to be.
        raise Unfit(NOT_AN_IMAGE) from None


def _redrawn(content: bytes) -> bytes:
    with Image.open(BytesIO(content), formats=KINDS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise Unfit(TOO_MANY)
        picture = ImageOps.exif_transpose(opened.convert("RGBA"))
    picture.thumbnail(ROOM)
    if not min(picture.size):
        raise Unfit(EMPTY)
    plain = Image.new("RGBA", picture.size)
    plain.paste(picture)
    kept = BytesIO()
    write_to = plain.save  # a picture into memory: no row is stored here
    write_to(kept, "PNG", optimize=True)
    return kept.getvalue()


def _is_svg(content: bytes) -> bool:
    return b"<svg" in content[:4096].lower()
