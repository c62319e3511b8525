"""What any person's form asks, and how two people's words about one person are laid side by side."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from peerlink.framework.contact_words import Channel
from peerlink.framework.people_words import LanguageLevel
from peerlink.framework.person import GENDERS, LONGEST_NAME
from peerlink.framework.support import SUBTYPES, SupportArea
from peerlink.framework.word import Word
from peerlink.web.form import Form
from peerlink.words import N_, _

N_LANGUAGES = 4


class PersonForm(Form):
    """What is asked of everybody."""

    version = HiddenField()
    given_name = StringField(
        N_("Given name"),
        [InputRequired(N_("Type a name; a name of their choice is enough.")), Length(max=LONGEST_NAME)],
    )
    family_name = StringField(N_("Family name"), [Length(max=LONGEST_NAME)])
    alias = StringField(N_("Name used in the programme"), [Length(max=LONGEST_NAME)])
    email = EmailField(N_("E-mail address"), [Length(max=200)])
    phone = TelField(N_("Phone"), [Length(max=40)])
    birth_year = IntegerField(
        N_("Year of birth"), [Optional(), NumberRange(1900, 2100, N_("Four digits, please."))]
    )
    gender = SelectField(N_("Gender"))
    language_1 = SelectField(N_("Language"))
    level_1 = SelectField(N_("How well"))
    language_2 = SelectField(N_("Second language"))
    level_2 = SelectField(N_("How well"))
    language_3 = SelectField(N_("Third language"))
    level_3 = SelectField(N_("How well"))
    language_4 = SelectField(N_("Fourth language"))
    level_4 = SelectField(N_("How well"))
    site = SelectField(N_("Site"))
    area = StringField(N_("Area"), [Length(max=40)])
    channels = SelectMultipleField(N_("Ways of meeting"))
    availability = TextAreaField(N_("Times that suit"), [Length(max=2000)])
    places = SelectMultipleField(N_("Places they would come to"))
    keep_apart = StringField(N_("Keep apart from"), [Length(max=400)])
    ref = StringField(N_("Programme number"), [Length(max=40)])

    def offer(
        self, sites: Mapping[uuid.UUID, str], places: Mapping[uuid.UUID, str], *, all_sites: bool
    ) -> None:
        """Fill the choices in; words a record already holds stay to be chosen."""
        self.gender.choices = with_kept([("", _("Not said")), *translated(GENDERS)], self.gender.data)
        for n in range(1, N_LANGUAGES + 1):
            language, level = self[f"language_{n}"], self[f"level_{n}"]
            language.choices = with_kept([("", "–"), *languages()], language.data)
            level.choices = [("", "–"), *words(LanguageLevel)]
        nowhere = [("", _("No site"))] if all_sites else []
        self.site.choices = nowhere + [(one.hex, name) for one, name in sites.items()]
        self.channels.choices = words(Channel)
        self.places.choices = [(one.hex, name) for one, name in places.items()]

    def said(self) -> dict[str, Any]:
        """Return what is common to every person's draft."""
        return {
            "given_name": text(self.given_name) or "",
            **{name: text(self[name]) for name in ("family_name", "alias", "email", "phone", "area", "ref")},
            "birth_year": self.birth_year.data,
            "gender": text(self.gender),
            "languages": self._languages(),
            "site_id": uuid.UUID(self.site.data) if self.site.data else None,
            "channels": tuple(self.channels.data or ()),
            "availability": lines(self.availability.data),
            "places": tuple(self.places.data or ()),
            "keep_apart": tuple(str(self.keep_apart.data or "").replace(";", " ").replace(",", " ").split()),
        }

    def _languages(self) -> dict[str, str]:
        pairs = [(self[f"language_{n}"].data, self[f"level_{n}"].data) for n in range(1, N_LANGUAGES + 1)]
        return {language: level or "" for language, level in pairs if language}


