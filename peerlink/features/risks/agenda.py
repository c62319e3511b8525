"""Flags on the agenda of a talk: what was opened, rose or fell since the last one."""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_

from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import flags_about_me, flags_for, intact
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.shown import Seen, see_all
from peerlink.features.supervision.agenda import AgendaItem, Span
from peerlink.framework.agenda_words import AgendaTopic, Tone
from peerlink.framework.levels import Level
from peerlink.roles import Viewer
from peerlink.store.lookup import many
from peerlink.words import _


def flags(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Return a volunteer's flags as this viewer sees them: those that stand, and those that fell since."""
    found, _damaged = intact(_since(span, viewer))
    about_me = span.volunteer.id == viewer.person_id
    for one in see_all(found, viewer):
        where = {} if about_me else {"flag_id": one.flag.id}
        endpoint = "risks.mine" if about_me else "risks.flag"
        closed_on = one.flag.closed_on
        if closed_on is not None:
            said, tone, on = _("%(flag)s: over", flag=one.title), Tone.GOOD, closed_on
        else:
            said = f"{one.title}: {one.because}"
            tone = Tone.NEUTRAL if one.level is Level.WATCH or one.eased_on else Tone.HEAVY
            on = one.since_on
        topic = AgendaTopic.WELL if closed_on else AgendaTopic.FLAG
        yield AgendaItem(
            topic=topic,
            sentence=said if closed_on else _moved(one, span, said),
            on=on,
            tone=tone,
            endpoint=endpoint,
            asked=where,
        )


def _moved(one: Seen, span: Span, said: str) -> str:
    """Say whether a flag is new since the last talk, or stands at another level than then."""
    if one.flag.opened_on >= span.since:
        return _("New: %(said)s", said=said)
    return _("Changed: %(said)s", said=said) if one.since_on >= span.since else said


def _since(span: Span, viewer: Viewer) -> Sequence[Flag]:
    if span.volunteer.id == viewer.person_id:
        return flags_about_me(viewer)
    asked = flags_for(viewer).where(
        Flag.subject_kind == Subject.VOLUNTEER,
        Flag.about_id == span.volunteer.id,
        or_(Flag.closed_on.is_(None), Flag.closed_on >= span.since),
    )
    return many(asked.order_by(Flag.since_on, Flag.id))
