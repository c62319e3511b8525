"""Which room stands at which address, which ways lead there, and who listens."""

from flask import Flask

from peerlink.features.accounts.sites import learn_sites
from peerlink.features.accounts.views import calendar, door, staff
from peerlink.features.contacts import listeners as contacts_listeners
from peerlink.features.contacts import views as contacts
from peerlink.features.finance import listeners as finance_listeners
from peerlink.features.finance import views as finance
from peerlink.features.home import settled
from peerlink.features.home import views as home
from peerlink.features.incidents import listeners as incidents_listeners
from peerlink.features.incidents import views as incidents
from peerlink.features.indicators import listeners as indicators
from peerlink.features.matching import listeners as matching_listeners
from peerlink.features.matching import views as matching
from peerlink.features.moving import views as moving
from peerlink.features.notices import listeners as notices_listeners
from peerlink.features.notices import views as notices
from peerlink.features.notices.queries import n_new
from peerlink.features.participants import views as participants
from peerlink.features.privacy import listeners as privacy
from peerlink.features.privacy import views as trail
from peerlink.features.programmes import views as programmes
from peerlink.features.programmes.queries import site_names
from peerlink.features.questionnaires import views as questionnaires
from peerlink.features.recognition import listeners as recognition_listeners
from peerlink.features.recognition import views as recognition
from peerlink.features.recruitment import listeners as recruitment_checks
from peerlink.features.recruitment import views as recruitment
from peerlink.features.risks import listeners as risks_listeners
from peerlink.features.risks import views as risks
from peerlink.features.risks.views import needs
from peerlink.features.safety import listeners as safety_listeners
from peerlink.features.safety import views as safety
from peerlink.features.supervision import listeners as supervision_listeners
from peerlink.features.supervision import views as supervision
from peerlink.features.training import listeners as training_checks
from peerlink.features.training import views as training
from peerlink.features.volunteers import views as volunteers
from peerlink.features.wellbeing import listeners as wellbeing_listeners
from peerlink.features.wellbeing import views as wellbeing
from peerlink.roles import Permission
from peerlink.web.navigation import Setting, Way, set_news, set_ways
from peerlink.web.person_tabs import Tab, set_journeys, set_tabs
from peerlink.words import N_

ROOMS = (
    door.bp,
    staff.bp,
    calendar.bp,
    home.bp,
    moving.bp,
    programmes.bp,
    participants.bp,
    volunteers.bp,
    recruitment.bp,
    training.bp,
    supervision.bp,
    wellbeing.bp,
    questionnaires.bp,
    finance.bp,
    matching.bp,
    contacts.bp,
    recognition.bp,
    incidents.bp,
    safety.bp,
    risks.bp,
    needs.bp,
    trail.bp,
    notices.bp,
)
LISTENERS = (
    privacy,
    matching_listeners,
    contacts_listeners,
    incidents_listeners,
    safety_listeners,
    training_checks,
    finance_listeners,
    recruitment_checks,
    supervision_listeners,
    wellbeing_listeners,
    indicators,
    recognition_listeners,
    risks_listeners,
    notices_listeners,
)
WAYS = (
    Way("home.index", N_("Today"), "home", Permission.SIGNED_IN),
    Way("matching.board", N_("Matching"), "match", Permission.MATCH, "m"),
    Way("participants.index", N_("Participants"), "team", Permission.SEE_PARTICIPANTS, "p"),
    Way("volunteers.index", N_("Volunteers"), "group", Permission.SEE_VOLUNTEERS, "v"),
    Way("contacts.new", N_("Log"), "plus", Permission.LOG_CONTACT),
    Way("contacts.index", N_("Contacts"), "contacts", Permission.LOG_CONTACT),
    Way("matching.mine", N_("New people"), "match", Permission.ANSWER_PROPOSAL),
    Way("risks.care", N_("Team care"), "care", Permission.CARE, "c"),
    Way("supervision.index", N_("Sessions"), "calendar", Permission.CARE, "s"),
    Way("risks.flags", N_("Flags"), "flag", Permission.SEE_FLAGS, "f"),
    Way("finance.money", N_("Money"), "decide", Permission.PAY),
    Way("finance.queue", N_("Claims"), "decide", Permission.APPROVE_CLAIMS),
    Way("training.index", N_("Training"), "training", Permission.HOLD_TRAINING, "t"),
    Way("incidents.index", N_("Incidents"), "alert", Permission.HANDLE_INCIDENTS, "i"),
    Way("safety.calls", N_("Calls"), "call", Permission.BE_ON_DUTY),
    Way("recognition.team", N_("Team days"), "group", Permission.THANK),
    Way("programmes.index", N_("Programme"), "settings", Permission.KEEP_PROGRAMME),
    Way("moving.start", N_("Import"), "upload", Permission.IMPORT),
    Way("recognition.mine", N_("Me"), "leaf", Permission.SEE_OWN),
    Way("staff.index", N_("Accounts"), "key", Permission.KEEP_ACCOUNTS),
    Way("privacy.index", N_("Audit"), "shield", Permission.SEE_AUDIT),
)
"""The ways of everybody's work; a desk shows the first of them in its bar, a phone at the thumb."""
OWN_WAYS = (
    Way("safety.show_help", N_("I need help"), "call", Permission.SIGNED_IN),
    Way("wellbeing.mine", N_("How I am"), "leaf", Permission.ANSWER_CHECKIN),
    Way("supervision.mine", N_("My sessions"), "listen", Permission.SEE_OWN),
    Way("training.mine", N_("My training"), "training", Permission.SEE_OWN),
    Way("finance.mine", N_("My claims"), "decide", Permission.CLAIM),
    Way("safety.going", N_("Going to a visit"), "visit", Permission.LOG_CONTACT),
    Way("volunteers.mine", N_("What I offer"), "care", Permission.ANSWER_PROPOSAL),
    Way("questionnaires.mine", N_("My forms"), "file", Permission.ANSWER_CHECKIN),
    Way("recruitment.my_agreements", N_("My agreements"), "file", Permission.SEE_OWN),
    Way("recruitment.my_privacy", N_("My privacy"), "lock", Permission.SEE_OWN),
    Way("questionnaires.shared", N_("Results shown to me"), "file", Permission.CARE),
    Way("incidents.new", N_("Report something"), "alert", Permission.REPORT_INCIDENT),
    Way("accounts.me", N_("My account"), "user", Permission.SIGNED_IN),
    Way("calendar.mine", N_("My calendar"), "calendar", Permission.SIGNED_IN),
    Way("notices.reach", N_("How I am told"), "mail", Permission.SIGNED_IN),
    Way("privacy.own", N_("Kept about me"), "file", Permission.SEE_OWN),
    Way("privacy.who_looked_at_me", N_("Who looked at my record"), "shield", Permission.ANSWER_PROPOSAL),
)
"""What stands behind the sign of whoever is looking."""

