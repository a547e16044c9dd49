"""What comes in from phones, and what may be shown of it."""

import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from studytours.core.errors import Refused
from studytours.core.photos import MOST_BYTES, make_shown, make_small, sniff

HEIC = Path(__file__).parents[1] / "fieldwork" / "files" / "iphone.heic"


def picture(form="JPEG", size=(120, 80), **options):
    """A teal picture with a yellow corner at the top left."""
    image = Image.new(options.pop("mode", "RGB"), size, options.pop("colour", (20, 110, 110)))
    if image.mode == "RGB":
        image.paste((255, 200, 69), (0, 0, size[0] // 4, size[1] // 4))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(shown):
    return Image.open(io.BytesIO(shown.data))


def huge_png(width, height):
    """A few kilobytes that claim to be a very large picture."""

    def chunk(kind, data):
        return (
            len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        )

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"Shopping list: milk, bread", "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a photo"),
        (b"<html><body>Sign in to the Wi-Fi</body></html>", "not a photo"),
        (b"%PDF-1.7 and so on", "not a photo"),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), "25 MB"),
        (b"\xff\xd8\xff\xe0 and then nothing of use", "damaged"),
        (picture()[:400], "damaged"),
        (picture("PNG")[:90], "damaged"),
        (HEIC.read_bytes()[:500], "damaged"),
        (huge_png(20_000, 15_000), "megapixels"),
        (huge_png(2**31 - 1, 2**31 - 1), "megapixels"),
    ],
)
def test_what_is_no_usable_photo_is_refused_in_plain_words(data, why):
    with pytest.raises(Refused, match=why):
        make_shown(data, "image/jpeg")


def test_forty_megapixels_are_taken():
    shown = make_shown(picture("PNG", (8000, 5000)), "image/png")
    assert (shown.width, shown.height) == (1600, 1000)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_ordinary_pictures_become_a_jpeg(form):
    shown = make_shown(picture(form), f"image/{form.lower()}")
    assert opened(shown).format == "JPEG"
    assert (shown.width, shown.height) == opened(shown).size == (120, 80)


def test_the_bytes_decide_and_not_the_type_it_was_sent_with():
    assert make_shown(picture("PNG"), "image/jpeg").width == 120
    assert make_shown(picture("JPEG"), "text/plain").width == 120


def test_a_picture_from_an_iphone_is_read_and_turned_upright():
    assert sniff(HEIC.read_bytes()) == "image/heic"
    shown = make_shown(HEIC.read_bytes(), "image/heic")
    assert (shown.width, shown.height) == (80, 120)
    red, _, blue = opened(shown).getpixel((75, 5))  # the yellow corner has come round
    assert red > 200 > blue


def test_a_picture_taken_on_its_side_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    shown = make_shown(picture(exif=exif), "image/jpeg")
    assert (shown.width, shown.height) == (80, 120)
    assert opened(shown).getpixel((75, 5))[0] > 200


def test_nothing_the_camera_wrote_remains():
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = picture(
        exif=exif, comment=b"SecretComment", xmp=b"<x:xmpmeta>SecretPlace</x:xmpmeta>",
        icc_profile=profile,
    )  # fmt: skip
    assert b"Secret" in data
    shown = make_shown(data, "image/jpeg")
    assert b"Secret" not in shown.data
    assert not opened(shown).getexif()
    assert set(opened(shown).info) <= {
        "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression",
    }  # fmt: skip


def test_words_inside_a_png_do_not_remain():
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "SecretPlace")
    assert b"Secret" not in make_shown(picture("PNG", pnginfo=words), "image/png").data


def test_colours_of_another_profile_become_srgb():
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red = opened(make_shown(picture(icc_profile=lab_like, quality=95))).getpixel((100, 70))
    assert all(abs(a - b) < 6 for a, b in zip(red, (20, 110, 110), strict=True))


def test_a_broken_colour_profile_is_left_out():
    assert make_shown(picture(icc_profile=b"nonsense")).width == 120


def test_what_shows_through_becomes_white():
    clear = picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))
    assert opened(make_shown(clear)).getpixel((60, 40)) == (255, 255, 255)


def test_of_a_moving_picture_the_first_frame_is_taken():
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("blue", "red", "green")]
    for form in ("GIF", "WEBP", "PNG"):
        out = io.BytesIO()
        frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
        red, _, blue = opened(make_shown(out.getvalue())).getpixel((30, 20))
        assert blue > 200 > red


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "CMYK", "I;16"])
def test_unusual_kinds_of_colour_are_taken(mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert make_shown(picture(form, mode=mode, colour=0)).height == 80


def test_a_small_copy_is_small():
    shown = make_shown(picture(size=(3000, 2000)))
    assert Image.open(io.BytesIO(make_small(shown.data))).size == (480, 320)


@settings(max_examples=60)
@given(
    start=st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b""]), rest=st.binary()
)
def test_any_bytes_at_all_give_a_picture_or_a_refusal(start, rest):
    try:
        make_shown(start + rest)
    except Refused as refusal:
        assert refusal.why


def test_a_heic_that_kills_its_decoder_is_refused_and_nothing_else_dies():
    data = bytearray(HEIC.read_bytes())
    data[176] = 255
    with pytest.raises(Refused, match="damaged"):
        make_shown(bytes(data))


def test_a_heic_that_takes_its_decoder_for_ever_is_refused(monkeypatch):
    monkeypatch.setattr("studytours.core.heic.SECONDS", 0.001)
    with pytest.raises(Refused, match="damaged"):
        make_shown(HEIC.read_bytes())


@settings(max_examples=10)  # each is a process of its own
@given(at=st.integers(0, 739), byte=st.integers(0, 255))
def test_a_damaged_heic_gives_a_picture_or_a_refusal(at, byte):
    data = bytearray(HEIC.read_bytes())
    data[at] = byte
    try:
        make_shown(bytes(data))
    except Refused as refusal:
        assert refusal.why
