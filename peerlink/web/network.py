"""Where a request comes from, as far as it may be counted."""

from flask import request


def network() -> str:
    """Return where the request comes from; nothing where that is only the proxy on this machine."""
    address = request.remote_addr or ""
    return "" if address in {"127.0.0.1", "::1"} else address
