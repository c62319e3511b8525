"""How parts make a finding, and that every rule keeps the manners of the rulebook."""

import inspect
from typing import Any

import pytest

from peerlink.features.risks.rulebook import Part, Rule, Subject, above, step
from peerlink.features.risks.rules import PARTICIPANT_RULES, PROGRAMME_RULES, RULES, VOLUNTEER_RULES, rule_of
from peerlink.features.risks.rules.answers import RESTS_ON_ANSWERS
from peerlink.framework import catalogue
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.roles import Role
from tests.features.risks.people import (
    FINE,
    LIMITS,
    a_checkin,
    a_participant,
    a_programme,
    a_volunteer,
    ago,
    answered,
    found,
)

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN, NOT_APPLICABLE = Level.UNKNOWN, Level.NOT_APPLICABLE
NEEDS_A_CHECKIN = ["R02", "R10", "R11", "R12", "R20", "R22", "R23", "R24", "R26", "R70"]


def finding_of(*parts: Part) -> Any:
    one: Rule[Any] = Rule(
        id="R25",
        subject=Subject.VOLUNTEER,
        parts_of=lambda _facts, _limits: parts,
        applies=lambda _facts: True,
        cleared=lambda _facts, _limits, _course: False,
        closes=lambda _facts, _limits, _course: None,
        sentence="",
        entry=catalogue.rule("R25"),
    )
    return one.judge(a_volunteer(), LIMITS)


@pytest.mark.parametrize(
    ("levels", "level"),
    [
        ((OK, OK), OK),
        ((OK, UNKNOWN), UNKNOWN),
        ((UNKNOWN, WATCH), WATCH),
        ((WATCH, CRITICAL, ALERT), CRITICAL),
        ((OK, NOT_APPLICABLE), OK),
        ((UNKNOWN, NOT_APPLICABLE), UNKNOWN),
    ],
)
def test_a_finding_is_its_worst_positive_part_else_unknown_else_ok(levels: Any, level: Level) -> None:
    assert finding_of(*(Part(part, "x") for part in levels)).level is level


def test_because_names_the_positive_parts_worst_first() -> None:
    finding = finding_of(Part(WATCH, "Mild."), Part(OK, "Fine."), Part(CRITICAL, "Bad."), Part(UNKNOWN, "?"))
    assert finding.because == "Bad. Mild."


def test_because_of_the_unknown_names_what_is_missing() -> None:
    assert finding_of(Part(OK, "Fine."), Part(UNKNOWN, "No date.")).because == "No date."


def test_because_of_the_good_says_what_was_seen() -> None:
    assert finding_of(Part(OK, "Fine."), Part(NOT_APPLICABLE, ""), Part(OK, "Well.")).because == "Fine. Well."


def test_evidence_of_every_part_is_kept() -> None:
    mild, fine = Evidence("a", 1, "x"), Evidence("b", 2, "x")
    assert finding_of(Part(WATCH, "", (mild,)), Part(OK, "", (fine,))).evidence == (mild, fine)


def test_the_objective_part_leaves_out_answers() -> None:
    secret, plain = Evidence("v3", 4, "answer"), Evidence("n", 2, "contacts")
    finding = finding_of(Part(CRITICAL, "Said so.", (secret,), private=True), Part(WATCH, "Seen.", (plain,)))
    told = finding.objective()
    assert (told.level, told.because, told.evidence) == (WATCH, "Seen.", (plain,))


def test_a_finding_without_answers_is_objective_as_it_is() -> None:
    finding = finding_of(Part(WATCH, "Seen."))
    assert finding.objective() is finding


def test_step_gives_the_worst_that_holds() -> None:
    assert step() is OK
    assert step(watch=True) is WATCH
    assert step(watch=True, alert=True) is ALERT
    assert step(critical=True) is CRITICAL


@pytest.mark.parametrize(
    ("value", "level"), [(1, OK), (1.01, WATCH), (2, WATCH), (2.01, ALERT), (3, ALERT), (3.01, CRITICAL)]
)
def test_above_is_above_not_at_the_line(value: float, level: Level) -> None:
    assert above(value, (1, 2, 3)) is level


def test_the_rules_are_those_that_are_kept() -> None:
    assert [one.id for one in PROGRAMME_RULES] == ["R01", "R03", "R28", "R61", "R63", "R68", "R70"]
    assert [one.id for one in VOLUNTEER_RULES] == [
        *("R02", "R10", "R11", "R12", "R20", "R21", "R22", "R23", "R24", "R25", "R26", "R27"),
        *("R68", "R69", "R70"),
    ]
    assert [one.id for one in PARTICIPANT_RULES] == ["R51"]
    assert len({(one.id, one.subject) for one in RULES}) == len(RULES)


EACH = pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.id}-{one.subject}")


@EACH
def test_every_rule_stands_in_the_framework(one: Rule[Any]) -> None:
    assert one.entry is catalogue.rule(one.id)
    assert one.subject in one.entry.subjects
    assert one.entry.node.startswith("sustainability.")
    assert one.entry.actions
    assert one.entry.told
    assert set(one.entry.told) <= {role.value for role in Role}
    assert one.entry.clears
    assert one.entry.minimum


@EACH
def test_every_rule_says_what_it_looks_for_in_one_sentence(one: Rule[Any]) -> None:
    assert one.sentence.startswith("Look")
    assert one.sentence.endswith(".")
    assert "\n" not in one.sentence


