"""Telephone memos: into the file, onto the desk of whoever's duty it is, up to the supervisor, and answered once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desktop.domain.errors import (
    ConflictError,
    NotPermittedError,
    ReasonNeededError,
    ValidationError,
)
from desktop.domain.ids import new_id
from desktop.domain.records import ContactMethod, EntryState, SegmentKind
from desktop.domain.telephone_memos import READING_REASON, CallBack, MemoInput
from desktop.domain.todos import TodoOrigin
from desktop.models.households import Household
from desktop.models.imports import Ticket
from desktop.models.office import Assignment, District, Staff, StaffAbsence
from desktop.models.telephone_memos import TelephoneMemo, TelephoneMemoText
from tests.services.test_main_job import written
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, LONG_AGO, TODAY, assign, days_ago, signed_in


@pytest.fixture
def office(engine):
    return small_office(engine)


def a_memo(office, **changes):
    values = {
        "memo_id": new_id(),
        "household_id": office.household_id,
        "who": "架空 花子",
        "what": "薬の袋が見つからない",
    }
    return MemoInput(**values | changes)


def taken(office, by=None, **changes):
    given = a_memo(office, **changes)
    office.desk(by or office.outsider).memos.take(given)
    return given.memo_id


def memos_of(office, staff, clock=CLOCK):
    lines = office.desk(staff, clock).todos.mine()
    return [line for line in lines if line.origin is TodoOrigin.TELEPHONE_MEMO]


def ended(office, staff):
    with office.work() as session:
        mine = Assignment.staff_id == staff.staff_id
        session.execute(update(Assignment).where(mine).values(valid_to=days_ago(1)))


def test_a_colleague_s_call_stands_in_the_file_and_on_the_caseworker_s_desk(office):
    answer = office.desk(office.outsider).memos.take(a_memo(office))
    assert answer.has_entry
    assert answer.caseworker == office.caseworker.name

    (line,) = memos_of(office, office.caseworker)
    assert line.text == "架空 花子：薬の袋が見つからない"
    assert (line.due_on - TODAY).days == 1
    (entry,) = office.desk(office.caseworker).records.chronicle(office.household_id)
    assert (entry.kind, entry.method) == ("telephone_in", ContactMethod.TELEPHONE_IN)
    assert entry.state is EntryState.SUBMITTED
    assert entry.author_id == office.outsider.staff_id
    assert entry.entry_id == line.subject_id
    assert entry.text(SegmentKind.FACTS) == "薬の袋が見つからない（折り返し 翌営業日まで）"
    assert [met.label for met in entry.met] == ["架空 花子"]
    assert memos_of(office, office.outsider) == memos_of(office, office.supervisor) == []


def test_the_file_is_opened_with_a_reason_in_the_log_and_not_on_screen(office):
    desk = office.desk(office.outsider)
    desk.memos.take(a_memo(office))
    with office.work() as session:
        assert session.scalars(select(Ticket.reason)).all() == [READING_REASON]
    with pytest.raises(ReasonNeededError):
        desk.records.chronicle(office.household_id)


def test_whoever_writes_no_records_leaves_a_memo_without_an_entry(office):
    answer = office.desk(office.records).memos.take(a_memo(office))
    assert not answer.has_entry
    (line,) = memos_of(office, office.caseworker)
    assert line.subject_id is None


@pytest.mark.parametrize(
    ("call_back", "days", "words"),
    [
        (CallBack.TODAY, 0, "【急ぎ】"),
        (CallBack.IN_A_WEEK, 7, ""),
        (CallBack.NOT_NEEDED, None, "（折り返し不要）"),
    ],
)
def test_until_when_to_call_back(office, call_back, days, words):
    taken(office, call_back=call_back)
    (line,) = memos_of(office, office.caseworker)
    assert line.due_on == (None if days is None else TODAY + timedelta(days=days))
    assert words in line.text


def test_it_follows_the_duty_and_no_name(office):
    taken(office)
    ended(office, office.caseworker)
    with office.work() as session:
        household = session.get_one(Household, office.household_id)
        successor = session.get_one(Staff, office.outsider.staff_id)
        assign(session, successor, session.get_one(District, household.district_id))
        now_on_duty = signed_in(session, successor)
        before = signed_in(session, session.get_one(Staff, office.caseworker.staff_id))
    assert len(memos_of(office, now_on_duty)) == 1
    assert memos_of(office, before) == []


def test_who_stands_in_has_it_too_and_without_one_the_supervisor(office):
    taken(office)
    with office.work() as session:
        absence = StaffAbsence(
            office_id=office.caseworker.office_id,
            staff_id=office.caseworker.staff_id,
            valid_from=LONG_AGO,
        )
        session.add(absence)
        session.flush()
        absence_id = absence.id
    assert len(memos_of(office, office.supervisor)) == 1
    with office.work() as session:
        session.get_one(StaffAbsence, absence_id).substitute_id = office.outsider.staff_id
    with office.work() as session:
        stands_in = signed_in(session, session.get_one(Staff, office.outsider.staff_id))
    assert memos_of(office, office.supervisor) == []
    assert len(memos_of(office, stands_in)) == 1


def test_a_vacant_post_s_calls_lie_with_the_supervisor(office):
    ended(office, office.caseworker)
    answer = office.desk(office.outsider).memos.take(a_memo(office))
    assert answer.caseworker == ""
    assert len(memos_of(office, office.supervisor)) == 1


def test_what_is_late_climbs_to_the_supervisor_until_it_is_answered(office):
    memo_id = taken(office)
    at_the_day = later(CLOCK, days=1)
    assert memos_of(office, office.supervisor, at_the_day) == []
    late = later(CLOCK, days=2)
    assert len(memos_of(office, office.supervisor, late)) == 1
    office.desk(office.caseworker, late).memos.answer(memo_id, "電話した。袋は見つかった")
    assert memos_of(office, office.supervisor, late) == []
    assert memos_of(office, office.caseworker, late) == []
    with office.work() as session:
        memo = session.get_one(TelephoneMemo, memo_id)
        assert (memo.answered_by, memo.answer_entry_id) == (office.caseworker.staff_id, None)
        assert session.get_one(TelephoneMemoText, memo_id).answer == "電話した。袋は見つかった"


def test_an_answer_needs_words_or_what_was_recorded_since(office):
    memo_id = taken(office)
    desk = office.desk(office.caseworker, later(CLOCK, minutes=5))
    with pytest.raises(ValidationError) as refused:
        desk.memos.answer(memo_id, "　")
    assert "answer" in refused.value.fields
    saved = desk.records.save(written(office, desk))
    desk.memos.answer(memo_id)
    with office.work() as session:
        assert session.get_one(TelephoneMemo, memo_id).answer_entry_id == saved.entry_id


def test_of_two_who_call_back_the_second_is_told(office):
    memo_id = taken(office)
    office.desk(office.caseworker).memos.answer(memo_id, "電話した")
    with pytest.raises(ConflictError, match="ほかの人がもう"):
        office.desk(office.supervisor).memos.answer(memo_id, "わたしも電話した")
    with office.work() as session:
        assert session.get_one(TelephoneMemoText, memo_id).answer == "電話した"


def test_who_has_nothing_to_do_with_the_household_answers_nothing(office):
    memo_id = taken(office)
    with pytest.raises(NotPermittedError):
        office.desk(office.outsider).memos.answer(memo_id, "電話した")


def test_a_call_of_nobody_known_waits_on_the_office_s_list(office):
    answer = office.desk(office.records).memos.take(a_memo(office, household_id=None))
    assert answer.is_unidentified
    (call,) = office.desk(office.caseworker).memos.unidentified()
    assert (call.who, call.what) == ("架空 花子", "薬の袋が見つからない")
    assert len(memos_of(office, office.records)) == 1
    assert memos_of(office, office.supervisor) == []
    assert len(memos_of(office, office.supervisor, later(CLOCK, days=2))) == 1

    found = office.desk(office.outsider).memos.identify(call.memo_id, office.household_id)
    assert found.has_entry
    assert office.desk(office.caseworker).memos.unidentified() == ()
    (line,) = memos_of(office, office.caseworker)
    assert line.memo_id == call.memo_id
    (entry,) = office.desk(office.caseworker).records.chronicle(office.household_id)
    assert entry.author_id == office.outsider.staff_id
    (facts,) = [s for s in entry.segments if s.kind is SegmentKind.FACTS]
    assert office.records.name in facts.source
    with pytest.raises(ConflictError):
        office.desk(office.supervisor).memos.identify(call.memo_id, office.household_id)


def test_a_call_that_nobody_can_place_ends_by_an_answer(office):
    memo_id = taken(office, household_id=None)
    office.desk(office.caseworker).memos.answer(memo_id, "かけ間違いだった")
    assert office.desk(office.caseworker).memos.unidentified() == ()


@pytest.mark.parametrize("missing", ["who", "what"])
def test_both_are_needed(office, missing):
    with pytest.raises(ValidationError) as refused:
        taken(office, **{missing: "　"})
    assert missing in refused.value.fields


def test_the_same_memo_again_and_a_household_of_nowhere_are_refused(office):
    given = a_memo(office)
    memos = office.desk(office.outsider).memos
    memos.take(given)
    with pytest.raises(ConflictError):
        memos.take(given)
    with pytest.raises(NotPermittedError):
        memos.take(replace(given, memo_id=new_id(), household_id=new_id()))
