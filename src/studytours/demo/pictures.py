"""Drawn pictures for the demonstration: no photo of a real place, and each says it is drawn.

`draw("alley", lit=False)` gives JPEG bytes, 1000 × 750. Pairs of before and after share a scene.
"""

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1000, 750)
DAY, DUSK = ((150, 196, 222), (236, 240, 236)), ((24, 34, 62), (92, 84, 110))


def _sky(dark):
    top, low = DUSK if dark else DAY
    image = Image.new("RGB", (1, SIZE[1]))
    for y in range(SIZE[1]):
        share = y / SIZE[1]
        image.putpixel(
            (0, y), tuple(round(a + (b - a) * share) for a, b in zip(top, low, strict=True))
        )
    return image.resize(SIZE)


def _shade(colour, dark):
    return tuple(round(c * (0.42 if dark else 1)) for c in colour)


def _houses(draw, dark, rng):
    x = -40
    while x < SIZE[0]:
        width, top = rng.randint(150, 210), rng.randint(170, 215)
        wall = _shade(rng.choice([(190, 122, 94), (205, 152, 118), (178, 130, 112)]), dark)
        draw.rectangle((x, top, x + width, 430), fill=wall)
        draw.polygon([(x - 8, top), (x + width / 2, top - 85), (x + width + 8, top)],
                     fill=_shade((104, 78, 72), dark))  # fmt: skip
        for wx in (x + 30, x + width - 70):
            for wy in (top + 30, top + 120):
                lit = dark and rng.random() < 0.35
                pane = (250, 214, 120) if lit else _shade((214, 228, 232), dark)
                draw.rectangle(
                    (wx, wy, wx + 40, wy + 50),
                    fill=pane,
                    outline=_shade((250, 250, 248), dark),
                    width=4,
                )
        x += width + rng.randint(0, 14)


def _ground(draw, dark, *, grass=False):
    draw.rectangle((0, 430, *SIZE), fill=_shade((124, 160, 98) if grass else (156, 170, 128), dark))
    draw.polygon(
        [(440, 430), (560, 430), (880, 750), (120, 750)], fill=_shade((184, 180, 172), dark)
    )


def _fences(draw, dark):
    for side in (-1, 1):
        near, far = 500 + side * 500, 500 + side * 70
        draw.polygon(
            [(near, 250), (far, 365), (far, 440), (near, 760)], fill=_shade((148, 108, 72), dark)
        )
        for i in range(1, 9):
            share = (i / 9) ** 0.6
            x = near + (far - near) * share
            draw.line(
                (x, 250 + 115 * share, x, 760 - 320 * share),
                fill=_shade((112, 80, 54), dark),
                width=4,
            )


def _lamp(image, draw, x, *, lit, dark, broken=False):
    post = _shade((70, 84, 90), dark)
    draw.line((x, 560, x, 190), fill=post, width=12)
    draw.line((x, 196, x - 62, 182), fill=post, width=9)
    head = (x - 96, 170, x - 40, 194)
    draw.rounded_rectangle(head, 8, fill=(255, 236, 160) if lit else _shade((120, 128, 130), dark))
    if lit:
        glow = Image.new("RGBA", SIZE, (0, 0, 0, 0))
        beam = [(x - 96, 190), (x - 40, 190), (x + 130, 640), (x - 270, 640)]
        ImageDraw.Draw(glow).polygon(beam, fill=(255, 232, 150, 120))
        image.paste(
            Image.new("RGB", SIZE, (255, 236, 168)),
            mask=glow.filter(ImageFilter.GaussianBlur(24)).getchannel("A"),
        )
    if broken:
        draw.line((x - 90, 162, x - 46, 204), fill=_shade((196, 40, 40), False), width=6)


def _bush(draw, cx, cy, size, dark, rng):
    for _ in range(70):
        angle, far = rng.random() * 2 * math.pi, rng.random() ** 0.5
        x, y = cx + math.cos(angle) * size * far, cy + math.sin(angle) * size * 0.8 * far
        r = size * rng.uniform(0.14, 0.26)
        green = _shade((rng.randint(44, 84), rng.randint(104, 142), rng.randint(52, 76)), dark)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=green)


def alley(image, draw, rng, *, lit, dark=True):
    _houses(draw, dark, rng)
    _ground(draw, dark)
    _fences(draw, dark)
    _lamp(image, draw, 700, lit=lit, dark=dark, broken=not lit)