_KEEP = Permission.KEEP_PROGRAMME
_GROUND, _PEOPLE, _CARE = N_("The programme"), N_("Volunteers"), N_("Safety and care")
SETTINGS = (
    Setting(
        "programmes.settings", N_("How we work"), "settings", _KEEP, group=_GROUND,
        says=N_("What we are called, our time zone, and what we do without."), state=settled.ground,
    ),
    Setting(
        "programmes.place_list", N_("Places"), "place", _KEEP, group=_GROUND,
        says=N_("Where people may meet safely."), state=settled.places_settled,
    ),
    Setting(
        "programmes.thresholds", N_("Thresholds"), "chart", _KEEP, group=_GROUND,
        says=N_("The numbers the rules go by, each with its reason."), state=settled.thresholds,
    ),
    Setting(
        "notices.settings", N_("Messages"), "mail", _KEEP, group=_GROUND,
        says=N_("How people are told that something is new."), state=settled.mail,
    ),
    Setting(
        "recruitment.settings", N_("Offers to help"), "add", _KEEP, group=_PEOPLE,
        says=N_("A page on which anybody can offer to help."), state=settled.offers,
    ),
    Setting(
        "recruitment.agreements", N_("Agreements"), "file", _KEEP, group=_PEOPLE,
        says=N_("What every volunteer reads and signs."), state=settled.agreements,
    ),
    Setting(
        "training.module_list", N_("Training modules"), "training", _KEEP, group=_PEOPLE,
        says=N_("What is taught, and for how long it counts."), state=settled.modules,
    ),
    Setting(
        "safety.show_plan", N_("Safety"), "shield", _KEEP, group=_CARE,
        says=N_("What happens on the day somebody is in danger."), state=settled.safety,
    ),
    Setting(
        "safety.duty", N_("Who is on duty"), "calendar", _KEEP, group=_CARE,
        says=N_("Who answers when somebody needs a call."), state=settled.duty,
    ),
    Setting(
        "questionnaires.index", N_("Questionnaires"), "file", _KEEP, group=_CARE,
        says=N_("Short forms that volunteers may be asked."), state=settled.questionnaires,
    ),
    Setting(
        "wellbeing.precision", N_("How sure a change is"), "leaf", _KEEP, group=_CARE,
        says=N_("How far a score goes up and down by chance."), state=settled.precision,
    ),
)  # fmt: skip
"""What a programme sets once: pages of any room that lead on from the programme's own."""

PARTICIPANT_TABS = (
    Tab("participants.show", N_("Overview"), "user", Permission.SEE_PARTICIPANTS),
    Tab("privacy.who_looked_at_participant", N_("Who looked"), "shield", Permission.SEE_PARTICIPANTS),
)
VOLUNTEER_TABS = (
    Tab("volunteers.show", N_("Overview"), "user", Permission.SEE_VOLUNTEERS),
    Tab("recruitment.start", N_("Getting started"), "ok", Permission.KEEP_VOLUNTEERS),
    Tab("training.register", N_("Training"), "training", Permission.SEE_VOLUNTEERS),
    Tab("matching.leaving", N_("Matches"), "match", Permission.MATCH),
    Tab("supervision.sessions", N_("Sessions"), "care", Permission.SEE_VOLUNTEERS),
    Tab("wellbeing.theirs", N_("Check-ins"), "leaf", Permission.CARE),
    Tab("questionnaires.theirs", N_("Forms"), "file", Permission.CARE),
    Tab("finance.of_volunteer", N_("Payments"), "decide", Permission.APPROVE_CLAIMS),
    Tab("recognition.thank", N_("Thanks"), "leaf", Permission.THANK),
    Tab("recruitment.privacy", N_("Privacy"), "lock", Permission.SEE_VOLUNTEERS),
    Tab("privacy.who_looked_at_volunteer", N_("Who looked"), "shield", Permission.KEEP_VOLUNTEERS),
)

JOURNEYS = {"left": "recruitment.leaving"}
"""Steps of a volunteer that take more than a word: the page each of them leads to."""


def wire(app: Flask) -> None:
    """Open every room, connect every listener and show the ways."""
    for room in ROOMS:
        app.register_blueprint(room)
    connect()
    set_ways(WAYS, OWN_WAYS, SETTINGS)
    set_news("home.index", n_new)
    learn_sites(site_names)
    set_tabs("participant", PARTICIPANT_TABS)
    set_tabs("volunteer", VOLUNTEER_TABS)
    set_journeys("volunteer", JOURNEYS)


def connect() -> None:
    """Connect every listener; commands and jobs need them as much as pages do."""
    for listener in LISTENERS:
        listener.connect()
