"""The same two pages as a Django site would have them, for bench_web: log a contact, list fifty."""

import datetime as dt
import secrets
from pathlib import Path
from typing import Any

TEMPLATE = """<!doctype html><html lang="en"><head><title>Contacts</title></head><body><h1>Contacts</h1>
<table>
{% for contact in contacts %}<tr><td>{{ contact.at|date:"j M" }}</td><td>{{ contact.match.called }}</td>
<td>{{ contact.get_channel_display }}</td><td>{{ contact.minutes }}</td>
<td>{% for area in contact.area_names %}<span>{{ area }}</span>{% endfor %}</td>
<td>{{ contact.note }}</td></tr>
{% endfor %}</table></body></html>"""
AREAS = ("Facts", "Practical", "Listening", "Linking", "Deciding")
CHANNELS = (("phone", "Phone"), ("in_person", "In person"), ("text", "Text message"))


def build(home: Path) -> tuple[Any, str, dict[str, str]]:
    """Make the site with fifty contacts; return it, the cookies of who is signed in, and a filled-in form."""
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY=secrets.token_hex(32),
        ALLOWED_HOSTS=["127.0.0.1"],
        CSRF_TRUSTED_ORIGINS=["https://127.0.0.1"],
        ROOT_URLCONF=__name__,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": home / "data.db",
                "OPTIONS": {
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                },
                "CONN_MAX_AGE": None,
            }
        },
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"list.html": TEMPLATE})]},
            }
        ],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    return _fill(*_tables())


def _tables() -> tuple[Any, Any]:
    from django.contrib.auth.models import User
    from django.db import models
    from django_cryptography.fields import encrypt

    class Match(models.Model):  # type: ignore[misc]
        volunteer = models.ForeignKey(User, on_delete=models.CASCADE)
        called = encrypt(models.CharField(max_length=100))
        active = models.BooleanField(default=True)

        class Meta:
            app_label = "programme"

    class Contact(models.Model):  # type: ignore[misc]
        key = models.UUIDField(unique=True)
        match = models.ForeignKey(Match, on_delete=models.CASCADE)
        at = models.DateTimeField(db_index=True)
        minutes = models.PositiveSmallIntegerField()
        channel = models.CharField(max_length=20, choices=CHANNELS)
        areas = models.PositiveSmallIntegerField(default=0)
        effort = models.PositiveSmallIntegerField(null=True)
        note = encrypt(models.TextField(blank=True))

        class Meta:
            app_label = "programme"

        @property
        def area_names(self) -> list[str]:
            return [name for bit, name in enumerate(AREAS) if self.areas & 1 << bit]

    return Match, Contact


def _fill(match: Any, contact: Any) -> tuple[Any, str, dict[str, str]]:
    import uuid

    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(match)
        editor.create_model(contact)
    amina = User.objects.create_user("amina", password=secrets.token_hex(8))
    pair = match.objects.create(volunteer=amina, called="Efebird")
    for n in range(50):
        contact.objects.create(
            key=uuid.uuid4(), match=pair, at=timezone.now() - dt.timedelta(hours=12 * n + 1), minutes=30,
            channel="phone", areas=5, effort=2, note="She will bring the form on Tuesday.",
        )  # fmt: skip
    VIEWS["log"], VIEWS["contacts"] = _views(match, contact)
    browser = Client()
    browser.force_login(amina)
    token = _get_new_csrf_string()
    cookie = f"sessionid={browser.cookies['sessionid'].value}; csrftoken={token}"
    form = {"csrfmiddlewaretoken": token, "match": str(pair.pk), "minutes": "30", "channel": "phone",
            "at": timezone.now().isoformat(), "areas": "2", "effort": "2",
            "note": "She will bring the form."}  # fmt: skip
    connection.close()
    return get_wsgi_application(), cookie, form


VIEWS: dict[str, Any] = {}


def _views(match: Any, contact: Any) -> tuple[Any, Any]:
    from django import forms
    from django.contrib.auth.decorators import login_required
    from django.db import transaction
    from django.http import HttpResponse, HttpResponseRedirect
    from django.shortcuts import get_object_or_404, render
    from django.utils import timezone

    class ContactForm(forms.ModelForm):  # type: ignore[misc]
        class Meta:
            model = contact
            fields = ("key", "match", "at", "minutes", "channel", "areas", "effort", "note")

        def clean_at(self) -> dt.datetime:
            if self.cleaned_data["at"] > timezone.now():
                raise forms.ValidationError("In the future.")
            at: dt.datetime = self.cleaned_data["at"]
            return at

    @login_required  # type: ignore[untyped-decorator]
    def log(request: Any) -> Any:
        get_object_or_404(match, pk=request.POST.get("match"), volunteer=request.user, active=True)
        form = ContactForm(request.POST)
        if not form.is_valid():
            return HttpResponse(form.errors.as_text(), status=422)
        with transaction.atomic():
            form.save()
        return HttpResponseRedirect("/contacts/")

    @login_required  # type: ignore[untyped-decorator]
    def contacts(request: Any) -> Any:
        found = contact.objects.filter(match__volunteer=request.user).select_related("match").order_by("-at")
        return render(request, "list.html", {"contacts": found[:50]})

    return log, contacts


def _routes() -> list[Any]:
    from django.urls import path

    return [
        path("log/", lambda request: VIEWS["log"](request)),
        path("contacts/", lambda request: VIEWS["contacts"](request)),
    ]


def __getattr__(name: str) -> Any:
    """Give Django its routes, which can be made only once it is set up."""
    if name == "urlpatterns":
        return _routes()
    raise AttributeError(name)