def bushes(image, draw, rng, *, cut, dark=False):
    _houses(draw, dark, rng)
    _ground(draw, dark)
    for x, y in ((170, 560), (70, 640), (840, 560), (950, 640)):
        _bush(draw, x, y + (60 if cut else -40), 55 if cut else 170, dark, rng)
    _lamp(image, draw, 640, lit=False, dark=dark)


def gate(image, draw, rng, *, shut, dark=False):
    _houses(draw, dark, rng)
    _ground(draw, dark)
    _fences(draw, dark)
    frame, bars = _shade((40, 66, 70), dark), _shade((54, 92, 96), dark)
    for x in (330, 670):
        draw.rectangle((x - 12, 250, x + 12, 640), fill=frame)
    right, drop = (658, 0) if shut else (520, 46)
    for i in range(9):
        share = i / 8
        x = 342 + (right - 342) * share
        draw.line((x, 270 + drop * share, x, 620 + drop * share), fill=bars, width=9)
    for y in (290, 600):
        draw.line((342, y, right, y + drop), fill=bars, width=12)
    if shut:
        draw.rounded_rectangle((636, 430, 676, 480), 6, fill=(226, 180, 52))
    else:
        draw.ellipse((632, 430, 684, 482), outline=(196, 40, 40), width=7)


def rubbish(image, draw, rng, *, clear, dark=False):
    _houses(draw, dark, rng)
    _ground(draw, dark)
    _fences(draw, dark)
    if clear:
        return
    for x, y, w, h, colour in (
        (300, 540, 150, 110, (86, 96, 104)), (430, 580, 120, 80, (62, 70, 82)),
        (560, 560, 190, 70, (202, 186, 160)), (610, 500, 110, 80, (176, 150, 116)),
        (360, 620, 90, 60, (40, 46, 56)),
    ):  # fmt: skip
        draw.rounded_rectangle((x, y, x + w, y + h), 18, fill=_shade(colour, dark))


def play(image, draw, rng, *, mended=True, dark=False):
    _houses(draw, dark, rng)
    _ground(draw, dark, grass=True)
    steel = _shade((206, 74, 58), dark)
    for a, b in (
        ((250, 620), (330, 380)),
        ((410, 620), (330, 380)),
        ((650, 620), (730, 380)),
        ((810, 620), (730, 380)),
    ):
        draw.line((*a, *b), fill=steel, width=14)
    draw.line((330, 382, 730, 382), fill=steel, width=14)
    for x, whole in ((440, True), (600, mended)):
        draw.line((x - 26, 386, x - 26, 560 if whole else 470), fill=(60, 60, 60), width=5)
        draw.line((x + 26, 386, x + 26, 560), fill=(60, 60, 60), width=5)
        draw.line(
            (x - 34, 560, x + 34, 560) if whole else (x + 26, 560, x + 8, 640),
            fill=(40, 40, 40),
            width=12,
        )


def track(image, draw, rng, *, built, dark=False):
    _houses(draw, dark, rng)
    _ground(draw, dark, grass=True)
    draw.rectangle((0, 430, *SIZE), fill=_shade((124, 160, 98), dark))
    if built:
        for step in range(3):
            draw.arc(
                (120 - 40 * step, 470 - 10 * step, 880 + 40 * step, 720 + 16 * step),
                0,
                360,
                fill=(186, 142, 92),
                width=34,
            )
        for x in (260, 520, 740):
            draw.pieslice((x, 560, x + 120, 690), 180, 360, fill=(166, 122, 76))
    else:
        for _ in range(60):
            x, y = rng.randint(40, 960), rng.randint(470, 720)
            draw.line(
                (x, y, x + rng.randint(-8, 8), y - rng.randint(14, 34)), fill=(96, 132, 70), width=5
            )


SCENES = {
    "alley": alley, "bushes": bushes, "gate": gate, "rubbish": rubbish, "play": play, "track": track,
}  # fmt: skip


def draw(scene, *, seed=1, **choices):
    """JPEG bytes of a scene; the same arguments give the same picture."""
    rng = random.Random(f"{scene}{seed}")  # noqa: S311  (a drawing, not a secret)
    dark = choices.get("dark", scene == "alley")
    image = _sky(dark)
    SCENES[scene](image, ImageDraw.Draw(image, "RGBA"), rng, **choices)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 716, 330, 750), fill=(20, 52, 59))
    pen.text(
        (12, 722), "Drawn for the demonstration", fill="white", font=ImageFont.load_default(20)
    )
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return buffer.getvalue()
