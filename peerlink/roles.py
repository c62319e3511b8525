"""Who may do what, and on whose behalf a question is asked."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from peerlink.words import N_


class Role(StrEnum):
    """A part a person plays in a programme (framework.md section 0); one account may hold several."""

    VOLUNTEER = "volunteer"
    COORDINATOR = "coordinator"
    SUPERVISOR = "supervisor"
    CLINIC_LIAISON = "clinic_liaison"
    MANAGER = "manager"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    PRIVACY_LEAD = "privacy_lead"
    ADMIN = "admin"


ROLE_LABELS = {
    Role.VOLUNTEER: N_("Volunteer"),
    Role.COORDINATOR: N_("Coordinator"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.CLINIC_LIAISON: N_("Clinic liaison"),
    Role.MANAGER: N_("Manager"),
    Role.SAFEGUARDING_LEAD: N_("Safeguarding lead"),
    Role.PRIVACY_LEAD: N_("Privacy lead"),
    Role.ADMIN: N_("Administrator"),
}

SECOND_FACTOR = frozenset(Role) - {Role.VOLUNTEER}
"""Roles that cannot sign in without an authenticator: everybody on the staff."""


class Permission(StrEnum):
    """One thing that may be done."""

    SIGNED_IN = "signed_in"
    LOG_CONTACT = "log_contact"
    ANSWER_CHECKIN = "answer_checkin"
    ANSWER_PROPOSAL = "answer_proposal"
    SEE_PARTICIPANTS = "see_participants"
    KEEP_PARTICIPANTS = "keep_participants"
    SEE_VOLUNTEERS = "see_volunteers"
    KEEP_VOLUNTEERS = "keep_volunteers"
    MATCH = "match"
    CARE = "care"
    SEE_FLAGS = "see_flags"
    ACT_ON_FLAGS = "act_on_flags"
    KEEP_PROGRAMME = "keep_programme"
    KEEP_ACCOUNTS = "keep_accounts"
    IMPORT = "import"
    SEE_AUDIT = "see_audit"
    SEE_OWN = "see_own"
    CLAIM = "claim"
    APPROVE_CLAIMS = "approve_claims"
    PAY = "pay"
    REPORT_INCIDENT = "report_incident"
    HANDLE_INCIDENTS = "handle_incidents"
    HOLD_TRAINING = "hold_training"
    BE_ON_DUTY = "be_on_duty"
    THANK = "thank"


P = Permission
_ALL = frozenset({P.SIGNED_IN, P.REPORT_INCIDENT})
"""What everybody with an account may do."""
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.VOLUNTEER: _ALL | {P.LOG_CONTACT, P.ANSWER_CHECKIN, P.ANSWER_PROPOSAL, P.SEE_OWN, P.CLAIM},
    Role.COORDINATOR: _ALL
    | {P.SEE_PARTICIPANTS, P.KEEP_PARTICIPANTS, P.SEE_VOLUNTEERS, P.KEEP_VOLUNTEERS}
    | {P.MATCH, P.SEE_FLAGS, P.ACT_ON_FLAGS, P.KEEP_PROGRAMME, P.IMPORT}
    | {P.APPROVE_CLAIMS, P.HANDLE_INCIDENTS, P.HOLD_TRAINING, P.BE_ON_DUTY, P.THANK},
    Role.SUPERVISOR: _ALL
    | {P.SEE_VOLUNTEERS, P.CARE, P.SEE_FLAGS, P.ACT_ON_FLAGS}
    | {P.HANDLE_INCIDENTS, P.HOLD_TRAINING, P.BE_ON_DUTY, P.THANK},
    Role.CLINIC_LIAISON: _ALL,
    Role.MANAGER: _ALL | {P.SEE_FLAGS, P.ACT_ON_FLAGS, P.PAY, P.HANDLE_INCIDENTS, P.BE_ON_DUTY},
    Role.SAFEGUARDING_LEAD: _ALL | {P.HANDLE_INCIDENTS, P.BE_ON_DUTY},
    Role.PRIVACY_LEAD: _ALL | {P.SEE_AUDIT, P.SEE_FLAGS, P.ACT_ON_FLAGS, P.HANDLE_INCIDENTS},
    Role.ADMIN: _ALL | {P.KEEP_ACCOUNTS, P.KEEP_PROGRAMME, P.SEE_AUDIT},
}


_PROGRAMME = frozenset({"programme", "site", "place", "account", "agreement_text", "module"})
_PROGRAMME |= {"training_session", "questionnaire", "team_event", "incident", "safety_plan"}
"""What is about no single person; an incident besides, which its reporter may read again."""
_TRAINED = frozenset({"attendance", "competency", "training_wish", "signing", "privacy_plan"})
_MONEY = frozenset({"claim", "receipt", "stipend_agreement", "pay_details"})
_HANDLED = frozenset({"incident_step"})
OPENS: dict[Role, frozenset[str]] = {
    Role.VOLUNTEER: _PROGRAMME
    | {"participant", "volunteer", "match", "contact_detail", "contact_detail.note", "follow_up"}
    | {"checkin", "checkin.diary", "supervision", "supervision.note", "agreed_action"}
    | {"state_change", "flag", "flag.answers"}
    | _TRAINED
    | _MONEY
    | {"exit_talk", "response", "response.answers", "safety_call", "lone_visit", "thanks"},
    Role.COORDINATOR: _PROGRAMME
    | {"participant", "volunteer", "match", "contact_detail", "contact_detail.note", "follow_up"}
    | {"state_change", "flag", "planned_match", "flag_step", "task", "mail"}
    | _TRAINED
    | _MONEY
    | _HANDLED
    | {"screening", "exit_talk", "safety_call", "lone_visit", "thanks"},
    Role.SUPERVISOR: _PROGRAMME
    | {"volunteer", "checkin", "checkin.diary", "supervision", "supervision.note", "agreed_action"}
    | {"contact_detail", "state_change", "flag", "flag.answers", "flag_step", "flag_step.answers", "task"}
    | _TRAINED
    | _HANDLED
    | {"response", "safety_call", "lone_visit", "thanks"},
    Role.CLINIC_LIAISON: _PROGRAMME,
    Role.MANAGER: _PROGRAMME | {"flag", "flag_step", "task", "safety_call", "balance"} | _MONEY | _HANDLED,
    Role.SAFEGUARDING_LEAD: _PROGRAMME | {"safety_call"} | _HANDLED,
    Role.PRIVACY_LEAD: _PROGRAMME | {"flag", "flag_step", "task"} | _HANDLED,
    Role.ADMIN: _PROGRAMME | {"mail"},
}
"""The sealed records each role may open at all (framework.md section 8, rule 4); queries say whose."""


@dataclass(frozen=True)
class Viewer:
    """Whoever is looking: every query is asked on a viewer's behalf."""

    account_id: uuid.UUID
    roles: frozenset[Role]
    person_id: uuid.UUID | None = None
    """The volunteer record of whoever is looking, where they are one."""
    site_id: uuid.UUID | None = None
    """The one site a coordinator keeps; None for the whole programme."""

    def may(self, permission: Permission) -> bool:
        return any(permission in GRANTS[role] for role in self.roles)

    def opens(self) -> frozenset[str]:
        """Name the kinds of sealed record this viewer may open."""
        return frozenset().union(*(OPENS[role] for role in self.roles))

    def is_a(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)
