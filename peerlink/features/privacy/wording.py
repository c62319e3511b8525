"""How the trail names the pages on which records were opened."""

from peerlink.features.privacy.rules import KINDS
from peerlink.words import N_, _

PAGES = {
    "home.index": N_("today"),
    "participants.index": N_("the list of participants"),
    "participants.search": N_("a search for participants"),
    "participants.show": N_("a participant's page"),
    "participants.edit": N_("a participant's details"),
    "participants.consents": N_("a participant's consents"),
    "volunteers.index": N_("the list of volunteers"),
    "volunteers.search": N_("a search for volunteers"),
    "volunteers.show": N_("a volunteer's page"),
    "volunteers.edit": N_("a volunteer's details"),
    "volunteers.mine": N_("their own details as a volunteer"),
    "matching.board": N_("the matching board"),
    "matching.everybody": N_("the list of who waits"),
    "matching.pair": N_("a pair"),
    "matching.proposals": N_("the proposals"),
    "matching.mine": N_("their own proposals"),
    "matching.matches": N_("the list of matches"),
    "matching.match": N_("a match"),
    "matching.leaving": N_("handing over"),
    "contacts.new": N_("logging a contact"),
    "contacts.new_with": N_("logging a contact"),
    "contacts.again": N_("logging a contact"),
    "contacts.index": N_("the list of contacts"),
    "contacts.show": N_("a contact"),
    "contacts.saved": N_("a contact just logged"),
    "contacts.of_match": N_("the contacts of a match"),
    "contacts.of_participant": N_("a participant's contacts"),
    "contacts.of_volunteer": N_("a volunteer's contacts"),
    "training.index": N_("whose training runs out"),
    "training.register": N_("a volunteer's training"),
    "supervision.index": N_("the sessions to come"),
    "supervision.sessions": N_("a volunteer's sessions"),
    "supervision.held": N_("writing a session down"),
    "wellbeing.form": N_("a check-in form"),
    "wellbeing.reader": N_("who reads their check-ins"),
    "wellbeing.choose": N_("who reads their check-ins"),
    "wellbeing.choose_again": N_("who reads their check-ins"),
    "wellbeing.answer": N_("a check-in form"),
    "wellbeing.mine": N_("their own check-ins"),
    "wellbeing.theirs": N_("a volunteer's check-ins"),
    "recognition.mine": N_("their own month"),
    "recognition.thank": N_("thanking a volunteer"),
    "recognition.event": N_("a team day"),
    "recognition.new_event": N_("planning a team day"),
    "risks.care": N_("team care"),
    "risks.helps": N_("what helps"),
    "risks.my_tasks": N_("their own tasks"),
    "risks.flags": N_("the flags page"),
    "risks.flag": N_("a flag"),
    "risks.board": N_("the board of flags"),
    "risks.mine": N_("their own flags"),
    "incidents.index": N_("the list of incidents"),
    "incidents.show": N_("an incident"),
    "incidents.on_paper": N_("an incident on paper"),
    "programmes.index": N_("the programme"),
    "programmes.place_list": N_("the places"),
    "programmes.show_place": N_("a place"),
    "accounts.me": N_("their own account"),
    "calendar.mine": N_("their own calendar"),
    "staff.index": N_("the list of accounts"),
    "staff.show": N_("an account"),
    "privacy.index": N_("the audit"),
    "privacy.own": N_("everything kept about themself"),
    "privacy.take_own": N_("everything kept about themself"),
    "privacy.who_looked_at_me": N_("who looked at their own record"),
    "privacy.who_looked_at_participant": N_("who looked at a participant"),
    "privacy.who_looked_at_volunteer": N_("who looked at a volunteer"),
}
ROOMS = {
    "accounts": N_("signing in"),
    "calendar": N_("calendar"),
    "contacts": N_("contacts"),
    "incidents": N_("incidents"),
    "matching": N_("matching"),
    "moving": N_("moving in"),
    "participants": N_("participants"),
    "privacy": N_("audit"),
    "programmes": N_("programme"),
    "recognition": N_("thanks and team days"),
    "risks": N_("flags"),
    "staff": N_("accounts"),
    "supervision": N_("supervision"),
    "training": N_("training"),
    "volunteers": N_("volunteers"),
    "wellbeing": N_("check-ins"),
}
"""What a page without a name of its own is about."""
OWN = {
    "account": N_("My account"),
    "volunteer": N_("What I offer, and how I am reached"),
    "checkin": N_("My check-ins, with what I wrote"),
    "supervision": N_("My sessions"),
    "agreed_action": N_("What we agreed in sessions"),
    "state_change": N_("What happened when"),
    "flag": N_("Flags about me"),
    "signing": N_("Agreements I signed"),
    "exit_talk": N_("A talk about leaving"),
    "privacy_plan": N_("My privacy plan"),
    "attendance": N_("Training I was asked to"),
    "completion": N_("Training I took"),
    "competency": N_("How sure I am at something"),
    "training_wish": N_("Training I wish for"),
    "response": N_("My questionnaires"),
    "claim": N_("My claims"),
    "receipt": N_("My receipts"),
    "stipend_agreement": N_("What is agreed on pay"),
    "pay_details": N_("How I am paid"),
    "safety_call": N_("Calls for help"),
    "lone_visit": N_("Visits I was on"),
    "thanks": N_("Thanks I was given"),
}
"""What is kept about somebody, in their own words; the rest are counts."""


def page_in_words(endpoint: str) -> str:
    """Name the page; one without a name of its own by its room, one of no room as it is."""
    if endpoint in PAGES:
        return _(PAGES[endpoint])
    room = endpoint.partition(".")[0]
    return _(ROOMS[room]) if room in ROOMS else endpoint


def kind_in_words(table: str) -> str:
    """Say what a kind of record is to the person it is about."""
    return _(OWN[table]) if table in OWN else _(KINDS.get(table, N_("What is counted")))
