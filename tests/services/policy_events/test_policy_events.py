"""Events that ask for a review, by when, and what settles them, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select

from desktop.domain.households import HouseholdState, Relation, ResidenceKind
from desktop.domain.policy_events import Impact
from desktop.domain.records import SegmentKind
from desktop.domain.support_policies import NoReviewInput, PolicyKind, PolicyState
from desktop.domain.todos import TodoOrigin
from desktop.models.households import Household, Member
from desktop.models.ledger import AddressPeriod, ResidencePeriod, WorkPeriod
from desktop.models.office import Assignment, District, Office
from desktop.models.support_policies import SupportPolicyRecord
from desktop.services.policy_events import open_events
from desktop.services.todos import TodoService
from tests.support import factories
from tests.support.desk import Desk, SmallOffice, later, small_office
from tests.support.factories import CLOCK, TODAY, add, at, days_ago
from tests.support.people import work_of
from tests.support.policies import written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def policy(office: SmallOffice, on: date, state: PolicyState = PolicyState.APPROVED) -> None:
    """A policy of the household, approved on a day (or only drawn up then)."""
    is_approved = state is PolicyState.APPROVED
    with office.work() as session:
        add(
            session,
            SupportPolicyRecord(
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                kind=PolicyKind.YEARLY,
                state=state,
                made_on=on,
                author_id=office.caseworker.staff_id,
                saved_at=at(on),
                approved_version=1 if is_approved else None,
                approved_at=at(on) if is_approved else None,
                review_due_on=on.replace(year=on.year + 1) if is_approved else None,
            ),
        )


def member(office: SmallOffice, since: date, until: date | None = None, **person) -> Member:
    with office.work() as session:
        one = factories.make_person(
            session, session.get_one(Office, office.caseworker.office_id), **person
        )
        return add(
            session,
            Member(
                office_id=one.office_id,
                household_id=office.household_id,
                person_id=one.id,
                relation=Relation.CHILD,
                is_head=False,
                valid_from=since,
                valid_to=until,
            ),
        )


def events(office: SmallOffice) -> list[tuple[str, date]]:
    """Code and day of the household's open events, as the service tells them."""
    due = office.desk(office.caseworker).policies.review_due(office.household_id)
    return [(event.code, event.happened_on) for event in due.events]


def recorded(desk: Desk, office: SmallOffice, impact: Impact) -> None:
    """An own entry of yesterday, handed in with this answer."""
    blank = desk.records.blank(office.household_id, "telephone_in")
    segments = tuple(
        replace(s, text="転居したいと電話があった。" if s.kind is SegmentKind.FACTS else s.text)
        for s in blank.segments
    )
    saved = desk.records.save(replace(blank, event_on=days_ago(1), segments=segments))
    desk.records.submit(saved.entry_id, saved.version, impact)


def test_without_events_the_year_sets_the_day(office, caseworker):
    policy(office, days_ago(100))
    due = caseworker.policies.review_due(office.household_id)
    assert due.events == ()
    assert due.due_on == due.yearly_on == days_ago(100).replace(year=days_ago(100).year + 1)


def test_an_event_moves_the_day_forward_and_never_back(office, caseworker):
    policy(office, days_ago(360))
    member(office, days_ago(2))
    due = caseworker.policies.review_due(office.household_id)
    assert due.due_on == due.yearly_on < due.events[0].due_on
    policy(office, days_ago(50))
    member(office, days_ago(3))
    due = caseworker.policies.review_due(office.household_id)
    assert due.by_event == due.events[0]
    assert due.due_on == days_ago(3) + timedelta(days=30) < due.yearly_on


