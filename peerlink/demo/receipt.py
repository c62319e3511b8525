"""Draws the photo of a receipt nobody ever gave: grey paper with lines and a sum."""

import io

from PIL import Image, ImageDraw

SIZE = (360, 520)
PAPER, TABLE, INK, FAINT = (231, 229, 224), (148, 140, 132), (60, 60, 64), (150, 150, 152)
TURNED = 3


def picture_of_a_receipt() -> bytes:
    """Return the picture as a phone would send it."""
    width, height = SIZE
    paper = Image.new("RGB", (width - 70, height - 60), PAPER)
    draw = ImageDraw.Draw(paper)
    draw.rectangle((90, 28, 200, 40), fill=INK)
    for row in range(8):
        top = 78 + 34 * row
        draw.line((26, top, 110 + 23 * (row % 3), top), fill=FAINT, width=5)
        draw.line((214, top, 262, top), fill=FAINT, width=5)
    draw.line((22, 362, 268, 362), fill=INK, width=2)
    draw.rectangle((26, 380, 96, 394), fill=INK)
    draw.rectangle((196, 380, 262, 394), fill=INK)
    for bar in range(24):
        draw.rectangle((44 + 8 * bar, 418, 45 + 8 * bar + bar % 4, 440), fill=INK)
    photo = Image.new("RGB", SIZE, TABLE)
    photo.paste(paper.rotate(TURNED, expand=True, fillcolor=TABLE), (20, 14))
    target = io.BytesIO()
    photo.save(target, "JPEG", quality=80)
    return target.getvalue()