@EACH
def test_every_rule_reads_only_facts_and_limits(one: Rule[Any]) -> None:
    module = inspect.getmodule(one.parts_of)
    assert module is not None
    assert len(inspect.signature(one.parts_of).parameters) == 2
    assert "clock" not in inspect.getsource(module)
    assert ".today(" not in inspect.getsource(module)


@EACH
def test_nothing_is_found_where_nothing_is_wrong(one: Rule[Any]) -> None:
    facts = {
        Subject.VOLUNTEER: a_volunteer(),
        Subject.PARTICIPANT: a_participant(),
        Subject.PROGRAMME: a_programme(),
    }
    finding = one.judge(facts[one.subject], LIMITS)
    assert finding.level is OK
    assert finding.because
    assert finding.evidence or one.id == "R68"
    assert (finding.rule, finding.subject) == (one.id, one.subject)


@pytest.mark.parametrize("one", VOLUNTEER_RULES, ids=lambda one: one.id)
@pytest.mark.parametrize("status", ["applicant", "screening", "training", "left", "withdrawn", "declined"])
def test_volunteers_out_of_service_are_not_judged(one: Rule[Any], status: str) -> None:
    finding = one.judge(a_volunteer(status=status, checkins=(), last_held_on=None), LIMITS)
    assert (finding.level, finding.parts) == (NOT_APPLICABLE, ())


@pytest.mark.parametrize("one", VOLUNTEER_RULES, ids=lambda one: one.id)
def test_paused_volunteers_are_judged(one: Rule[Any]) -> None:
    assert one.judge(a_volunteer(status="paused", status_since=ago(10)), LIMITS).level is OK


@pytest.mark.parametrize("rule_id", NEEDS_A_CHECKIN)
def test_before_the_first_check_in_every_rule_that_needs_one_is_unknown(rule_id: str) -> None:
    finding = found(rule_id, checkins=(), n_planned_60=0)
    assert finding.level is UNKNOWN
    assert finding.because


@pytest.mark.parametrize(("rule_id", "item"), [("R10", 8), ("R11", 9), ("R12", 10), ("R23", 4), ("R26", 11)])
def test_an_answer_is_that_of_the_latest_check_in_in_which_it_was_given(rule_id: str, item: int) -> None:
    bad = 4 if item < 8 else 0
    assert found(rule_id, checkins=answered(item, None, bad)).level.is_positive
    assert found(rule_id, checkins=answered(item, FINE[f"v{item}"], bad)).level is OK


def test_check_ins_count_in_the_order_of_their_days_and_never_from_the_future() -> None:
    newest, oldest = a_checkin(5, v8=3), a_checkin(35, v8=0)
    assert found("R10", checkins=(oldest, newest)).level is OK
    assert found("R10", checkins=(a_checkin(-1, v8=0), newest)).level is OK
    assert found("R10", checkins=(a_checkin(0, v8=0), newest)).level is WATCH


@pytest.mark.parametrize("rule_id", NEEDS_A_CHECKIN)
def test_what_a_check_in_said_never_reaches_a_coordinator(rule_id: str) -> None:
    worst = {f"v{n}": 4 if n < 8 else 0 for n in range(1, 15)}
    finding = found(rule_id, checkins=(a_checkin(5, **worst), a_checkin(35, **worst)))
    assert finding.level.is_positive
    answers = {f"v{n}" for n in range(1, 15)} | {"strain", "exhaustion", "fall_from_own_mean"}
    assert not answers & {evidence.name for evidence in finding.objective().evidence}
    assert "of 4" not in finding.objective().because


@pytest.mark.parametrize("rule_id", NEEDS_A_CHECKIN)
@pytest.mark.parametrize("answer", [None, 4, 0])
def test_every_part_that_names_an_answer_is_private(rule_id: str, answer: int | None) -> None:
    checkins = (a_checkin(5, **{f"v{n}": answer for n in range(1, 15)}),)
    for part in found(rule_id, checkins=checkins, n_planned_60=0).parts:
        names = {evidence.name for evidence in part.evidence}
        assert part.private or not names & {f"v{n}" for n in range(1, 15)}


def test_r24_keeps_even_its_sum_private() -> None:
    assert all(part.private for part in found("R24", checkins=(a_checkin(5, v5=4, v7=4),)).parts)


def test_a_rule_about_something_else_is_not_found() -> None:
    with pytest.raises(KeyError):
        rule_of("R25", Subject.PROGRAMME)


def test_numbers_that_are_all_in_line_do_not_bear_out_what_only_answers_said() -> None:
    low = found("R02", checkins=answered(14, 0))
    assert low.level is ALERT
    assert low.is_borne_out
    told = low.objective()
    assert told.level.is_positive
    assert told.evidence
    assert not told.is_borne_out
    assert found("R02", checkins=answered(14, 0), n_cancelled_30=3).objective().is_borne_out


def test_the_rules_that_rest_on_answers_are_those_with_a_part_only_the_supervisor_may_know() -> None:
    private = {
        one.id
        for one in RULES
        if any(part.private for part in one.judge(UNTROUBLED_BY[one.subject], LIMITS).parts)
    }
    assert private == RESTS_ON_ANSWERS


UNTROUBLED_BY = {
    Subject.VOLUNTEER: a_volunteer(),
    Subject.PARTICIPANT: a_participant(),
    Subject.PROGRAMME: a_programme(),
}
