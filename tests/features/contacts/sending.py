"""Forms about contacts, filled in and sent as a browser without script would."""

from typing import Any

from tests.support.visitor import Outline, Visitor

HTTPS = "https://localhost"


def post_again(visitor: Visitor, address: str, data: dict[str, Any]) -> Any:
    """Send a form as it is, without opening its page anew."""
    return visitor.client.post(address, data=data, base_url=HTTPS)


def form_of(visitor: Visitor, address: str = "/log", **typed: Any) -> dict[str, Any]:
    """Return what the page would send if only these were touched: a browser without script."""
    html = visitor.visit(address).text
    outline = Outline(html)
    values: dict[str, Any] = dict(outline.hidden)
    for field in outline.fields:
        kind, name = field.get("type"), field.get("name")
        if name is None or (kind in {"radio", "checkbox"} and "checked" not in field):
            continue
        values[name] = field.get("value") or ""
    return values | typed
