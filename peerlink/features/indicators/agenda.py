"""What contacts, load, training and check-ins bring to the agenda of a talk; never who a participant is."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.contacts.queries import contacts_for
from peerlink.features.indicators import gather
from peerlink.features.programmes.queries import limits
from peerlink.features.recognition.models import Thanks
from peerlink.features.recognition.queries import thanks_for
from peerlink.features.supervision.agenda import AgendaItem, Span
from peerlink.features.training.catalogue import module_names, name_in
from peerlink.features.training.queries import completions_of, mandatory_of
from peerlink.features.wellbeing.queries import as_instrument, checkins_of
from peerlink.framework.agenda_words import AgendaTopic, Tone
from peerlink.framework.vocabularies import ContactStatus, TrainingResult
from peerlink.instruments.checkin import strain
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.words import _

RUNS_OUT = dt.timedelta(days=60)
"""How long before a module runs out it is talked about; the first reminder goes out then."""


def contacts(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Count a volunteer's contacts since the last talk: the heavy ones by their days, and what helped."""
    held = many(
        contacts_for(viewer).where(
            Contact.volunteer_id == span.volunteer.id,
            Contact.status == ContactStatus.HELD,
            Contact.day >= span.since,
        )
    )
    heavy = sorted((one.day for one in held if one.heavy), reverse=True)
    if heavy:
        yield AgendaItem(
            topic=AgendaTopic.HEAVY,
            sentence=_("Heavy contacts: %(n)d", n=len(heavy)),
            days=tuple(heavy),
            tone=Tone.HEAVY,
        )
    details = many(select(ContactDetail).where(ContactDetail.id.in_([one.id for one in held])))
    helped = sum(one.helped is True for one in details)
    if helped:
        yield AgendaItem(
            topic=AgendaTopic.WELL,
            sentence=_("Contacts that helped: %(n)d of %(held)d", n=helped, held=len(held)),
            tone=Tone.GOOD,
        )
    elif held:
        yield AgendaItem(
            topic=AgendaTopic.WELL, sentence=_("Contacts held: %(n)d", n=len(held)), tone=Tone.GOOD
        )


def load(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Hold what a volunteer carries against what they agreed to."""
    del viewer
    who = span.volunteer
    with gate.opened("what somebody carries is counted; only numbers are shown"):
        facts = gather.volunteer_facts(span.today, [who.id]).get(who.id)
    if facts is None:
        return
    people, hours = facts.n_active_matches, facts.minutes_28 / 60
    if who.capacity is not None and people:
        yield AgendaItem(
            topic=AgendaTopic.LOAD,
            sentence=_("People supported: %(n)d; agreed: %(agreed)d", n=people, agreed=who.capacity),
            tone=Tone.HEAVY if people > who.capacity else Tone.NEUTRAL,
        )
    elif people:
        yield AgendaItem(
            topic=AgendaTopic.LOAD, sentence=_("People supported: %(n)d; nothing agreed", n=people)
        )
    if who.agreed_hours and hours:
        yield AgendaItem(
            topic=AgendaTopic.LOAD,
            sentence=_("Hours in four weeks: %(n).0f; agreed: %(agreed)d", n=hours, agreed=who.agreed_hours),
            tone=Tone.HEAVY if hours > who.agreed_hours else Tone.NEUTRAL,
        )
    elif hours:
        yield AgendaItem(
            topic=AgendaTopic.LOAD, sentence=_("Hours in four weeks: %(n).0f; nothing agreed", n=hours)
        )


def training(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Name the modules that run out soon or have, and those passed since the last talk."""
    who, names = span.volunteer, module_names()
    for module, until in sorted(mandatory_of([who.id])[who.id].items(), key=lambda one: one[1]):
        if until < span.today:
            said, tone = _("%(module)s has run out", module=name_in(names, module)), Tone.HEAVY
        elif until <= span.today + RUNS_OUT:
            said, tone = _("%(module)s runs out soon", module=name_in(names, module)), Tone.NEUTRAL
        else:
            continue
        yield AgendaItem(topic=AgendaTopic.TRAINING, sentence=said, on=until, tone=tone)
    for one in completions_of(who.id, viewer):
        if one.completed_on >= span.since and one.result is TrainingResult.PASSED:
            yield AgendaItem(
                topic=AgendaTopic.WELL,
                sentence=_("Passed: %(module)s", module=name_in(names, one.module)),
                on=one.completed_on,
                tone=Tone.GOOD,
            )


def checkins(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Say that strain has eased, to whoever may read a volunteer's answers."""
    answered = [one for one in checkins_of(span.volunteer.id, viewer) if one.answered_on is not None]
    in_force = limits()
    scores = [
        (one.answered_on, score)
        for one in as_instrument(answered)
        if (score := strain(one.answers, in_force)) is not None
    ]
    if len(scores) < 2:
        return
    (_then, before), (on, now) = scores[-2:]
    if now < before and on is not None and on >= span.since:
        yield AgendaItem(
            topic=AgendaTopic.WELL,
            sentence=_("Strain has eased: %(now).0f of 100, %(before).0f before", now=now, before=before),
            on=on,
            tone=Tone.GOOD,
        )


def thanks(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Count the thanks since the last talk: all of them for the volunteer, for others those they said."""
    said = many(thanks_for(viewer).where(Thanks.volunteer_id == span.volunteer.id))
    n = sum(one.said_at.date() >= span.since for one in said)
    if n:
        yield AgendaItem(topic=AgendaTopic.WELL, sentence=_("Words of thanks: %(n)d", n=n), tone=Tone.GOOD)