def test_who_comes_and_goes(office):
    policy(office, days_ago(100))
    member(office, days_ago(10), birth_date=days_ago(15))
    member(office, days_ago(8), birth_date=date(2010, 6, 1))
    member(office, days_ago(500), until=days_ago(6), birth_date=date(2001, 6, 1))
    member(office, days_ago(500), birth_date=date(1948, 6, 1), died_on=days_ago(4))
    assert sorted(events(office)) == [
        ("born", days_ago(15)),
        ("died", days_ago(4)),
        ("joined", days_ago(8)),
        ("left", days_ago(6)),
    ]


def test_a_changed_relation_is_no_coming_or_going(office):
    policy(office, days_ago(100))
    before = member(office, days_ago(500), until=days_ago(10))
    with office.work() as session:
        add(
            session,
            Member(
                office_id=before.office_id,
                household_id=before.household_id,
                person_id=before.person_id,
                relation=Relation.OTHER,
                is_head=False,
                valid_from=days_ago(9),
            ),
        )
    assert events(office) == []


def test_what_the_ledger_tells_of_address_stay_and_work(office):
    policy(office, days_ago(100))
    owner = {"office_id": office.caseworker.office_id}
    home = owner | {"household_id": office.household_id}
    one = owner | {"person_id": office.person_id}
    rows = [
        AddressPeriod(
            **home, address="架空町一丁目", valid_from=days_ago(900), valid_to=days_ago(31)
        ),
        AddressPeriod(**home, address="架空町二丁目", valid_from=days_ago(30)),
        ResidencePeriod(
            **one, kind=ResidenceKind.HOSPITAL, valid_from=days_ago(29), valid_to=days_ago(25)
        ),
        WorkPeriod(**one, employer="架空商店", valid_from=days_ago(900), valid_to=days_ago(24)),
        WorkPeriod(**one, employer="架空食堂", valid_from=days_ago(20)),
    ]
    with office.work() as session:
        for row in rows:
            add(session, row)
    assert sorted(events(office)) == [
        ("admitted", days_ago(29)),
        ("discharged", days_ago(25)),
        ("moved", days_ago(30)),
        ("work_began", days_ago(20)),
        ("work_ended", days_ago(24)),
    ]


@pytest.mark.parametrize("age", [15, 18, 65])
def test_birthdays_of_the_offices_ages(office, age):
    policy(office, days_ago(100))
    birthday = days_ago(5)
    member(office, days_ago(500), birth_date=birthday.replace(year=birthday.year - age))
    member(office, days_ago(500), birth_date=birthday.replace(year=birthday.year - 17))
    assert events(office) == [(f"age_{age}", birthday)]


def test_a_new_caseworker_has_three_months(office, caseworker):
    policy(office, days_ago(100))
    with office.work() as session:
        district_id = session.get_one(Household, office.household_id).district_id
        (mine,) = session.scalars(
            select(Assignment).where(
                Assignment.district_id == district_id,
                Assignment.staff_id == office.caseworker.staff_id,
            )
        )
        mine.valid_from = date(2024, 7, 15)
        before = factories.make_staff(session, office=session.get_one(Office, mine.office_id))
        factories.assign(
            session, before, session.get_one(District, district_id), until=date(2024, 7, 14)
        )
    due = caseworker.policies.review_due(office.household_id)
    assert [(e.code, e.happened_on, e.due_on) for e in due.events] == [
        ("handover", date(2024, 7, 15), date(2024, 10, 15))
    ]


def test_only_an_answer_with_impact_is_an_event(office, caseworker):
    policy(office, days_ago(100))
    recorded(caseworker, office, Impact.NONE)
    assert events(office) == []
    recorded(caseworker, office, Impact.SOME)
    (event,) = caseworker.policies.review_due(office.household_id).events
    assert (event.code, event.happened_on, event.known_on) == ("impact", days_ago(1), TODAY)
    assert event.entry_id is not None


def test_a_record_taken_back_asks_no_more_and_the_newest_answer_counts(office, caseworker):
    recorded(caseworker, office, Impact.SOME)
    (event,) = caseworker.policies.review_due(office.household_id).events
    saved = caseworker.records.withdraw(event.entry_id)
    assert events(office) == []
    again = office.desk(office.caseworker, later(CLOCK, minutes=5))
    again.records.submit(event.entry_id, saved.version, Impact.NONE)
    assert events(office) == []


