"""What the macros draw: labels that point to boxes, refusals beside them, levels never by colour alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template, render_template_string
from flask_babel import Babel
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    FileField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

TEMPLATES = Path(__file__).parents[2] / "templates"
GROUPS = {"emotional": ["emotional.listening", "emotional.hope"], "informational": ["informational.teaching"]}
PAGE = "{% extends 'LAYOUT' %}{% block title %}Today{% endblock %}{% block main %}<p>.</p>{% endblock %}"
LEVELS = ("ok", "watch", "alert", "critical", "unknown", "not_applicable")


def choices(**labels: str) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in labels.items()]


class Sheet(FlaskForm):  # type: ignore[misc]
    """One field of every kind."""

    alias = StringField("Alias", [DataRequired()])
    when = DateTimeLocalField("When", [Optional()])
    site = SelectField("Site", choices=["Riverbend"])
    site_all = SelectField("Everybody", choices=["Heron"])
    phone = TelField("Phone")
    places = IntegerField("Places", [InputRequired(), NumberRange(0, 9)])
    channel = RadioField("How?", [InputRequired()], choices=choices(met="Met", call="Call"))
    who = RadioField("Who?", [InputRequired()], choices=choices(kite="Kite", more="More"))
    areas = SelectMultipleField("Helped with", choices=choices(emotional="Listening", informational="Facts"))
    subtypes = SelectMultipleField("Sub-types", choices=[s for within in GROUPS.values() for s in within])
    note = TextAreaField("Note")
    agreed = BooleanField("Consent was given")
    sheet = FileField("Spreadsheet")


@pytest.fixture
def drawing() -> Iterator[Flask]:
    """An app that draws and does nothing else."""
    app = Flask("drawing", template_folder=str(TEMPLATES))
    app.config.update(SECRET_KEY="only for drawing", WTF_CSRF_ENABLED=True)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
    Babel(app)
    CSRFProtect(app)
    app.context_processor(
        lambda: {
            "viewer": None,
            "nav": [],
            "messages": [{"text": "Saved.", "undo": "/undo"}],
            "leave_url": "/leave",
            "language": "en",
            "direction": "ltr",
            "theme": "",
            "demo": True,
            "app_name": "Planner",
            "layout": "base.html",
        }
    )
    with app.test_request_context():
        yield app


def drawn(call: str, **context: object) -> str:
    """Draw one macro call of components/."""
    file, name = call.split(":", 1)
    macro = name[: name.index("(")]
    source = f'{{% from "components/{file}.html" import {macro} %}}{{{{ {name} }}}}'
    return render_template_string(source, **context)


def refused() -> Sheet:
    form = Sheet(MultiDict({"places": "40", "areas": "emotional"}))
    form.validate()
    return form


def test_a_box_has_a_label_and_a_hint_that_belong_to_it(drawing: Flask) -> None:
    text = drawn("form:field(form.alias, hint='A bird or a tree', autocomplete='off')", form=Sheet())
    assert '<label class="q" for="alias">' in text
    assert 'id="alias-hint"' in text
    assert 'aria-describedby="alias-hint"' in text
    assert 'autocomplete="off"' in text
    assert "aria-invalid" not in text


def test_a_refused_box_says_so_to_those_who_do_not_see_red(drawing: Flask) -> None:
    text = drawn("form:field(form.alias, hint='A bird')", form=refused())
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="alias-hint alias-wrong"' in text
    assert 'id="alias-wrong"' in text


def test_the_summary_links_each_refusal_to_its_field(drawing: Flask) -> None:
    text = drawn("form:errors(form)", form=refused())
    assert {"alias", "places", "channel", "who"} <= set(re.findall(r'href="#(\w+)"', text))
    assert 'tabindex="-1"' in text
    assert "autofocus" in text


def test_no_summary_where_nothing_was_refused(drawing: Flask) -> None:
    assert drawn("form:errors(form)", form=Sheet()).strip() == ""


def test_what_no_field_is_to_blame_for_stands_in_the_summary(drawing: Flask) -> None:
    form = Sheet()
    form.form_errors.append("This person is paused.")
    assert "This person is paused." in drawn("form:errors(form)", form=form)


def test_one_of_few_is_radios_and_nothing_is_chosen_beforehand(drawing: Flask) -> None:
    text = drawn("form:chips(form.channel, 'even tall', icons={'met': 'visit'})", form=Sheet())
    assert text.count('type="radio"') == 2
    assert "<legend>How?" in text
    assert "checked" not in text
    assert "#visit" in text


def test_a_chosen_area_opens_its_own_sub_types(drawing: Flask) -> None:
    form = Sheet(MultiDict([("areas", "emotional"), ("subtypes", "emotional.hope")]))
    text = drawn("form:areas(form.areas, form.subtypes, groups)", form=form, groups=GROUPS)
    first, second = text.split('<div class="area">')[1:]
    assert 'value="emotional.hope" checked' in first
    assert "informational.teaching" in second
    assert "informational" not in first


def test_typed_text_is_never_markup(drawing: Flask) -> None:
    form = Sheet(MultiDict({"alias": '"><script>x</script>', "places": '"><b>'}))
    assert "<script>" not in drawn("form:field(form.alias)", form=form)
    assert "<b>" not in drawn("form:stepper(form.places)", form=form)
    assert "<i>" not in drawn("person:person('<i>Efe</i>', '<i>')")


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_a_shape_and_a_word(drawing: Flask, level: str) -> None:
    text = drawn("flag:pill(level)", level=level)
    assert "<use href=" in text
    assert re.sub(r"<[^>]+>", "", text).strip()


def test_no_two_levels_look_alike_in_black_and_white(drawing: Flask) -> None:
    assert len({drawn("flag:level_icon(level)", level=level) for level in LEVELS}) == len(LEVELS)
    assert len({drawn("flag:level_word(level)", level=level) for level in LEVELS}) == len(LEVELS)


@pytest.mark.parametrize(
    ("value", "share"), [(0, "0.0"), (50, "50.0"), (100, "100.0"), (140, "100"), (-3, "0")]
)
def test_a_ring_is_never_more_than_full_nor_less_than_empty(drawing: Flask, value: int, share: str) -> None:
    assert re.search(rf'stroke-dasharray="{share}(\.0)? 100"', drawn("chart:ring(value)", value=value))


def test_what_is_not_known_is_a_gap_and_not_a_nought(drawing: Flask) -> None:
    spark = drawn("chart:spark([0, none, 4], ['light', 'not said', 'heavy'], 4, high_from=4)")
    assert spark.count("<circle") == 2
    assert spark.count("M") >= 2
    assert "light, not said, heavy" in spark
    columns = drawn(
        "chart:columns([{'label': 'Jun', 'value': none}, {'label': 'Jul', 'value': 3}], 'Months')"
    )
    assert 'class="gap"' in columns
    assert "not known" in columns
    bars = drawn("chart:bars([{'label': 'Facts', 'value': none}], 'Areas')")
    assert "<rect" not in bars


@pytest.mark.parametrize("values", [[], [2], [None]])
def test_short_runs_are_drawn_too(drawing: Flask, values: list[int | None]) -> None:
    assert "<svg" in drawn("chart:spark(values, [], 4)", values=values)
    items = [{"label": "Jun", "value": value} for value in values]
    assert "<svg" in drawn("chart:columns(items, 'Months')", items=items)
    assert "<ul" in drawn("chart:bars(items, 'Months')", items=items)


def test_a_cell_keeps_its_heading_when_rows_are_stacked(drawing: Flask) -> None:
    columns = [
        {"label": "Name", "sort": "?by=name", "sorted": "ascending"},
        {"label": "Hours", "number": True},
    ]
    text = drawn("table:table('Volunteers', columns, rows)", columns=columns, rows=[["Amina", 3]])
    assert 'aria-sort="ascending"' in text
    assert '<th scope="row" role="rowheader">Amina</th>' in text
    assert 'data-label="Hours" class="num">3</td>' in text


@pytest.mark.parametrize("n_items", [5, 6, 9])
def test_at_the_thumb_there_is_room_for_five(drawing: Flask, n_items: int) -> None:
    items = [{"label": f"L{n}", "url": f"/{n}", "icon": "home", "current": n == 0} for n in range(n_items)]
    text = drawn("nav:dock(items)", items=items)
    assert text.count("<a ") == n_items
    assert ("<details>" in text) == (n_items > 5)
    assert text.count('aria-current="page"') == 1


@pytest.mark.parametrize(("n_items", "here"), [(7, 0), (8, 0), (8, 7)])
def test_at_the_top_there_is_room_for_seven(drawing: Flask, n_items: int, here: int) -> None:
    items = [{"label": f"L{n}", "url": f"/{n}", "icon": "home", "current": n == here} for n in range(n_items)]
    text = drawn("nav:topnav(items)", items=items)
    assert text.count("<a ") == n_items
    assert ("<details" in text) == (n_items > 7)
    assert text.count('aria-current="page"') == 1
    assert ('class="here"' in text) == (here > 5)


@pytest.mark.parametrize("form", [Sheet, refused], ids=["new", "refused"])
def test_the_gallery_draws_every_part(drawing: Flask, form: type[Sheet]) -> None:
    text = render_template("gallery.html", form=form(), groups=GROUPS)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert text.count("<h1") == 1
    assert set(re.findall(r'<label[^>]*\sfor="([^"]+)"', text)) <= set(ids)
    for described in re.findall(r'aria-(?:describedby|labelledby|controls)="([^"]+)"', text):
        assert set(described.split()) <= set(ids)


@pytest.mark.parametrize("layout", ["base.html", "phone.html"])
def test_a_page_says_its_language_its_direction_and_the_way_out(drawing: Flask, layout: str) -> None:
    source = PAGE.replace("LAYOUT", layout)
    text = render_template_string(source, language="ar", direction="rtl", theme="dark")
    assert '<html lang="ar" dir="rtl" data-theme="dark">' in text
    assert "<title>Today · Planner</title>" in text
    assert 'action="/leave" data-leave' in text
    assert text.count("Saved.") == 1
    assert text.count('name="csrf_token"') >= 2


def test_a_fragment_brings_the_page_alone_with_its_title_and_messages(drawing: Flask) -> None:
    text = render_template_string(PAGE.replace("LAYOUT", "fragment.html"))
    assert "<html" not in text
    assert "<title>Today · Planner</title>" in text
    assert '<div id="messages" hx-swap-oob="innerHTML">' in text


def test_a_problem_says_what_to_do_next(drawing: Flask) -> None:
    text = render_template("problem.html", message="We could not find that page.", number="a1b2")
    assert "We could not find that page." in text
    assert "a1b2" in text
    assert 'href="/"' in text
