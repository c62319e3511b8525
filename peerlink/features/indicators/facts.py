"""What is counted about a volunteer, a participant and the programme on one day: all that rules know.

`_28` at the end of a name is the window D28: the last 28 days up to and including `on`, in the programme's
time zone. Every window is a difference of two daily counters; the rest are latest rows and short lists.
A missing value is None and never 0: rules turn it into `unknown`.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter

from peerlink.instruments.checkin import Answers
from peerlink.instruments.strain import Checkin

Answered = tuple[tuple[dt.date, dt.date, Answers], ...]
"""One volunteer's answered check-ins, the newest first: the day answered, the day due, the answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeavyContact:
    """Hold one held contact tagged crisis, suicidality, violence, bereavement or relapse."""

    contact: bytes
    """The contact's id, so that a debrief about it can be told from others."""
    held_on: dt.date
    is_critical: bool
    """Whether a tag is suicidality, violence or bereavement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """Hold one held supervision of kind debrief or one_to_one."""

    held_on: dt.date
    about_contact: bytes | None
    """The one contact a debrief was about; None where none was named, and for a one_to_one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldModule:
    """Hold the latest passed or waived row of one mandatory training module."""

    module: str
    """The module's code, for example `safeguarding`."""
    valid_until: dt.date | None
    """The last valid day; None where it never runs out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untrained:
    """Hold what a volunteer carried in D90 without a valid module for it."""

    topics: tuple[tuple[str, int], ...]
    """Each such topic's code and the held contacts it came up in."""
    n_motivational: int
    """Held contacts with a motivational conversation, where no valid module taught it; else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Hold one score of the latest answered form of its kind that the volunteer lets be seen."""

    form: str
    """What was answered, for example `CBI`."""
    scale: str
    on: dt.date
    """The day it was answered."""
    value: float | None
    """None where too little was answered."""
    level: str
    """What the form's own lines say: ok, watch, alert, critical."""
    band: str
    """The name of the stretch it lies in."""
    valid_days: int | None
    """How long it speaks for somebody; None for as long as the programme set."""
    asks_now: bool
    """Whether an answer speaks of harm to oneself."""
    is_handled: bool
    """Whether a professional has it in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerFacts:
    """Count what is known about one volunteer on one day."""

    on: dt.date
    """The day D all of this is counted for."""

    status: str
    """The state on D: applicant, screening, training, active, paused, left, withdrawn, declined."""
    status_since: dt.date | None
    joined_on: dt.date | None
    leaving_on: dt.date | None
    """The day of leaving the volunteer has stated, if any."""
    has_handover_plan: bool
    """Whether it is written down who takes over the open matches."""

    capacity: int | None
    """Matches at a time the volunteer agreed to."""
    agreed_hours: float | None
    """Hours a month the volunteer agreed to."""
    n_active_matches: int
    """Matches with status active."""
    n_open_matches: int
    """Matches with status accepted, active or paused."""
    oldest_active_match_on: dt.date | None
    """The earliest start among the active matches."""
    least_matches_28: int
    """The smallest number of active matches on any day of D28."""
    most_matches_28: int
    """The largest number of active matches on any day of D28."""
    matches_28: tuple[int, ...]
    """The number of active matches on each day of D28, the oldest first; empty where none began or ended."""
    n_not_a_fit_180: int
    """Matches ended in D180 with the reason not_a_fit."""

    last_held_on: dt.date | None
    """The day of the last held contact."""
    last_login_on: dt.date | None
    """The day of the last login; None where there is none or logins are not recorded."""
    n_heavy_7: int
    """Held contacts with a heavy tag in D7."""
    n_held_28: int
    minutes_28: int
    """Minutes of the held contacts in D28; empty minutes are 0."""
    n_heavy_28: int
    """Held contacts with a heavy tag in D28."""
    n_late_28: int
    """Held contacts that began out of hours in D28 (programme time, contact.hours_from and hours_to)."""
    n_cancelled_30: int
    """Contacts planned in D30 that the volunteer cancelled."""
    n_tagged_30: int
    """As n_tagged_60, in D30."""
    n_planned_60: int
    """Contacts whose planned day is in D60, whatever became of them."""
    n_tagged_60: int
    """Held or missed contacts in D60 tagged hostility, rejection, complaint or no_show."""
    n_violent_60: int
    """Contacts in D60 tagged violence."""
    n_not_safe_60: int
    """Contacts in D60 whose place the volunteer rated not safe."""
    is_exposed: bool
    """Whether an incident in which the volunteer was exposed is open, or was reported in D180 (I-SV-PRI) and
    no privacy plan was agreed on since."""
    privacy_plan_on: dt.date | None
    """The day the volunteer's privacy plan was agreed on, as it stands."""
    n_held_90: int
    areas_90: tuple[float, ...]
    """Held contacts in D90 by support area (five numbers); a contact in k areas adds 1/k to each of them."""
    heavy_90: tuple[HeavyContact, ...]
    """The heavy held contacts of D90."""

    checkins: tuple[Checkin, ...]
    """Every check-in due or answered up to D, in any order; the latest six answered ones and whatever was due
    since carry every rule."""

    last_one_to_one_on: dt.date | None
    """The day of the last held one_to_one."""
    last_team_contact_on: dt.date | None
    """The last held supervision of kind group or buddy, or attendance of a group event."""
    last_talk_on: dt.date | None
    """The last recorded talk with the volunteer: a held one_to_one or debrief, or a talk noted on a flag."""
    debriefs_90: tuple[Debrief, ...]
    """The held debriefs and one_to_ones of D90."""

    modules: tuple[HeldModule, ...]
    """The mandatory modules on file."""
    last_development_on: dt.date | None
    """The last day of training with more than 0 hours."""
    last_module_on: dt.date | None
    """The last day a module was passed or waived."""
    untrained_90: Untrained | None
    """What was carried without training; None where too few contacts were held to look (R69)."""

    scores: tuple[Score, ...] | None
    """The scores the volunteer lets whoever reads their check-ins see; None where the programme asks no such
    form and nobody has shown a result."""

    answered: Answered = field(init=False, compare=False, repr=False)
    """Every check-in answered up to D: nine rules ask."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "answered", answered_by(self.on, self.checkins))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantFacts:
    """Count what is known about one participant on one day."""

    on: dt.date
    """The day D all of this is counted for."""
    status: str
    """The state on D: referred, consented, waiting, matched, active, paused, ending, closed, ..."""
    match_started_on: dt.date | None
    """The start of the active match; None without an active match."""
    planned_interval_days: int | None
    """Days between contacts: the match's plan, else the participant's."""
    last_held_on: dt.date | None
    """The day of the last held contact."""
    n_missed_since_held: int
    """Contacts missed by the participant or both since the last held one; cancelled ones do not count."""
    n_due_8_to_89: int
    """Contacts planned 8 to 89 days before D."""
    n_entered_8_to_89: int
    """Those of them whose status is no longer planned or unconfirmed."""
    n_crises_30: int
    """Contacts in D30 tagged crisis or suicidality."""
    latest_viral_load: float | None
    """The latest viral load of D365 in copies per ml."""
    n_safeguarding_open: int
    """Safeguarding incidents about the participant that are not resolved or closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """Count what is known about the whole programme on one day."""

    on: dt.date
    """The day D all of this is counted for."""
    history_days: int
    """Days from the first volunteer's joining to D."""
    n_in_service: tuple[int, ...]
    """Volunteers in service (joined_on to the day before they left) on `same_day_of_the_months(on)`."""
    n_left_365: int
    """Volunteers who left from active or paused in D365."""
    n_left_90: int
    """Volunteers who left from active or paused in D90."""

    n_active: int
    """Volunteers with status active."""
    n_with_capacity: int
    """Those of them whose capacity is set."""
    total_capacity: int
    """The sum of their capacities, in matches."""
    n_free_slots: int
    """The sum of their capacity less active matches, each at least 0."""
    waiting_days: tuple[int, ...]
    """Days since status_since of every participant with status waiting."""

    n_serving: int
    """Volunteers with status active or paused."""
    answered: tuple[Answered, ...]
    """What each of them answered, whoever answered anything."""

    n_with_modules: int
    """Active volunteers with a mandatory module on file."""
    n_overdue: int
    """Active volunteers with a mandatory module that has expired."""
    minutes_learned_365: int
    """Minutes of training of active volunteers in D365."""

    unpaid_by_design: bool
    """Whether volunteers are unpaid by design."""
    ledger_on: dt.date | None
    """The day of the latest balance; None without any."""
    days_owed: tuple[int, ...]
    """For each volunteer with a stipend or expense due and not paid, the days the oldest is late."""
    days_without_stipend: tuple[int, ...]
    """For each agreement in force without its stipend on record, the days since the first missing one."""
    n_stipends_stopped: int
    """Stipends the programme stopped without the agreement of volunteers who go on serving."""


def answered_by(on: dt.date, checkins: Iterable[Checkin]) -> Answered:
    """Return the check-ins answered up to a day, the newest first."""
    known = [
        (one.answered_on, one.due_on, one.answers)
        for one in checkins
        if one.answered_on is not None and one.answers is not None and one.answered_on <= on
    ]
    known.sort(key=itemgetter(0, 1), reverse=True)
    return tuple(known)


def same_day_of_the_months(on: dt.date, n_months: int = 12) -> tuple[dt.date, ...]:
    """Name this day and its like in the months before, newest first; the last day of shorter months."""
    days = []
    for back in range(n_months):
        year, month = divmod(on.year * 12 + on.month - 1 - back, 12)
        last_day = calendar.monthrange(year, month + 1)[1]
        days.append(dt.date(year, month + 1, min(on.day, last_day)))
    return tuple(days)
