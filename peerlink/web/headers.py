"""What every answer says to the browser about what it may do with it."""

import gzip
from functools import lru_cache

from flask import Flask, request
from werkzeug import Response

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    ]
)
A_YEAR = 31_536_000
WORTH_IT = 600
"""Bytes below which compressing an answer saves nothing."""


def init_app(app: Flask) -> None:
    """Put the headers on every answer."""
    app.after_request(protect)
    app.after_request(compress)


def protect(response: Response) -> Response:
    """Forbid framing, sniffing, foreign content, referrers and keeping pages."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), interest-cohort=()"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={2 * A_YEAR}; includeSubDomains"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
        response.headers.pop("Content-Disposition", None)
    else:
        response.headers["Cache-Control"] = "no-store"
    return response


def compress(response: Response) -> Response:
    """Compress text where nothing the sender chose is mirrored beside a token.

    An answer to an address with a query, or to a form, may mirror what somebody else put there; compressed
    together with a secret its length would tell about the secret (BREACH).
    """
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    mirrors = request.method != "GET" or (bool(request.query_string) and request.endpoint != "static")
    if not wanted or mirrors or response.status_code != 200 or "Content-Encoding" in response.headers:
        return response
    if not (response.mimetype or "").startswith(
        ("text/", "image/svg", "application/javascript", "application/manifest")
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) >= WORTH_IT:
        static = request.endpoint == "static"
        response.set_data(_kept(body) if static else gzip.compress(body, 6))
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.get_data()))
    response.vary.add("Accept-Encoding")
    return response


@lru_cache(maxsize=64)
def _kept(body: bytes) -> bytes:
    return gzip.compress(body, 9)
