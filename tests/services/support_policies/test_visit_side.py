"""The side of a brief that no policy tells: the file's own facts, the last entries, and what the office asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from desktop.domain.approvals import ApprovalState
from desktop.domain.households import ResidenceKind, SafetyMarkKind
from desktop.domain.liaisons import BarReason
from desktop.models.households import Household, SafetyMark
from desktop.models.ledger import ResidencePeriod, WorkPeriod
from tests.support.declarations import a_duty, a_receipt
from tests.support.desk import SmallOffice, small_office
from tests.support.factories import TODAY, days_ago, make_approval, make_entry
from tests.support.liaisons import a_liaison


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


def add(office, *rows):
    with office.work() as session:
        session.add_all(rows)


def told(office, days, text="居室で面接した。体調は変わらないとのこと。", **changes):
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        entry = make_entry(session, household, event_on=days_ago(days), text=text, **changes)
        make_approval(session, entry, state=ApprovalState.APPROVED)


def side(office):
    return office.desk(office.caseworker).duties.brief(office.household_id).visit


def test_marks_counters_and_what_changed_since_the_last_meeting(office):
    key = {"office_id": office.caseworker.office_id}
    told(office, 60)
    told(office, 10, result_code="21", is_home_visit=False, is_absence=True)
    add(
        office,
        SafetyMark(
            **key,
            household_id=office.household_id,
            kind=SafetyMarkKind.DOG,
            valid_from=days_ago(500),
        ),
        WorkPeriod(**key, person_id=office.person_id, employer="架空商店", valid_from=days_ago(20)),
        WorkPeriod(
            **key,
            person_id=office.person_id,
            employer="前の勤め先",
            valid_from=days_ago(400),
            valid_to=days_ago(100),
        ),
    )

    found = side(office)

    assert found.marks == (SafetyMarkKind.DOG,)
    assert (found.last_met_on, found.days_since_met) == (days_ago(60), 60)
    assert found.absences == 1
    assert found.vain == (None,)
    assert [fact.label for fact in found.changes] == ["就労"]
    assert "架空商店" in found.changes[0].value


def test_whom_nobody_rings_is_told_while_it_holds(office):
    desk = office.desk(office.caseworker)
    for changes in (
        {"bar": BarReason.WISH},
        {"name": "前の家主", "bar": BarReason.WISH, "valid_to": days_ago(1)},
        {"name": "見本病院"},
    ):
        desk.liaisons.keep(a_liaison(office.household_id, **changes))
    assert side(office).barred == ("家主・管理会社　見本不動産：本人の希望",)


def test_the_last_three_entries_in_brief_newest_first(office):
    for days in (40, 30, 20, 10):
        told(office, days, text=f"{days}日前の面接。" + "長い文。" * 40)
    found = side(office).recent
    assert [entry.event_on for entry in found] == [days_ago(n) for n in (10, 20, 30)]
    assert found[0].gist.startswith("10日前の面接。")
    assert len(found[0].gist) == 81
    assert found[0].gist.endswith("…")


def test_the_office_asks_by_the_type_of_household(office):
    assert [label for label, _ in side(office).questions] == ["どの世帯にも", "高齢"]
    add(
        office,
        ResidencePeriod(
            office_id=office.caseworker.office_id,
            person_id=office.person_id,
            kind=ResidenceKind.HOSPITAL,
            place="試験病院",
            valid_from=TODAY - timedelta(days=5),
        ),
    )
    assert [label for label, _ in side(office).questions] == ["どの世帯にも", "入院・入所中"]


def test_purposes_do_not_read_what_they_do_not_need(office):
    assert office.desk(office.caseworker).duties.purposes(office.household_id) == ()


def test_declarations_whose_day_is_over_or_near_are_asked_for(office):
    desk = office.desk(office.caseworker)
    desk.declarations.set_duty(a_duty(office, date(2024, 8, 1)))
    desk.declarations.receive(a_receipt(office, date(2024, 8, 1)))
    found = side(office).expiring
    assert [paper.month for paper in found] == [date(2024, 9, 1)]
    assert found[0].due_on - TODAY < timedelta(days=32)
    assert found[0].person == "架空 花子"
