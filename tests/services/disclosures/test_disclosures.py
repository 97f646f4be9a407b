"""Requests, marks, the second look and what changes meanwhile: on both databases, as the people of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.disclosures import DisclosureMove, DisclosureState
from desktop.domain.disclosures_marks import Part, Verdict, find
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.records import SegmentKind
from desktop.domain.roles import Role
from desktop.models.disclosures import DisclosureMark
from desktop.models.office import Office, Staff
from desktop.models.records import EntryRecord
from tests.support import factories
from tests.support.desk import also_supervises, small_office
from tests.support.disclosures import (
    AGENCY,
    SUMMER,
    VISIT,
    a_request,
    approved_correction,
    approved_entry,
    decided,
    handed_over,
    left,
    part_with,
    parts,
    reviewed,
    struck,
    taken,
    two_entries,
    waiting,
    words_struck,
)

M = DisclosureMove


@pytest.fixture
def office(engine):
    office = small_office(engine)
    two_entries(office)
    return office


@pytest.fixture
def records(office):
    return office.desk(office.records)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


def moved(desk, sheet, move, reason=""):
    return desk.disclosures.move(sheet.row.disclosure_id, move, sheet.content_hash, reason)


def test_a_request_has_a_number_and_a_due_day(office, records):
    first = records.disclosures.take(a_request(office))
    second = records.disclosures.take(a_request(office))
    assert (first.label, second.label) == ("6-0001", "6-0002")
    assert (first.due_on, first.state) == (date(2024, 10, 20), DisclosureState.PREPARING)
    assert first.is_overdue(date(2024, 10, 21))
    assert not first.is_overdue(date(2024, 10, 20))
    assert [row.label for row in records.disclosures.requests()] == ["6-0002", "6-0001"]


def test_a_request_that_comes_twice_is_stored_once(office, records):
    given = a_request(office)
    assert records.disclosures.take(given) == records.disclosures.take(given)
    assert len(records.disclosures.of_household(office.household_id)) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"asked_by": " \u3000"}, "asked_by"),
        ({"asked_by": "長" * 101}, "asked_by"),
        ({"asked_on": date(2024, 10, 2)}, "asked_on"),
        ({"records_from": date(2024, 9, 2), "records_to": date(2024, 9, 1)}, "records_to"),
        ({"records_to": date(2024, 10, 2)}, "records_to"),
        ({"person_id": new_id()}, "person_id"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_a_request_is_judged_by_field(office, records, changes, field):
    with pytest.raises(ValidationError) as refused:
        records.disclosures.take(a_request(office, **changes))
    assert list(refused.value.fields) == [field]


def test_people_of_the_household_can_be_asked_about(office, records):
    assert [person.name for person in records.disclosures.people(office.household_id)] == [
        "架空 花子"
    ]


def test_nothing_is_struck_by_itself_but_others_words_are_listed(office, records):
    sheet = taken(office, records)
    assert sheet.marks == ()
    assert [entry.event_on for entry in sheet.entries][-1] == SUMMER
    listed = {(part.key.part, part.text) for part in waiting(sheet)}
    assert (Part.TEXT, AGENCY) in listed
    assert (Part.MET, "架空医師") in listed
    assert not any(VISIT in text for _, text in listed)


def test_what_waits_in_the_program_waits_in_the_database(office, records):
    approved_entry(
        office,
        "見本家主から聞いた。",
        event_on=date(2024, 7, 1),
        more=(
            (SegmentKind.VIEW, "所見を書いた。", "民生委員 例示"),
            (SegmentKind.LEGACY, "旧い文。", ""),
        ),
    )
    sheet = taken(office, records)
    count = len(waiting(sheet))
    with pytest.raises(ValidationError, match=f"{count}件"):
        moved(records, sheet, M.HAND_OVER)
    sheet = records.disclosures.mark([left(sheet, waiting(sheet)[0].key)])
    with pytest.raises(ValidationError, match=f"{count - 1}件"):
        moved(records, sheet, M.HAND_OVER)


def test_words_are_struck_where_they_stand(office, records):
    sheet = taken(office, records)
    sheet = records.disclosures.mark([words_struck(sheet, "見本太郎")])
    (mark,) = sheet.marks
    assert VISIT[mark.start : mark.end] == "見本太郎"
    assert (mark.verdict, mark.reason, mark.made_by) == (
        *(Verdict.STRUCK, "78-1-2", records.staff.name),
    )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"quote": "別の言葉"}, ValidationError),
        ({"start": 3, "end": 2}, ValidationError),
        ({"end": 4000}, ValidationError),
        ({"start": None}, ValidationError),
        ({"reason": "nonsense"}, ValidationError),
        ({"reason": ""}, ValidationError),
        ({"verdict": Verdict.LEFT, "reason": ""}, ValidationError),
        ({"note": "長" * 1001}, ValidationError),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else value.__name__,
)
def test_a_mark_says_what_stands_there_and_why(office, records, changes, error):
    sheet = taken(office, records)
    with pytest.raises(error):
        records.disclosures.mark([words_struck(sheet, "見本太郎", **changes)])
    assert records.disclosures.sheet(sheet.row.disclosure_id).marks == ()


def test_a_part_of_another_version_or_entry_is_not_marked(office, records):
    sheet = taken(office, records)
    key = part_with(sheet, "隣室").key
    for wrong in (
        replace(key, version=2),
        replace(key, entry_id=new_id()),
        replace(key, segment_id=new_id()),
        replace(key, part=Part.MET),
    ):
        with pytest.raises(ConflictError, match="有効な版にありません"):
            records.disclosures.mark([struck(sheet, wrong)])


def test_fields_are_struck_whole(office, records):
    sheet = taken(office, records)
    place = next(p for p in parts(sheet) if p.key.part is Part.PLACE)
    span = {"start": 0, "end": 1, "quote": place.text[0]}
    with pytest.raises(ValidationError, match="欄の全部"):
        records.disclosures.mark([struck(sheet, place.key, **span)])
    sheet = records.disclosures.mark([struck(sheet, place.key)])
    assert [mark.key for mark in sheet.marks] == [place.key]


def test_people_met_are_struck_by_name(office, records):
    sheet = taken(office, records)
    met = part_with(sheet, "架空医師", Part.MET)
    span = {"start": 0, "end": 4, "quote": "架空医師"}
    sheet = records.disclosures.mark([struck(sheet, met.key, **span)])
    assert met.key not in {part.key for part in waiting(sheet)}


def test_the_last_decision_about_a_part_counts(office, records):
    sheet = taken(office, records)
    key = part_with(sheet, AGENCY).key
    sheet = records.disclosures.mark([struck(sheet, key)])
    sheet = records.disclosures.mark([left(sheet, key)])
    assert [mark.verdict for mark in sheet.marks] == [Verdict.LEFT]
    sheet = records.disclosures.mark([words_struck(sheet, "架空医師"), words_struck(sheet, "病状")])
    assert [mark.verdict for mark in sheet.marks] == [Verdict.STRUCK, Verdict.STRUCK]
    sheet = records.disclosures.mark([words_struck(sheet, "病状", reason="78-1-1")])
    assert sorted(mark.reason for mark in sheet.marks) == ["78-1-1", "78-1-2"]


def test_a_decision_is_taken_back_and_the_row_stays(office, records):
    sheet = taken(office, records)
    key = part_with(sheet, AGENCY).key
    sheet = records.disclosures.mark([struck(sheet, key)])
    sheet = records.disclosures.lift(sheet.row.disclosure_id, [sheet.marks[0].mark_id])
    assert sheet.marks == ()
    assert key in {part.key for part in waiting(sheet)}
    with office.work() as session:
        (row,) = session.query(DisclosureMark).all()
        assert row.lifted_by == records.staff.staff_id


def test_every_place_of_a_word_is_found_and_struck_at_once(office, records):
    approved_entry(office, "見本太郎が来た。見本太郎は怒っていた。", event_on=date(2024, 6, 3))
    sheet = taken(office, records)
    found = find(parts(sheet), "見本太郎", sheet.marks)
    assert len(found) == 3
    given = [
        struck(sheet, f.part.key, start=f.start, end=f.end, quote=f.part.text[f.start : f.end])
        for f in found
    ]
    sheet = records.disclosures.mark(given)
    assert len(sheet.marks) == 3
    assert all(f.is_struck for f in find(parts(sheet), "見本太郎", sheet.marks))


def test_of_marks_given_together_all_or_none_are_stored(office, records):
    sheet = taken(office, records)
    with pytest.raises(ValidationError):
        records.disclosures.mark(
            [words_struck(sheet, "見本太郎"), words_struck(sheet, "苦情", quote="別")]
        )
    assert records.disclosures.sheet(sheet.row.disclosure_id).marks == ()


def test_a_copy_goes_to_the_supervisor_who_looks_at_it(office, records, supervisor):
    sheet = handed_over(office, records)
    assert sheet.row.state is DisclosureState.HANDED_OVER
    assert not sheet.may_review
    seen = supervisor.disclosures.sheet(sheet.row.disclosure_id)
    assert seen.may_review
    assert (seen.content_hash, seen.is_changed) == (sheet.content_hash, False)
    seen = moved(supervisor, seen, M.REVIEW)
    assert (seen.row.state, seen.row.reviewed_by) == (
        *(DisclosureState.REVIEWED, supervisor.staff.name),
    )
    assert [move.move for move in seen.moves] == [M.HAND_OVER, M.REVIEW]


def test_it_comes_back_with_a_reason(office, records, supervisor):
    sheet = handed_over(office, records)
    with pytest.raises(ValidationError, match="理由"):
        moved(supervisor, sheet, M.RETURN, " ")
    sheet = moved(supervisor, sheet, M.RETURN, "隣人の名を見落としている。")
    assert sheet.row.state is DisclosureState.PREPARING
    assert sheet.moves[-1].reason == "隣人の名を見落としている。"
    assert sheet.row.reviewed_by == ""


def test_while_somebody_looks_nothing_is_marked(office, records):
    sheet = handed_over(office, records)
    with pytest.raises(ConflictError):
        records.disclosures.mark([words_struck(sheet, "苦情")])
    with pytest.raises(ConflictError):
        records.disclosures.lift(sheet.row.disclosure_id, [sheet.marks[0].mark_id])


def test_the_second_look_is_never_that_of_the_same_person(office, records):
    both = also_supervises(office.work, office.records, office.household_id)
    sheet = handed_over(office, records)
    desk = office.desk(both)
    assert not desk.disclosures.sheet(sheet.row.disclosure_id).may_review
    with pytest.raises(NotPermittedError, match="印を付けた人"):
        moved(desk, sheet, M.REVIEW)


def test_nor_of_a_namesake(office, records, supervisor):
    with office.work() as session:
        person = session.get_one(Staff, office.supervisor.staff_id)
        other = session.get_one(Staff, office.records.staff_id)
        person.name, person.kana = other.name.replace(" ", "\u3000"), other.kana
    sheet = handed_over(office, records)
    with pytest.raises(NotPermittedError, match="氏名・フリガナ"):
        moved(supervisor, sheet, M.REVIEW)


def test_nor_of_a_supervisor_of_another_district(office, records):
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        person = factories.make_staff(session, Role.SUPERVISOR, office=home)
        elsewhere = factories.signed_in(session, person)
    sheet = handed_over(office, records)
    stranger = office.desk(elsewhere)
    assert stranger.disclosures.requests() == ()
    with pytest.raises(NotPermittedError):
        moved(stranger, sheet, M.REVIEW)


def test_the_head_sees_the_list_and_moves_nothing(office, records):
    sheet = handed_over(office, records)
    head = office.desk(office.head)
    assert [row.label for row in head.disclosures.requests()] == ["6-0001"]
    for move in (M.REVIEW, M.RETURN, M.REOPEN, M.WITHDRAW):
        with pytest.raises(NotPermittedError):
            moved(head, sheet, move, "理由")


def test_a_caseworker_has_no_part_in_it(office):
    caseworker = office.desk(office.caseworker)
    with pytest.raises(NotPermittedError):
        caseworker.disclosures.requests()


def test_what_was_not_shown_is_not_reviewed(office, records, supervisor):
    sheet = handed_over(office, records)
    with pytest.raises(ConflictError, match="表示または確認されたもの"):
        supervisor.disclosures.move(sheet.row.disclosure_id, M.REVIEW, "0" * 64)


def test_a_new_version_is_looked_at_again(office, records, supervisor):
    visit = approved_entry(office, "見本次郎が同席した。", event_on=date(2024, 6, 3))
    sheet = taken(office, records)
    sheet = records.disclosures.mark([words_struck(sheet, "見本次郎")])
    sheet = moved(records, decided(records, sheet), M.HAND_OVER)
    seen = moved(supervisor, sheet, M.REVIEW)
    approved_correction(office, visit, "見本次郎と見本三郎が同席した。")
    seen = records.disclosures.sheet(seen.row.disclosure_id)
    assert seen.is_changed
    sheet = moved(records, seen, M.REOPEN, "記録が訂正されたため。")
    # The mark stays with its version, and every text of the entry waits for a decision.
    assert [mark.key.version for mark in sheet.marks if mark.key.entry_id == visit] == [1]
    again = [part for part in waiting(sheet) if part.key.entry_id == visit]
    assert {part.why for part in again} == {"前の版に不開示の印"}
    with pytest.raises(ValidationError, match=f"{len(again)}件"):
        moved(records, sheet, M.HAND_OVER)


def test_a_mark_on_a_field_of_an_earlier_version_asks_for_the_field_again(office, records):
    visit = approved_entry(office, "面接した。", event_on=date(2024, 6, 3))
    sheet = taken(office, records)
    places = [p for p in parts(sheet) if p.key.part is Part.PLACE and p.key.entry_id == visit]
    sheet = decided(records, records.disclosures.mark([struck(sheet, places[0].key)]))
    approved_correction(office, visit, "面接して、話を聞いた。")
    sheet = records.disclosures.sheet(sheet.row.disclosure_id)
    again = {part.key.part for part in waiting(sheet)}
    assert again == {Part.PLACE, Part.TEXT}
    with pytest.raises(ValidationError, match=f"{len(waiting(sheet))}件"):
        moved(records, sheet, M.HAND_OVER)


def test_an_entry_approved_meanwhile_changes_the_copy(office, supervisor):
    sheet = reviewed(office)
    approved_entry(office, "あとから決裁された。", event_on=date(2024, 9, 2))
    assert supervisor.disclosures.sheet(sheet.row.disclosure_id).is_changed


def test_annulled_and_unapproved_entries_are_out_and_counted(office, records):
    annulled = approved_entry(office, "別の世帯の記録だった。", event_on=date(2024, 6, 3))
    with office.work() as session:
        session.get_one(EntryRecord, annulled).is_annulled = True
    sheet = taken(office, records)
    assert annulled not in {entry.entry_id for entry in sheet.entries}
    assert sheet.left_out.annulled == 1


def test_a_period_without_records_cannot_be_handed_over(office, records):
    sheet = taken(office, records, records_from=date(2023, 4, 1), records_to=date(2023, 4, 30))
    with pytest.raises(ValidationError, match="決裁済みの記録がありません"):
        moved(records, sheet, M.HAND_OVER)


def test_a_request_is_withdrawn_with_a_reason_and_moves_no_more(office, records):
    sheet = taken(office, records)
    with pytest.raises(ValidationError, match="理由"):
        moved(records, sheet, M.WITHDRAW)
    sheet = moved(records, sheet, M.WITHDRAW, "請求者が取り下げた。")
    assert sheet.row.state is DisclosureState.WITHDRAWN
    with pytest.raises(ConflictError):
        records.disclosures.mark([words_struck(sheet, "見本太郎")])


def test_nobody_issues_past_the_printing(office, records):
    sheet = reviewed(office)
    with pytest.raises(NotPermittedError, match="同じ印刷"):
        moved(records, sheet, M.ISSUE)
