"""Who is looking at this page; the only other file than accounts/login.py that knows Flask-Login."""

from flask_login import UserMixin, current_user

from peerlink.roles import Viewer


class SignedIn(UserMixin):
    """A signed-in browser, as Flask-Login wants to see it."""

    def __init__(self, token: str, viewer: Viewer, *, proved: bool, needs_proof: bool) -> None:
        self.token = token
        self.viewer = viewer
        self.waits_for_proof = needs_proof and not proved
        """Signed in by password, and the second factor not shown yet."""

    def get_id(self) -> str:
        return self.token


def signed_in() -> SignedIn | None:
    """Return the signed-in browser, second factor shown or not."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def viewer() -> Viewer | None:
    """Return who is looking, or None where nobody has signed in completely."""
    browser = signed_in()
    return None if browser is None or browser.waits_for_proof else browser.viewer


def current_viewer() -> Viewer:
    """Return who is looking, on a page that only the signed-in can reach."""
    looking = viewer()
    if looking is None:
        raise RuntimeError("this page is open to nobody in particular")
    return looking