def test_a_policy_handed_in_afterwards_settles_it_and_a_draft_does_not(office, caseworker):
    recorded(caseworker, office, Impact.SOME)
    after = office.desk(office.caseworker, later(CLOCK, minutes=5))
    saved = after.policies.save(written(after, office.household_id))
    assert [code for code, _ in events(office)] == ["impact"]
    after.policies.submit(saved.policy_id, saved.version)
    assert events(office) == []
    after.policies.withdraw(saved.policy_id)
    assert [code for code, _ in events(office)] == ["impact"]


def test_the_answer_no_review_settles_the_day_and_leaves_the_year(office, caseworker):
    policy(office, days_ago(100))
    member(office, days_ago(10))
    member(office, days_ago(9))
    before = caseworker.policies.review_due(office.household_id)
    caseworker.policies.answer_no_review(
        NoReviewInput(
            household_id=office.household_id,
            happened_on=days_ago(10),
            event="同居の開始",
            reason="支援の内容は変わらない。",
        )
    )
    after = caseworker.policies.review_due(office.household_id)
    assert [e.happened_on for e in after.events] == [days_ago(9)]
    assert after.yearly_on == before.yearly_on


def test_an_answer_given_before_does_not_settle_what_a_record_says_later(office, caseworker):
    policy(office, days_ago(100))
    early = office.desk(office.caseworker, later(CLOCK, minutes=-5))
    early.policies.answer_no_review(
        NoReviewInput(
            household_id=office.household_id, happened_on=days_ago(1), event="電話", reason="なし"
        )
    )
    recorded(caseworker, office, Impact.SOME)
    assert [code for code, _ in events(office)] == ["impact"]


def test_without_a_policy_only_a_record_asks_for_one(office, caseworker):
    member(office, days_ago(10))
    assert events(office) == []
    recorded(caseworker, office, Impact.SOME)
    assert [code for code, _ in events(office)] == ["impact"]


@pytest.mark.parametrize("state", [HouseholdState.SUSPENDED, HouseholdState.CLOSED])
def test_only_receiving_households_are_asked_about(office, state):
    policy(office, days_ago(100))
    member(office, days_ago(10))
    with office.work() as session:
        session.get_one(Household, office.household_id).state = state
    assert events(office) == []


def test_one_line_on_the_desk_until_it_is_settled(office, caseworker):
    policy(office, days_ago(100))
    member(office, days_ago(10))
    member(office, days_ago(9))
    work = work_of(office.work, office.caseworker, CLOCK)
    desk = TodoService(work, CLOCK, office.caseworker, caseworker.policies.reading)
    (line,) = [row for row in desk.mine() if row.origin is TodoOrigin.POLICY_REVIEW]
    assert (line.household_id, line.due_on) == (
        office.household_id,
        days_ago(10) + timedelta(days=30),
    )
    assert "世帯員が加わった" in line.text
    assert "ほか1件" in line.text
    with office.work() as session:
        session.get_one(Household, office.household_id).state = HouseholdState.SUSPENDED
    assert desk.mine() == ()


def test_the_desk_of_another_district_is_silent(office, caseworker):
    policy(office, days_ago(100))
    member(office, days_ago(10))
    work = work_of(office.work, office.outsider, CLOCK)
    assert TodoService(work, CLOCK, office.outsider, caseworker.policies.reading).mine() == ()


def test_names_of_members_are_not_printed_with_an_event(office):
    policy(office, days_ago(100))
    member(office, days_ago(10), name="架空 次郎")
    with office.work() as session:
        where = Household.id == office.household_id
        (event,) = open_events(session, office.caseworker.office_id, where, TODAY)
    assert event.who == "架空 次郎"
    assert "架空" not in repr(event)
