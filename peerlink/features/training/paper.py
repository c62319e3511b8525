"""Makes a PDF of a page, where the extra `pdf` is installed; nothing of it is loaded before that."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from peerlink.errors import Refused
from peerlink.words import _

STYLE = Path(__file__).parents[3] / "static" / "css" / "paper.css"


@lru_cache(maxsize=1)
def is_here() -> bool:
    """Tell whether the extra is installed."""
    return find_spec("weasyprint") is not None


def pdf_of(html: str) -> bytes:
    """Turn a page that stands by itself into a PDF; it fetches nothing, from nowhere."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        raise Refused(
            _(
                "This machine cannot make a PDF yet. Print the page: every browser keeps it as a PDF. "
                "Whoever runs the machine finds in the operator's guide what the button needs."
            )
        ) from None
    nowhere = URLFetcher(allowed_protocols=())
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=nowhere)
    made: bytes = HTML(string=html, url_fetcher=nowhere).write_pdf(stylesheets=[style])
    return made
