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
            yield AgendaItem(
                topic=AgendaTopic.WELL,
                sentence=_("%(flag)s: over", flag=one.title),
                on=closed_on,
                tone=Tone.GOOD,
                endpoint=endpoint,
                asked=where,
            )
            continue
        yield AgendaItem(
            topic=AgendaTopic.FLAG,
            title=one.title,
            sentence=one.because,
            mark=_mark(one, span),
            on=one.since_on,
            tone=Tone.NEUTRAL if one.level is Level.WATCH or one.eased_on else Tone.HEAVY,
            endpoint=endpoint,
            asked=where,
        )


def _mark(one: Seen, span: Span) -> str:
    """Say whether a flag is new since the last talk, or stands at another level than then."""
    if one.flag.opened_on >= span.since:
        return _("new")
    return _("changed") if one.since_on >= span.since else ""


def _since(span: Span, viewer: Viewer) -> Sequence[Flag]:
    if span.volunteer.id == viewer.person_id:
        return flags_about_me(viewer)
    asked = flags_for(viewer).where(
        Flag.subject_kind == Subject.VOLUNTEER,
        Flag.about_id == span.volunteer.id,
        or_(Flag.closed_on.is_(None), Flag.closed_on >= span.since),
    )
    return many(asked.order_by(Flag.since_on, Flag.id))
