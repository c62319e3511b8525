"""What a browser would send back if nobody touched a form."""

from html.parser import HTMLParser


class _Typed(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._select = self._area = ""
        self._first: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "select":
            self._select, self._first = name, None
        elif tag == "option" and self._select:
            if self._first is None:
                self._first = said.get("value", "")
                self.sent[self._select] = [self._first]
            if "selected" in said:
                self.sent[self._select] = [said.get("value", "")]
        elif tag == "textarea":
            self._area = name
            self.sent[name] = [""]
        elif tag == "input" and name and (said.get("type") not in {"checkbox", "radio"} or "checked" in said):
            self.sent.setdefault(name, []).append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area][0] += data


def as_typed(html: str) -> dict[str, list[str]]:
    """Return every field of a page with what it holds, without the tokens that are added anyway."""
    page = _Typed()
    page.feed(html)
    return {name: values for name, values in page.sent.items() if name != "csrf_token"}
