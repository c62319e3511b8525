"""Judges whoever something happened to, in the same transaction."""

import uuid
from typing import Protocol

from peerlink import clock
from peerlink.events import listen
from peerlink.features.contacts.events import CallAsked, ContactKept
from peerlink.features.incidents.events import AboutIncident
from peerlink.features.matching import sources
from peerlink.features.matching.events import AboutMatch
from peerlink.features.programmes.events import WorkbookImported
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.questionnaires.events import ResponseTakenBack, ResultChanged
from peerlink.features.recognition.events import TeamMemberMet
from peerlink.features.recruitment.events import (
    HandoverForgotten,
    HandoverPlanned,
    LeavingStated,
    LeavingTakenBack,
    PrivacyPlanKept,
)
from peerlink.features.risks import heavy
from peerlink.features.risks.agenda import flags, helped, tasks
from peerlink.features.risks.keeping import forget_what_was_said
from peerlink.features.risks.passing import ask_anew
from peerlink.features.risks.queries import held_back, is_flagged
from peerlink.features.risks.rounds import (
    look_again_as_before,
    look_again_at_everybody,
    look_again_at_participant,
    look_again_at_volunteer,
)
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.service import undo_talk
from peerlink.features.safety.events import CallClosed
from peerlink.features.supervision.agenda import hear
from peerlink.features.supervision.events import SupervisionHeld, SupervisionTakenBack
from peerlink.features.training.events import TrainingRecorded
from peerlink.features.volunteers.events import OfferChanged, ReaderChosen, VolunteerStepped
from peerlink.features.wellbeing.events import CheckinAnswered
from peerlink.framework.contact_words import ContactStatus
from peerlink.framework.people_words import SupervisionStatus


class AboutVolunteer(Protocol):
    """Something that happened to a volunteer."""

    @property
    def volunteer_id(self) -> uuid.UUID: ...


def connect() -> None:
    """Listen for what rules look at, and tell matching whom to spare (H17).

    Counters listen for contacts too, and stand before this in the list of listeners.
    """
    listen(CheckinAnswered, about_volunteer)
    listen(ResponseTakenBack, about_result_taken_back)
    listen(ResultChanged, about_volunteer)
    listen(SupervisionHeld, about_volunteer)
    listen(TrainingRecorded, about_volunteer)
    listen(OfferChanged, about_volunteer)
    listen(VolunteerStepped, about_volunteer)
    listen(TeamMemberMet, about_volunteer)
    listen(ReaderChosen, about_reader)
    for event in (LeavingStated, LeavingTakenBack, HandoverPlanned, HandoverForgotten, PrivacyPlanKept):
        listen(event, about_volunteer)
    listen(ContactKept, about_contact)
    listen(AboutMatch, about_pair)
    listen(ContactKept, heavy.after_contact)
    listen(CallAsked, heavy.after_asking)
    listen(CallClosed, heavy.after_call)
    listen(SupervisionHeld, heavy.after_talk)
    listen(SupervisionTakenBack, heavy.after_talk_taken_back)
    listen(SupervisionTakenBack, after_talk_taken_back)
    listen(AboutIncident, about_incident)
    listen(WorkbookImported, about_everybody)
    for source in (flags, tasks, helped):
        hear(source)
    sources.hear(sources.held_back_sources, held_back)


def about_volunteer(event: AboutVolunteer) -> None:
    """Judge the volunteer."""
    look_again_at_volunteer(event.volunteer_id)


def after_talk_taken_back(event: SupervisionTakenBack) -> None:
    """Undo what a talk that did not take place was written down as, and let flags stand as before it."""
    if event.was is SupervisionStatus.HELD:
        if event.is_gone:
            undo_talk(event.supervision_id, by=event.by)
        look_again_as_before(event.volunteer_id, event.written_at)


def about_reader(event: ReaderChosen) -> None:
    """Let what rests on answers wait for whoever reads them now."""
    ask_anew(event.volunteer_id, clock.today(programme_zone()))


def about_result_taken_back(event: ResponseTakenBack) -> None:
    """Take out of the flag what may no longer be seen, before the volunteer is judged on the rest."""
    forget_what_was_said("R21", event.volunteer_id)


def about_contact(event: ContactKept) -> None:
    """Judge whom a contact may have moved at once; what only adds up is left to the night.

    A hard contact is about the volunteer. A missed one is about the participant, and so is a held one while
    it is flagged that they drop away.
    """
    sides = [side for side in (event.before, event.after) if side is not None]
    if any(side.heavy or side.difficult for side in sides):
        look_again_at_volunteer(event.volunteer_id)
    missed = any(side.status is ContactStatus.MISSED for side in sides)
    if missed or is_flagged(Subject.PARTICIPANT, event.participant_id):
        look_again_at_participant(event.participant_id)


def about_everybody(event: WorkbookImported) -> None:
    """Judge everybody when a programme has moved in, so that its flags stand before the first night."""
    if event.n_new or event.n_changed:
        look_again_at_everybody()


def about_incident(event: AboutIncident) -> None:
    """Judge whom an incident is about: an open one raises a level, a closed one may let it fall."""
    if event.volunteer_id is not None:
        look_again_at_volunteer(event.volunteer_id)
    if event.participant_id is not None:
        look_again_at_participant(event.participant_id)


def about_pair(event: AboutMatch) -> None:
    """Judge both of the two."""
    look_again_at_volunteer(event.volunteer_id)
    look_again_at_participant(event.participant_id)
