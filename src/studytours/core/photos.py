"""Make a picture that may be shown from whatever a phone sent.

What comes out is a plain JPEG: upright, in sRGB, at most 1600 pixels long, with nothing of what the
camera wrote beside the picture (place, time, phone, thumbnail). What a file is, its bytes say;
its name and the type it was sent with are not believed.
"""

import io
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from . import heic
from .errors import Refused

MOST_BYTES = 25 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")  # and HEIC, in heic.py
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif"}

# Pillow only warns up to twice its limit; the limit here is checked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True)
class ShownPhoto:
    """A picture without metadata, ready to be shown once a person has looked at it."""

    data: bytes
    width: int
    height: int


def sniff(head):
    """The content type that the first bytes of a file show, or "" when it is no photo."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return "image/heic"
    return ""


def refuse_what_is_no_photo(head, size):
    """Refuse, from size and first bytes alone, what can never be a photo."""
    if not size:
        raise Refused("This photo is empty: it holds no bytes.", cure="Take it again.")
    if size > MOST_BYTES:
        raise Refused(
            f"This photo is {size / 1024 / 1024:.0f} MB. The most is 25 MB.",
            cure="Send a smaller copy of it.",
        )
    if not sniff(head):
        raise Refused(
            "This file is not a photo, whatever its name says.",
            cure="Send a JPEG, PNG, WebP or HEIC picture.",
        )


def make_shown(data, content_type=""):
    """ShownPhoto from the bytes of a photo; Refused says in plain words why there can be none."""
    refuse_what_is_no_photo(data[:32], len(data))
    if sniff(data[:32]) == "image/heic":
        return ShownPhoto(*heic.shown_apart(data))
    return shown_from(data)


def shown_from(data, formats=FORMATS):
    """The same in this very process."""
    try:
        with Image.open(io.BytesIO(data), formats=formats) as image:
            _check_pixels(image)
            return _as_jpeg(_prepared(image, LONGEST_SIDE))
    except Refused:
        raise
    except Exception as error:  # decoders raise anything at all on broken or hostile bytes
        raise heic.damaged() from error


def make_small(data, side=480):
    """A smaller copy of a picture that make_shown made, for lists."""
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        return _as_jpeg(_prepared(image, side)).data


def _check_pixels(image):
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Refused(
            f"This photo has {width} × {height} pixels. The most is 50 megapixels.",
            cure="Send a smaller copy of it.",
        )


def _prepared(image, side):
    """The first frame: small, upright, without transparency, in sRGB."""
    image.draft("RGB", (side, side))  # a JPEG is decoded at a smaller scale: less memory
    image.load()
    profile = image.info.get("icc_profile")
    picture = ImageOps.exif_transpose(image)
    if picture.mode not in ("RGB", "L", "CMYK"):
        picture = _on_white(picture)
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    return _in_srgb(picture, profile)


def _on_white(picture):
    with_alpha = picture.convert("RGBA")
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(with_alpha, mask=with_alpha.getchannel("A"))
    return ground


def _in_srgb(picture, profile):
    """Colours as an ordinary screen shows them; a broken colour profile is left out."""
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture.convert("RGB")


def _as_jpeg(picture):
    # Pillow copies comments and XMP from here into the file it writes.
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return ShownPhoto(out.getvalue(), *picture.size)
