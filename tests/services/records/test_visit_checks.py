"""What the supervisor is asked about a visit: the way, working time, its purpose, and what was changed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryState, Promise, SegmentKind
from desktop.models.households import Household
from desktop.models.office import District, Office, Staff, StaffAbsence
from desktop.models.records import Contact, ContactStaff
from tests.services.test_main_job import written
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK, add, assign, make_district, make_entry, make_household

TODAY = CLOCK.today()


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def asked(office, by, *first, **changes):
    """The questions about a visit of yesterday; `first` are the changes of versions saved before."""
    given = written(office, by, event_on=TODAY - timedelta(days=1), **changes)
    version = 0
    for earlier in first:
        version = by.records.save(replace(given, shown_version=version, **earlier)).version
    saved = by.records.save(replace(given, shown_version=version))
    approval_id = by.records.submit(saved.entry_id, saved.version, Impact.NONE)
    card = office.desk(office.supervisor).approvals.card(approval_id)
    return [check.sentence for check in card.subject.checks]


def told(questions, words):
    return any(words in sentence for sentence in questions)


def elsewhere(office, start, end, *, far):
    """Another visit of yesterday on which the caseworker went along; a colleague wrote it."""
    with office.work() as session:
        home = session.get_one(
            District, session.get_one(Household, office.household_id).district_id
        )
        there = make_district(session, session.get_one(Office, home.office_id)) if far else home
        supervisor = session.get_one(Staff, office.supervisor.staff_id)
        if far:
            assign(session, supervisor, there, AssignmentKind.SUPERVISOR)
        household = make_household(session, district=there)
        entry = make_entry(session, household, supervisor, event_on=TODAY - timedelta(days=1))
        entry.state, entry.number = EntryState.SUBMITTED, 1
        contact = session.get_one(Contact, entry.contact_id)
        contact.started_at, contact.ended_at = start, end
        key = {"office_id": household.office_id, "household_id": household.id}
        session.add(ContactStaff(contact_id=contact.id, staff_id=office.caseworker.staff_id, **key))


@pytest.mark.parametrize(("start", "is_asked"), [(529, True), (530, False)])
def test_too_short_a_way_from_another_district_is_asked_about(office, caseworker, start, is_asked):
    elsewhere(office, start, start + 30, far=True)
    assert told(asked(office, caseworker), "分です。移動できる") is is_asked


def test_within_a_district_only_an_overlap_is_asked_about(office, caseworker):
    elsewhere(office, 520, 550, far=False)
    assert not told(asked(office, caseworker), "移動できる")


def test_an_overlap_with_a_visit_one_went_along_on_is_asked_about(office, caseworker):
    elsewhere(office, 515, 550, far=False)
    assert told(asked(office, caseworker), "時刻が重なっています")


def test_an_ordinary_visit_brings_no_question_about_times(office, caseworker):
    questions = asked(office, caseworker)
    for words in ("時刻", "閉庁日", "勤務時間", "休みの期間", "移動", "直されて"):
        assert not told(questions, words)


def test_a_purpose_that_says_nothing_is_asked_about(office, caseworker):
    assert told(asked(office, caseworker), "目的が「定期」だけ")
    given = written(office, caseworker)
    segments = tuple(
        replace(s, text="家賃の領収書の確認") if s.kind is SegmentKind.SUBJECT else s
        for s in given.segments
    )
    assert not told(asked(office, caseworker, segments=segments), "目的が「定期」だけ")


@pytest.mark.parametrize(
    ("minutes", "is_asked"), [((470, 500), True), ((480, 1081), True), ((480, 1080), False)]
)
def test_times_outside_working_time_are_asked_about(office, caseworker, minutes, is_asked):
    questions = asked(office, caseworker, started_at=minutes[0], ended_at=minutes[1])
    assert told(questions, "勤務時間の外") is is_asked


def test_closed_days_and_leave_are_asked_about(office, caseworker):
    sunday = TODAY - timedelta(days=(TODAY.weekday() + 1) % 7)
    with office.work() as session:
        add(
            session,
            StaffAbsence(
                office_id=office.caseworker.office_id,
                staff_id=office.caseworker.staff_id,
                substitute_id=None,
                valid_from=sunday,
                valid_to=sunday,
            ),
        )
    saved = caseworker.records.save(written(office, caseworker, event_on=sunday))
    caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
    boss = office.desk(office.supervisor)
    card = boss.approvals.card(boss.approvals.queue()[0].approval_id)
    questions = [check.sentence for check in card.subject.checks]
    assert told(questions, "閉庁日")
    assert told(questions, "休みの期間")


def test_what_was_changed_before_it_was_handed_in_stays_visible(office, caseworker):
    first = {"result_code": "21", "met": (), "started_at": 600, "ended_at": 605}
    questions = asked(office, caseworker, first)
    assert told(questions, "結果が「不在（連絡票を投函）」から「面接（世帯主）」に直されています")
    assert told(questions, "時刻が10:00〜10:05から8:00〜8:40に直されています")


def test_what_was_filled_in_later_is_no_change(office, caseworker):
    first = {"result_code": "", "met": (), "started_at": None, "ended_at": None}
    assert not told(asked(office, caseworker, first), "直されて")


def test_a_series_of_absences_is_asked_about(office, caseworker):
    def absent(days):
        again = Promise(promise_id=new_id(), who="担当", what="再訪問", due_on=TODAY)
        given = written(
            office,
            caseworker,
            result_code="21",
            met=(),
            promises=(again,),
            event_on=TODAY - timedelta(days=days),
        )
        saved = caseworker.records.save(given)
        approval_id = caseworker.records.submit(saved.entry_id, saved.version, Impact.NONE)
        card = office.desk(office.supervisor).approvals.card(approval_id)
        return [check.sentence for check in card.subject.checks]

    assert not told(absent(10), "続いています")
    assert told(absent(5), "不在が2回続いています")
