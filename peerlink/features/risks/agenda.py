"""Flags on the agenda of a talk: what moved since the last one, what is to be done, what helped."""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_

from peerlink.features.risks.aftermath import scores_of, tried
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import flags_about_me, flags_for, intact, steps_of
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules.aftermath import Outcome
from peerlink.features.risks.shown import Seen, see_all
from peerlink.features.risks.task_list import open_tasks
from peerlink.features.risks.wording import action_in_words
from peerlink.features.supervision.agenda import AgendaItem, Span
from peerlink.features.volunteers.queries import read_by
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


def tasks(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Return what this viewer has still to do about a volunteer; the volunteer has no part in that list."""
    if span.volunteer.id == viewer.person_id:
        return
    for one in open_tasks(viewer):
        if one.about_id == span.volunteer.id:
            title = _(one.way.label) if one.way is not None else action_in_words(one.code)
            yield AgendaItem(
                topic=AgendaTopic.ACTION,
                sentence=f"{title} ({_(one.step.label)})" if one.step is not None else title,
                on=one.due_on,
                tone=Tone.HEAVY if one.due_on < span.today else Tone.NEUTRAL,
                endpoint="risks.my_tasks",
            )


def helped(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Return what was done and after which strain came down since the last talk, for whoever reads it."""
    if span.volunteer.id not in read_by(viewer):
        return
    found, _damaged = intact(_since(span, viewer))
    for one in tried(steps_of(found), scores_of(span.volunteer.id, viewer)):
        if one.aftermath is not None and one.aftermath.outcome is Outcome.DOWN and one.aftermath.after:
            seen_on = one.aftermath.after[-1][0]
            if seen_on >= span.since:
                yield AgendaItem(
                    topic=AgendaTopic.WELL,
                    sentence=f"{one.title}: {one.sentence}",
                    on=seen_on,
                    tone=Tone.GOOD,
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
