"""How evidence, levels and waiting times are said on a page."""

from collections.abc import Mapping

from peerlink.features.risks.rules.context.topics import TOPIC
from peerlink.features.risks.rules.volunteers.burnout.instruments import SCORE
from peerlink.framework import catalogue
from peerlink.framework.contact_words import Technique, Topic
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactRequest
from peerlink.instruments.checkin import ITEMS
from peerlink.words import N_, _

CALLS = {
    Level.CRITICAL: N_("Call today"),
    Level.ALERT: N_("Call this week"),
    Level.WATCH: N_("Check in"),
}
"""What a level asks of whoever looks after somebody."""
OFFERS = {
    Level.CRITICAL: N_("A call today"),
    Level.ALERT: N_("A call this week"),
    Level.WATCH: N_("A word"),
}
"""The same as the volunteer reads it."""
NAMES = {
    "active_volunteers": N_("Active volunteers"),
    "age": N_("Days since the check-in"),
    "age_of_score": N_("Days since the form was answered"),
    "cancelled_by_volunteer_30": N_("Called off by the volunteer, 30 days"),
    "change_from_own_mean": N_("Strain above the own usual"),
    "contact_request": N_("Would like to be contacted"),
    "days_late": N_("Days the oldest payment is late"),
    "days_left_first": N_("Days left of the training that runs out first"),
    "days_paused": N_("Days of pause"),
    "days_silent": N_("Days of silence"),
    "days_since_one_to_one": N_("Days since the last one-to-one"),
    "days_since_team_contact": N_("Days since meeting the team"),
    "days_since_training": N_("Days since the last training"),
    "days_without_contact": N_("Days without contact"),
    "evenness_90": N_("Mix of support, 90 days (0 one kind, 1 all alike)"),
    "exhaustion": N_("Exhaustion"),
    "exposed": N_("Recognised through this role, not settled"),
    "expired_share": N_("Share with training that ran out"),
    "fall_from_own_mean": N_("Wish to stay, below the own usual"),
    "free_share": N_("Share of places that are free"),
    "hard_contacts_60": N_("Hard contacts, 60 days"),
    "hard_share_60": N_("Share of hard contacts, 60 days"),
    "heavy_contacts_7": N_("Heavy contacts, 7 days"),
    "heavy_share_28": N_("Share of heavy contacts, 28 days"),
    "heavy_without_debrief": N_("Heavy contacts not talked over"),
    "held_90": N_("Contacts held, 90 days"),
    "hours_ratio": N_("Hours given, as a share of those agreed"),
    "known_risk": N_("Something on record asks to look soon"),
    "ledger_age": N_("Days since the latest balance"),
    "load_ratio": N_("People supported, as a share of those agreed"),
    "missed_in_a_row": N_("Missed since the last one held"),
    "motivational_untrained_90": N_("Motivational conversations without training for them, 90 days"),
    "not_a_fit_180": N_("Matches that did not fit, 180 days"),
    "not_safe_60": N_("Contacts at a place they rated not safe, 60 days"),
    "open_matches": N_("Open matches"),
    "out_of_hours_share_28": N_("Share early or late in the day, 28 days"),
    "outcome_entered_share": N_("Share of contacts with an outcome"),
    "owed_share": N_("Share of volunteers owed a late payment"),
    "responders": N_("Volunteers who answered lately"),
    "share_left_365": N_("Share that left in a year"),
    "share_with_capacity": N_("Share with an agreed number of people"),
    "stipends_stopped": N_("Stipends that stopped while expected"),
    "strain": N_("Strain"),
    "strain_before": N_("Strain the time before"),
    "strained_share": N_("Share of those who answered with much strain"),
    "topics_untrained_90": N_("Topics without training for them, 90 days"),
    "training_hours_365": N_("Hours of training a year, each"),
    "unfair_share": N_("Share of those who answered to whom it feels unfair"),
    "unprepared_share": N_("Share of those who answered who felt unprepared"),
    "violent_contacts_60": N_("Contacts with violence, 60 days"),
    "volunteers_left_365": N_("Volunteers who left in a year"),
    "volunteers_left_90": N_("Volunteers who left in 90 days"),
    "waiting_too_long": N_("People who wait too long"),
} | {item.id: item.text for item in ITEMS}
_MODULE = "days_left_"
_YES_NO = {"yes": N_("yes"), "no": N_("no")}


def evidence_rows(evidence: list[dict[str, object]] | None) -> list[dict[str, str]]:
    """Say each number a level rests on: what it is, how much, the line it is held against, from how many."""
    return [
        {
            "name": _name_of(str(one["name"])),
            "value": _value(one["value"], one["unit"]),
            "line": _value(one["threshold"], one["unit"]) if one["threshold"] is not None else "–",
            "n": str(one["n"]) if one["n"] is not None else "–",
        }
        for one in evidence or []
    ]


def action_in_words(code: str) -> str:
    """Say what an action is."""
    return _(catalogue.action(code).title)


def rules_in_words(counts: Mapping[str, int]) -> str:
    """Name rules with how often each occurs."""
    return ", ".join(f"{_(catalogue.rule(rule).name)} ({n})" for rule, n in sorted(counts.items()))


def topic_in_words(code: str) -> str:
    """Name a topic, or the motivational conversation."""
    if code == Technique.MOTIVATIONAL:
        return _(Technique.MOTIVATIONAL.label)
    return _(Topic(code).label)


def _name_of(name: str) -> str:
    if name in NAMES:
        return _(NAMES[name])
    if name.startswith(_MODULE):
        return _("Days left of the training %(module)s", module=name.removeprefix(_MODULE))
    if name.startswith(TOPIC):
        return _("%(topic)s without training for it, 90 days", topic=topic_in_words(name.removeprefix(TOPIC)))
    if name.startswith(SCORE):
        return name.removeprefix(SCORE)
    return _(NAMES[name])


def _value(value: object, unit: object) -> str:
    if value is None:
        return _("not known")
    if isinstance(value, str):
        return _(_YES_NO[value]) if value in _YES_NO else _(ContactRequest(value).label)
    number = float(str(value))
    if unit in {"share", "ratio"}:
        return f"{100 * number:.0f} %"
    return (
        f"{number:.2f}" if unit == "evenness" else f"{number:g}" if number.is_integer() else f"{number:.1f}"
    )
