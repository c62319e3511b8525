"""Keeps what a workbook says about the programme itself: name, sites, staff, places."""

import uuid
from typing import Any, ClassVar

from sqlalchemy import or_, select

from peerlink.features.accounts.models import ROLE_BITS, Account
from peerlink.features.accounts.rules import AccountDraft
from peerlink.features.accounts.service import add_account
from peerlink.features.moving.keeping import Keeper, by_ref
from peerlink.features.moving.known import Stub, index_of
from peerlink.features.moving.reading import Row
from peerlink.features.moving.sanity import not_ahead
from peerlink.features.moving.work import Work
from peerlink.features.programmes.models import Place, Programme, Site
from peerlink.framework.vocabularies import PlaceStatus, SiteKind
from peerlink.lifecycle import Kind
from peerlink.roles import Permission, Role
from peerlink.store.house import fingerprint
from peerlink.store.session import session
from peerlink.words import _


class ProgrammeKeeper(Keeper):
    """The one row about the programme."""

    sheet = "programme"
    model = Programme
    blank: ClassVar[dict[str, Any]] = {
        "language": "en",
        "under18": False,
        "unpaid_by_design": False,
        "community_only": False,
    }
    never_empty = frozenset(blank)

    def values(self, row: Row) -> dict[str, Any]:
        return dict(row.said)

    def key(self, row: Row, values: dict[str, Any]) -> Any:
        return "programme"

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        there = session.scalars(select(Programme)).first()
        return {"programme": there} if there is not None else {}


class SiteKeeper(Keeper):
    """Clinics and centres."""

    sheet = "sites"
    model = Site
    blank: ClassVar[dict[str, Any]] = {"kind": SiteKind.OTHER}
    never_empty = frozenset(blank)

    def values(self, row: Row) -> dict[str, Any]:
        if row.get("area"):
            self.work.areas.add(row.get("area"))
        return {**row.said, "ref_token": self.ref_token(row)}


class PlaceKeeper(Keeper):
    """Places to meet."""

    sheet = "places"
    model = Place
    kind = Kind.PLACE
    points_at: ClassVar[dict[str, str]] = {"site": "sites"}
    blank: ClassVar[dict[str, Any]] = {"status": PlaceStatus.PROPOSED, "site_id": None, "reviewed_on": None}
    never_empty = frozenset({"status"})

    def values(self, row: Row) -> dict[str, Any]:
        values = {**row.said, "ref_token": self.ref_token(row)}
        if "site" in values:
            site = self.pointed(row, "site")
            values["site_id"] = site.id if site else None
            del values["site"]
        return values

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        not_ahead(row, self.work.today, "reviewed_on")


class StaffKeeper(Keeper):
    """People on the staff: each becomes an account that is invited when an administrator sends the letter."""

    sheet = "staff"
    model = Account
    points_at: ClassVar[dict[str, str]] = {"site": "sites"}

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._others: dict[bytes, Any] = {}

    def values(self, row: Row) -> dict[str, Any]:
        values = {
            "name": row.get("name"),
            "email": row.get("email"),
            "role_bits": sum(ROLE_BITS[role] for role in row.get("roles")),
            "ref": row.get("ref"),
            "ref_token": self.ref_token(row),
        }
        if "site" in row.said:
            site = self.pointed(row, "site")
            values["site_id"] = site.id if site else None
        return values

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        """Know people by their reference, and those who were here before any workbook by their address."""
        emails = {fingerprint("email", values["email"]): key for _row, values, key in rows}
        index, by_email = index_of(Account), index_of(Account, "email")
        there = session.scalars(
            select(Account).where(or_(index.in_([key for _r, _v, key in rows]), by_email.in_(list(emails))))
        ).all()
        self._others = {_address(one): one for one in there}
        before_any = {emails[_address(one)]: one for one in there if one.ref is None}
        return before_any | {by_ref(one): one for one in there if one.ref is not None}

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        token = fingerprint("email", values["email"])
        other = self._others.get(token) if token else None
        if (other is not None and other is not old) or ("email", token) in self._keys:
            row.refuse(
                "email",
                _("Somebody else signs in with this e-mail address."),
                _("An address of this person's own."),
            )
        self._keys.add(("email", token))
        if old is not None:
            # The administrator's part is never taken by a workbook: it may be the last one.
            lasting = ROLE_BITS[Role.ADMIN] | ROLE_BITS[Role.VOLUNTEER]
            values["role_bits"] |= old.role_bits & lasting
        viewer = self.work.viewer
        if viewer is None or viewer.may(Permission.KEEP_ACCOUNTS):
            return
        if old is None or self.changes({k: v for k, v in values.items() if k != "ref_token"}, old):
            row.refuse(
                "",
                _("Only an administrator adds or changes people on the staff."),
                _("Leave this sheet out, or have it imported at the command line."),
            )

    def insert(self, rows: list[tuple[uuid.UUID, uuid.UUID, dict[str, Any]]]) -> None:
        for _row_id, _subject, said in rows:
            roles = frozenset(role for role, bit in ROLE_BITS.items() if said["role_bits"] & bit)
            draft = AccountDraft(said["email"], said["name"], roles, said.get("site_id"), None, said["ref"])
            account = add_account(draft)
            token = self.work.known.token(said["ref"])
            if token is not None:
                self.work.known.add(self.sheet, token, Stub(account.id))


def _address(account: Any) -> bytes:
    return account.email_index  # type: ignore[no-any-return]
