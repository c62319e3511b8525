"""Text is sealed unless this list says why it is not; see docs/adr/0010."""

from sqlalchemy import Enum, String

from peerlink import cli
from peerlink.store.model import Model, SealedModel

assert cli

READABLE = {
    "programme.timezone": "an IANA name; days are counted in it",
    "programme.language": "a language code of the programme, of nobody",
    "name_page.kind": "whose names a sealed page holds: participants or volunteers",
    "completion.module": "a module's code; a register says nothing about health",
    "module.code": "a module's code; what it is called and about is sealed",
    "state_change.kind": "what kind of record changed",
    "state_change.came_from": "a state code; windows of the rules count days in states",
    "state_change.became": "a state code",
    "flag.rule": "a rule's id; open flags are counted by rule",
    "task.code": "a code of the framework's action library",
    "flag_step.action": "a code of the framework's action library",
    "rule_count.rule": "a rule's id; counts name nobody",
    "job_run.job": "the name of a job",
    "job_run.slot": "the hour or day of a run",
}

CODES = {
    "account.state", "letter.kind", "site.kind", "place.status", "participant.status", "volunteer.status",
    "completion.result", "supervision.kind", "supervision.status", "match.status", "match.end_reason",
    "match.volunteer_said", "match.participant_said", "contact.status", "contact.missed_by",
    "questionnaire.status", "response.status",
    "contact.channel", "contact.rating", "checkin.status", "flag.subject_kind", "flag.level",
    "agreement_text.kind", "signing.how", "handover.how",
    "flag.told_level", "flag.eased_to", "flag.state",
    "module.status", "training_session.status", "attendance.status", "training_wish.status",
    "incident.type", "incident.status", "duty_turn.kind",
    "team_event.kind",
    "claim.kind", "claim.status", "stipend_agreement.end",
    "task.subject_kind", "task.way", "task.owner_role",
    "flag_step.kind", "flag_step.level", "rule_count.subject_kind", "rule_count.level",
    "notice.wording", "notice.trouble",
}  # fmt: skip
"""States and vocabulary codes, readable because windows and lists are asked for in the database."""


def columns_of(kind: type) -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in Model.metadata.tables.values()
        for column in table.columns
        if type(column.type) is kind
    }


def test_every_readable_text_has_its_reason() -> None:
    assert columns_of(String) == READABLE.keys()
    assert all(reason for reason in READABLE.values())


def test_every_code_is_listed() -> None:
    assert columns_of(Enum) == CODES


def test_every_table_about_people_seals_what_it_says() -> None:
    plain = {
        mapper.class_.__tablename__
        for mapper in Model.registry.mappers
        if not issubclass(mapper.class_, SealedModel)
    }
    assert plain == {
        "sign_in", "letter", "attempt", "completion", "contact", "audit_entry", "audit_about", "audit_head",
        "job_run", "volunteer_day", "volunteer_last", "participant_last",
        "rule_count", "cover", "leaving_known", "notice", "reach", "seen", "duty_turn", "calendar_feed",
        "team_event_guest",
        "payment_batch",
        "handover",
        "answered",
    }  # fmt: skip
