"""Estimates and benefit cases on both databases: what is kept, who records a decision, months one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master
from desktop.domain.work_estimates_aid import JobSearchAid
from desktop.domain.work_estimates_cases import CaseOutcome
from desktop.domain.work_estimates_grants import IndependenceGrant
from desktop.domain.work_estimates_income import EarnedIncome
from desktop.models.masters import MasterValue
from desktop.models.work_estimates import BenefitDecisionRecord
from tests.support.desk import small_office
from tests.support.factories import TODAY
from tests.support.work_money import A_TRIP, a_decision, an_application

INCOME = EarnedIncome(on=TODAY, gross=100_000)


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


def applied(office, desk, given=A_TRIP, **changes):
    shown = desk.estimates.estimate(office.household_id, office.person_id, given)
    case = an_application(office.household_id, office.person_id, shown, given, **changes)
    desk.estimates.apply(case)
    return case


def cases(desk, office):
    return desk.estimates.of_household(office.household_id).cases


def test_an_estimate_uses_the_values_of_the_office(office, caseworker):
    found = caseworker.estimates.estimate(office.household_id, office.person_id, INCOME)
    assert found.amount == 23_600
    assert found.used[0].key == "kiso.table.1.39000"
    assert found.is_unconfirmed


def test_the_day_it_is_about_chooses_the_values(office, caseworker):
    given = IndependenceGrant(
        on=date(2024, 9, 30),
        job_began=date(2024, 5, 1),
        is_single=True,
        recognised=(80_000,),
        lasts=True,
    )
    before = caseworker.estimates.estimate(office.household_id, office.person_id, given)
    assert "jiritsu.floor_mode" in before.refusals[0]
    later = replace(given, on=date(2024, 10, 1))
    after = caseworker.estimates.estimate(office.household_id, office.person_id, later)
    assert "jiritsu.version" in after.refusals[0]


def test_the_people_of_the_household_can_be_chosen(office, caseworker):
    found = caseworker.estimates.of_household(office.household_id)
    assert [each.person_id for each in found.people] == [office.person_id]
    assert found.may_write
    assert found.needs_second
    with pytest.raises(ValidationError, match="この世帯の人"):
        caseworker.estimates.estimate(office.household_id, new_id(), INCOME)


def test_an_application_keeps_the_estimate_as_it_was_shown(office, caseworker):
    given = applied(office, caseworker, note=" 面接3回分 ")
    caseworker.estimates.apply(given)
    (kept,) = cases(caseworker, office)
    assert kept.estimate == given.shown
    assert (kept.note, kept.is_own, kept.newest) == ("面接3回分", True, None)
    with office.work() as session:
        session.execute(
            update(MasterValue)
            .where(MasterValue.table_name == Master.WORK_PARAMETERS)
            .values(value={"label": "x", "number": 1, "word": "", "unit": "", "note": ""})
        )
    assert cases(caseworker, office)[0].estimate == given.shown


def test_values_that_changed_meanwhile_are_shown_first(office, caseworker):
    shown = caseworker.estimates.estimate(office.household_id, office.person_id, A_TRIP)
    other = replace(shown, amount=9_999)
    given = an_application(office.household_id, office.person_id, other)
    with pytest.raises(ConflictError, match="新しい試算"):
        caseworker.estimates.apply(given)
    assert cases(caseworker, office) == ()


def test_what_remains_in_hand_is_no_application(office, caseworker):
    with pytest.raises(ValidationError) as refused:
        applied(office, caseworker, INCOME)
    assert set(refused.value.fields) == {"kind"}


def test_nobody_applies_in_the_future(office, caseworker):
    with pytest.raises(ValidationError) as refused:
        applied(office, caseworker, asked_on=TODAY + timedelta(days=1))
    assert set(refused.value.fields) == {"asked_on"}


def test_a_second_person_records_the_decision(office, caseworker, supervisor):
    given = applied(office, caseworker)
    with pytest.raises(NotPermittedError, match="別の職員"):
        caseworker.estimates.record_decision(a_decision(given))
    decision = a_decision(given)
    supervisor.estimates.record_decision(decision)
    supervisor.estimates.record_decision(decision)
    (kept,) = cases(caseworker, office)
    assert [each.amount for each in kept.decisions] == [1920]
    assert kept.is_ended


def test_an_office_may_let_one_person_do_both(office, caseworker):
    with office.work() as session:
        rows = session.scalars(select(MasterValue).where(MasterValue.key == "decision.second"))
        for row in rows:
            row.value = {**row.value, "number": 0}
    given = applied(office, caseworker)
    caseworker.estimates.record_decision(a_decision(given))
    assert cases(caseworker, office)[0].newest is not None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": None}, "amount"),
        ({"outcome": CaseOutcome.REFUSED, "reason": "要件に当たらないため。"}, "amount"),
        ({"outcome": CaseOutcome.REFUSED, "amount": None, "reason": "　"}, "reason"),
        ({"decided_on": TODAY + timedelta(days=1)}, "decided_on"),
        ({"decided_on": TODAY - timedelta(days=1)}, "decided_on"),
        ({"month": TODAY.replace(day=1)}, "month"),
    ],
    ids=range(6),
)
def test_a_decision_says_what_it_must(office, caseworker, supervisor, changes, field):
    given = applied(office, caseworker)
    with pytest.raises(ValidationError) as refused:
        supervisor.estimates.record_decision(a_decision(given, **changes))
    assert set(refused.value.fields) == {field}


def test_months_are_decided_one_by_one(office, caseworker, supervisor):
    given = applied(office, caseworker, JobSearchAid(on=TODAY, months=3))
    first = TODAY.replace(day=1)
    supervisor.estimates.record_decision(
        a_decision(given, month=first, amount=5_000, interviews=1, applications=3)
    )
    supervisor.estimates.record_decision(
        a_decision(
            given,
            month=date(2024, 11, 1),
            outcome=CaseOutcome.REFUSED,
            amount=None,
            reason="活動の報告がないため。",
        )
    )
    (kept,) = cases(caseworker, office)
    assert kept.open_months == (date(2024, 12, 1),)
    assert not kept.is_ended
    for month in (None, date(2025, 1, 1), date(2024, 11, 2)):
        with pytest.raises(ValidationError) as refused:
            supervisor.estimates.record_decision(a_decision(given, month=month, amount=5_000))
        assert set(refused.value.fields) == {"month"}


def test_what_was_withdrawn_is_decided_no_more(office, caseworker, supervisor):
    given = applied(office, caseworker)
    gone = {"outcome": CaseOutcome.WITHDRAWN, "amount": None, "reason": "本人の申出。"}
    supervisor.estimates.record_decision(a_decision(given, **gone))
    with pytest.raises(ConflictError, match="取り下げ"):
        supervisor.estimates.record_decision(a_decision(given))


def test_a_wrong_decision_is_put_right_by_a_further_one(office, caseworker, supervisor):
    given = applied(office, caseworker)
    supervisor.estimates.record_decision(a_decision(given, amount=1))
    supervisor.estimates.record_decision(a_decision(given, reason="額の誤りを訂正。"))
    (kept,) = cases(caseworker, office)
    assert [each.amount for each in kept.decisions] == [1920, 1]
    with office.work() as session:
        assert len(session.scalars(select(BenefitDecisionRecord)).all()) == 2


def test_outside_the_duty_a_reason_is_needed(office):
    outsider = office.desk(office.outsider)
    with pytest.raises(ReasonNeededError):
        outsider.estimates.of_household(office.household_id)


def test_records_staff_write_none(office, caseworker):
    given = applied(office, caseworker)
    records = office.desk(office.records)
    assert not records.estimates.of_household(office.household_id).may_write
    with pytest.raises(NotPermittedError):
        records.estimates.record_decision(a_decision(given))