def said_by(record: Any) -> dict[str, Any]:
    """Return what a person's form shows of a record."""
    shown = {
        name: getattr(record, name)
        for name in (
            "version",
            "given_name",
            "family_name",
            "alias",
            "email",
            "phone",
            "birth_year",
            "area",
            "ref",
        )
    }
    shown |= {
        "gender": record.gender or "",
        "site": record.site_id.hex if record.site_id else "",
        "channels": list(record.channels or []),
        "places": list(record.places or []),
        "availability": "\n".join(record.availability or []),
        "keep_apart": "; ".join(record.keep_apart or []),
    }
    for n, (language, level) in enumerate(list((record.languages or {}).items())[:N_LANGUAGES], 1):
        shown[f"language_{n}"], shown[f"level_{n}"] = language, level
    return shown


@dataclass(frozen=True)
class Difference:
    """One question two people answered differently."""

    label: str
    yours: str
    saved: str


def differences(form: Form, saved: Mapping[str, Any]) -> list[Difference]:
    """Lay what was typed beside what somebody else saved meanwhile, question by question."""
    found = []
    for field in form:
        if field.type in {"HiddenField", "CSRFTokenField"}:
            continue
        yours, theirs = _plain(field, field.data), _plain(field, saved.get(field.name))
        if yours != theirs:
            found.append(Difference(field.label.text, yours or "–", theirs or "–"))
    return found


def words(vocabulary: type[Word]) -> list[tuple[str, str]]:
    """Return a vocabulary as choices."""
    return [(word.value, _(word.label)) for word in vocabulary]


def translated(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return codes with their labels as choices."""
    return [(code, _(label)) for code, label in labels.items()]


def with_kept(choices: list[tuple[str, str]], *kept: str | None) -> list[tuple[str, str]]:
    """Return the choices with what a record already says among them."""
    known = {code for code, _label in choices}
    return choices + [(one, one) for one in kept if one and one not in known]


def support_choices() -> tuple[list[tuple[str, str]], list[tuple[str, str]], dict[str, list[str]]]:
    """Return the five areas, all sub-types, and which sub-types belong to which area."""
    groups: dict[str, list[str]] = {}
    for subtype in SUBTYPES:
        groups.setdefault(subtype.area.value, []).append(subtype.code)
    return words(SupportArea), [(one.code, _(one.label)) for one in SUBTYPES], groups


def support_chosen(areas: Iterable[str], subtypes: Iterable[str]) -> tuple[str, ...]:
    """Return the chosen sub-types, and each area none of whose sub-types is among them."""
    chosen = tuple(subtypes)
    return chosen + tuple(area for area in areas if not any(one.startswith(f"{area}.") for one in chosen))


def support_areas(codes: Iterable[str]) -> list[str]:
    """Return the areas that codes of support belong to."""
    return list(dict.fromkeys(".".join(code.split(".")[:2]) for code in codes if code.startswith("support.")))


def languages() -> list[tuple[str, str]]:
    """Return the languages with a two-letter code by their name."""
    locale = get_locale()
    names = {code: name for code, name in locale.languages.items() if len(code) == 2} if locale else {}
    return sorted(names.items(), key=lambda pair: str(pair[1]))


def language_name(code: str) -> str:
    """Say a language's name."""
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale else code


def text(field: Field) -> str | None:
    """Return what was typed, or None for nothing."""
    return str(field.data or "").strip() or None


def lines(typed: str | None) -> tuple[str, ...]:
    """Return what was typed line by line, or between semicolons."""
    return tuple(one.strip() for one in (typed or "").replace(";", "\n").splitlines() if one.strip())


def _plain(field: Field, value: Any) -> str:
    if isinstance(field, SelectField | SelectMultipleField):
        labels = dict(field.choices or [])
        chosen = value if isinstance(value, list) else [value]
        return ", ".join(sorted(str(labels.get(one, one)) for one in chosen if one))
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    return "" if value is None else str(value).strip().replace("\r\n", "\n")
