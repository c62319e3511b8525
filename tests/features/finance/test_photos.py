"""A photo of a receipt is made anew: the picture stays, what it knows of its place does not."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageFile

from peerlink.errors import Refused
from peerlink.features.finance import photos
from peerlink.features.finance.photos import LARGEST_KEPT, LONGEST_SIDE, SMALL_SIDE, clean_photo
from tests.features.finance.happenings import picture

GPS, MAKE, DATE, ORIENTATION = 0x8825, 0x010F, 0x0132, 0x0112


def light_at(jpeg: bytes, x: int, y: int) -> int:
    """Say how light one point is, 0 to 255."""
    return int(opened(jpeg).convert("L").tobytes()[y * opened(jpeg).width + x])


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    return image


def well_travelled(**how: Any) -> bytes:
    """Take a picture that knows where, when and with what it was taken, and says so in every way it can."""
    exif = Image.Exif()
    exif[MAKE] = "SECRETPHONE"
    exif[DATE] = "2026:03:04 05:06:07"
    exif.get_ifd(GPS).update({1: "S", 2: (26.0, 12.0, 14.0), 3: "E", 4: (28.0, 2.0, 50.0)})
    return picture((400, 300), exif=exif, icc_profile=b"SECRETPROFILE" * 9, comment=b"SECRETCOMMENT", **how)


def test_what_a_photo_knows_of_its_place_is_gone() -> None:
    taken = well_travelled()
    assert opened(taken).getexif().get_ifd(GPS), "the picture knew where it was"
    for kept in (clean_photo(taken).jpeg, clean_photo(taken).small):
        image = opened(kept)
        assert dict(image.getexif()) == {}
        assert {"exif", "icc_profile", "comment", "xmp", "photoshop"}.isdisjoint(image.info)
        assert b"SECRET" not in kept
        assert b"Exif" not in kept


def test_nothing_behind_or_within_the_picture_is_kept() -> None:
    polyglot = picture() + b"PK\x03\x04 <script>SECRET</script>"
    assert b"SECRET" not in clean_photo(polyglot).jpeg
    text = struct.pack(">I", 12) + b"tEXt" + b"SECRET\0place"
    text += struct.pack(">I", zlib.crc32(text[4:]))
    png = picture(form="PNG")
    assert b"SECRET" not in clean_photo(png[:33] + text + png[33:]).jpeg


def test_it_stands_upright_before_it_forgets_how_it_was_held() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    jpeg = clean_photo(picture((60, 40), exif=exif)).jpeg
    assert opened(jpeg).size == (40, 60)
    assert light_at(jpeg, 20, 5) < 60, "turned to the right, what was left is above"
    assert light_at(jpeg, 20, 55) > 200


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("RGB", "JPEG"),
        ("L", "JPEG"),
        ("CMYK", "JPEG"),
        ("RGB", "PNG"),
        ("RGBA", "PNG"),
        ("I;16", "PNG"),
        ("RGB", "WEBP"),
        ("RGBA", "WEBP"),
    ],
)
def test_every_kind_of_colour_comes_out_as_a_plain_jpeg(mode: str, form: str) -> None:
    photo = clean_photo(picture(mode=mode, form=form))
    image = opened(photo.jpeg)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (60, 40))
    assert light_at(photo.jpeg, 5, 20) < 80
    assert light_at(photo.jpeg, 55, 20) > 180


def test_what_was_see_through_is_white() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, "PNG")
    assert light_at(clean_photo(target.getvalue()).jpeg, 10, 10) > 250


def test_of_what_moves_the_first_picture_is_kept() -> None:
    frames = [Image.new("RGB", (40, 40), shade) for shade in ("black", "white")]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:], duration=100)
    jpeg = clean_photo(target.getvalue()).jpeg
    assert light_at(jpeg, 20, 20) < 40
    assert getattr(opened(jpeg), "n_frames", 1) == 1


def test_a_large_photo_becomes_small_enough_to_keep() -> None:
    noise = Image.effect_noise((4000, 3000), 120).convert("RGB")
    target = io.BytesIO()
    noise.save(target, "JPEG", quality=60)
    photo = clean_photo(target.getvalue())
    assert len(photo.jpeg) <= LARGEST_KEPT
    assert max(photo.width, photo.height) <= LONGEST_SIDE
    assert opened(photo.jpeg).size == (photo.width, photo.height)
    assert max(opened(photo.small).size) == SMALL_SIDE


def test_a_usual_photo_keeps_its_size_up_to_sixteen_hundred() -> None:
    assert clean_photo(picture((3200, 2400))).width == LONGEST_SIDE
    assert clean_photo(picture((300, 200))).width == 300


def test_a_small_file_of_many_points_is_not_opened() -> None:
    bomb = picture((9000, 9000), "L", "PNG")
    assert len(bomb) < photos.LARGEST_FILE
    with pytest.raises(Refused, match="too many points"):
        clean_photo(bomb)


def test_half_a_picture_is_refused_whatever_others_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(Refused, match="JPEG, PNG or WebP"):
        clean_photo(picture((200, 200))[:700])
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "JPEG, PNG or WebP"),
        (b"GIF89a" + b"\0" * 40, "JPEG, PNG or WebP"),
        (b"%PDF-1.7 and so on", "JPEG, PNG or WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        (b"\xff\xd8\xff" + b"\0" * 200, "JPEG, PNG or WebP"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 50, "JPEG, PNG or WebP"),
        (b"RIFF\x20\0\0\0WEBPVP8 " + b"\0" * 30, "JPEG, PNG or WebP"),
        (picture((200, 200))[:700], "JPEG, PNG or WebP"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\xff\xd8\xff" + b"\0" * photos.LARGEST_FILE, "larger than 8 MB"),
    ],
)
def test_what_is_no_photo_is_refused_with_what_to_do(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        clean_photo(content)
