"""The table of effort on both databases: whose it may be, what is in it, who of the silent is named."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.effort import Indicator
from desktop.domain.errors import NotPermittedError, UserError
from desktop.domain.master_tables import Master
from desktop.domain.office import AssignmentKind
from desktop.domain.support_groups import SupportGroup
from desktop.models.masters import MasterValue
from desktop.models.office import Office, Staff
from tests.support.desk import small_office
from tests.support.effort import OCTOBER, SEPTEMBER, decided, helped, visited
from tests.support.factories import TODAY, assign, make_district, make_staff
from tests.support.support_acts import an_act


@pytest.fixture
def office(engine):
    return small_office(engine)


def values(table, group, indicator):
    (row,) = (r for r in table.rows if (r.group, r.indicator) == (group, indicator))
    return dict(zip(table.months, row.values, strict=True))


def test_the_head_sees_the_office_and_no_team_of_one_caseworker(office):
    helped(office)
    head = office.desk(office.head)
    (whole,) = head.effort.teams()
    assert (whole.key, whole.caseworkers) == ("office", 2)
    with pytest.raises(NotPermittedError):
        head.effort.table(str(office.supervisor.staff_id), OCTOBER, SEPTEMBER)
    table = head.effort.table("office", OCTOBER, SEPTEMBER)
    # An hour of help, and the conference's matter with two who took part.
    assert values(table, "G2", Indicator.MINUTES)[OCTOBER] == 60 + 2 * 15
    assert values(table, "G2", Indicator.DIRECT)[OCTOBER] == 60
    assert values(table, "G2", Indicator.TOWARDS_WORK)[OCTOBER] == 60
    (talk,) = (r for r in table.rows if r.work == "talk")
    # The visit has times; its way is the office's standard of thirty minutes.
    assert dict(zip(table.months, talk.values, strict=True))[SEPTEMBER] > 30
    assert "standard_minutes" in table.unconfirmed


def test_the_same_talk_in_record_and_act_counts_once_and_an_accompaniment_counts_too(office):
    decided(office)
    visited(office, TODAY)
    head, caseworker = office.desk(office.head), office.desk(office.caseworker)

    def minutes():
        table = head.effort.table("office", OCTOBER, SEPTEMBER)
        return values(table, "G2", Indicator.MINUTES)[OCTOBER]

    before = minutes()
    caseworker.activities.add(an_act(office.household_id, office.person_id, kind="12", minutes=60))
    assert minutes() == before
    caseworker.activities.add(an_act(office.household_id, office.person_id, kind="24", minutes=180))
    assert minutes() == before + 180


def test_an_act_that_was_put_right_counts_as_it_is_now(office):
    decided(office)
    head, caseworker = office.desk(office.head), office.desk(office.caseworker)
    old = an_act(office.household_id, office.person_id, kind="33", minutes=60)
    caseworker.activities.add(old)
    caseworker.activities.add(
        an_act(
            *(office.household_id, office.person_id),
            kind="33",
            minutes=20,
            replaces_id=old.activity_id,
            reason="時間の誤り",
        )
    )
    table = head.effort.table("office", OCTOBER, SEPTEMBER)
    assert values(table, "G2", Indicator.TOWARDS_WORK)[OCTOBER] == 20


def test_a_team_of_three_caseworkers_is_looked_at_by_itself(office):
    helped(office)
    with office.work() as session:
        owner = session.get_one(Office, office.head.office_id)
        leader = session.get_one(Staff, office.supervisor.staff_id)
        for _ in range(2):
            district = make_district(session, owner)
            make_staff(session, office=owner, district=district)
            assign(session, leader, district, AssignmentKind.SUPERVISOR)
    head = office.desk(office.head)
    whole, team = head.effort.teams()
    assert (whole.caseworkers, team.caseworkers) == (4, 3)
    table = head.effort.table(team.key, OCTOBER, SEPTEMBER)
    assert values(table, "G2", Indicator.MINUTES)[OCTOBER] == 90


def test_a_supervisor_of_one_caseworker_sees_no_minutes(office):
    helped(office)
    supervisor = office.desk(office.supervisor)
    (own,) = supervisor.effort.teams()
    with pytest.raises(UserError, match="3人より少ない"):
        supervisor.effort.table(own.key, OCTOBER, SEPTEMBER)
    with pytest.raises(NotPermittedError):
        supervisor.effort.table("office", OCTOBER, SEPTEMBER)


def test_an_office_that_does_not_use_it_sees_no_minutes(office):
    with office.work() as session:
        row = session.scalars(
            select(MasterValue).where(
                MasterValue.table_name == Master.THRESHOLDS, MasterValue.key == "effort_shown"
            )
        ).one()
        row.value = {**row.value, "number": 0}
    with pytest.raises(UserError, match="使っていません"):
        office.desk(office.head).effort.table("office", OCTOBER, SEPTEMBER)


def test_whoever_does_not_supervise_sees_nothing(office):
    with pytest.raises(NotPermittedError):
        office.desk(office.caseworker).effort.teams()


def test_the_silent_of_groups_with_less_support_are_named(office):
    decided(office, SupportGroup.DAILY_LIFE)
    head = office.desk(office.head)
    (row,) = head.effort.table("office", OCTOBER, SEPTEMBER).safety
    assert (row.group, row.is_silent, row.has_few_visits) == ("G4", True, True)
    (case,) = head.effort.safety_list((row,))
    assert (case.household_id, case.name) == (office.household_id, "架空 花子")
    assert "記録なし" in case.words
