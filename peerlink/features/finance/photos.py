"""Makes the photo of a receipt anew: the picture stays, nothing of where, when and with what it was taken."""

import base64
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageFile, ImageOps

from peerlink.errors import Refused
from peerlink.words import _

LARGEST_FILE = 8 * 1024 * 1024
LARGEST_KEPT = 400_000
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
SMALL_SIDE = 240
QUALITIES = (82, 74, 66, 58, 50)
FORMATS = ("JPEG", "PNG", "WEBP")
_ONE_AT_A_TIME = threading.Lock()
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept."""

    jpeg: bytes
    small: bytes
    width: int
    height: int

    def as_kept(self) -> dict[str, str | int]:
        """Return the photo as a receipt keeps it."""
        return {
            "photo": base64.b64encode(self.jpeg).decode(),
            "small": base64.b64encode(self.small).decode(),
            "width": self.width,
            "height": self.height,
        }


def clean_photo(content: bytes) -> Photo:
    """Return the photo made anew; raises Refused with what to do where it is none that can be kept."""
    _check_bytes(content)
    try:
        picture = _opened(content)
    except Refused:
        raise
    except Exception:
        # A picture made to break its reader breaks it in many ways; none of them is worth telling apart.
        raise _not_a_picture() from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    picture, jpeg = _small_enough(picture)
    width, height = picture.size
    picture.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Photo(jpeg, _jpeg(picture, 70), width, height)


def _check_bytes(content: bytes) -> None:
    if len(content) > LARGEST_FILE:
        raise Refused(_("This photo is larger than 8 MB. Take it again with a lower quality."))
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise Refused(
            _(
                "This phone saves photos as HEIC, which many computers cannot open. Take a screenshot of "
                "the photo and choose that, or set the camera to the most compatible format (JPEG)."
            )
        )
    known = content[:3] == b"\xff\xd8\xff" or content[:8] == b"\x89PNG\r\n\x1a\n"
    if not known and not (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise _not_a_picture()


def _opened(content: bytes) -> Image.Image:
    """Open a picture, upright and in plain colours, without anything it brought along."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as probe:
        if probe.width * probe.height > MOST_PIXELS:
            raise Refused(_("This photo has too many points to be opened. Take it with a lower quality."))
        probe.verify()
    with _only_whole_ones(), Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        colours = _in_plain_colours(upright)
        bare = Image.new("RGB", colours.size, "white")
        bare.paste(colours, mask=colours.getchannel("A") if colours.mode == "RGBA" else None)
        return bare


@contextmanager
def _only_whole_ones() -> Iterator[None]:
    """Refuse half a picture, whatever other libraries here ask for; one at a time spares memory."""
    with _ONE_AT_A_TIME:
        usual = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = usual


def _in_plain_colours(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    see_through = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    return picture.convert("RGBA" if see_through else "RGB")


def _small_enough(picture: Image.Image) -> tuple[Image.Image, bytes]:
    while True:
        for quality in QUALITIES:
            jpeg = _jpeg(picture, quality)
            if len(jpeg) <= LARGEST_KEPT:
                return picture, jpeg
        picture = picture.resize((max(picture.width * 3 // 4, 1), max(picture.height * 3 // 4, 1)))


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()


def _not_a_picture() -> Refused:
    return Refused(_("This is not a photo we can read. Choose a JPEG, PNG or WebP picture."))
