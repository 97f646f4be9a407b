"""Inquiries from the draft to the check: on both databases, as the people of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.database import inquiring
from desktop.database.reading import ReadingDoor
from desktop.domain.clock import FixedClock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.inquiries import AnswerInput, Consent, InquiryState
from desktop.domain.todos import TodoOrigin
from desktop.services.printing.batches import note_batch
from desktop.services.todos import TodoService
from tests.support.desk import also_supervises, small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.inquiries import a_draft, an_inquiry, newest
from tests.support.papers import a_paper

S = InquiryState


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def supervisor(office):
    return office.desk(office.supervisor)


@pytest.fixture
def asked(office, caseworker):
    """A drafted inquiry."""
    given = an_inquiry(office)
    caseworker.inquiries.ask(given)
    return given.inquiry_id


def send(desk, inquiry_id, shown):
    """What the print run does when the letter came out."""
    batch_id = new_id()
    with desk.work() as session:
        note_batch(
            session,
            batch_id,
            FormMark.PLAIN,
            staff=desk.staff,
            at=CLOCK.now(),
            pages=1,
            sha256="ab" * 32,
        )
        inquiring.send(session, desk.staff, inquiry_id, shown, batch_id, CLOCK.now())


def answer(inquiry_id, shown, **given):
    made = AnswerInput(
        inquiry_id=inquiry_id, shown=shown, answered_on=TODAY, words="普通預金1口座、残高1,200円"
    )
    return replace(made, **given)


def approved(office, supervisor, inquiry_id):
    newest(supervisor, office)
    supervisor.inquiries.move(inquiry_id, 1, S.APPROVED)


def test_a_draft_stands_in_register_and_file(office, caseworker):
    label = caseworker.inquiries.ask(an_inquiry(office))
    assert label == "照6-0001"
    (line,) = caseworker.inquiries.open_lines()
    assert (line.label, line.state, line.basis, line.agency_label, line.person) == (
        *("照6-0001", S.DRAFTED, "生活保護法第29条", "見本銀行 事務集中部", "架空 花子"),
    )
    assert (line.is_own, line.may_decide, line.is_overdue) == (True, False, False)
    found = newest(caseworker, office)
    assert (found.purpose, [item.label for item in found.items]) == (
        *("資産の確認のため", ["預貯金の残高"]),
    )


def test_a_retry_stores_once_and_numbers_have_no_gap(office, caseworker):
    given = an_inquiry(office)
    assert caseworker.inquiries.ask(given) == caseworker.inquiries.ask(given) == "照6-0001"
    assert caseworker.inquiries.ask(an_inquiry(office)) == "照6-0002"
    assert [line.number for line in caseworker.inquiries.lines_of_year(2024)] == [1, 2]
    assert caseworker.inquiries.lines_of_year(2023) == ()


def test_anothers_id_is_not_taken_over(office, supervisor, asked):
    given = replace(an_inquiry(office), inquiry_id=asked)
    with pytest.raises(NotPermittedError):
        supervisor.inquiries.ask(given)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": " \u3000"}, "purpose"),
        ({"items": ()}, "items"),
        ({"items": ("pension_amount",)}, "items"),
        ({"items": ("nonsense",)}, "items"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": TODAY + timedelta(days=400)}, "due_on"),
        ({"more": "長" * 2001}, "more"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as error:
        caseworker.inquiries.ask(an_inquiry(office, **changes))
    assert list(error.value.fields) == [field]
    assert caseworker.inquiries.open_lines() == ()


def test_an_unknown_agency_and_a_stranger_are_refused(office, caseworker):
    with pytest.raises(ValidationError) as error:
        caseworker.inquiries.ask(an_inquiry(office, agency="nowhere"))
    assert list(error.value.fields) == ["agency"]
    with pytest.raises(ValidationError) as error:
        caseworker.inquiries.ask(replace(an_inquiry(office), person_id=new_id()))
    assert list(error.value.fields) == ["person_id"]


def test_a_question_of_ones_own_needs_no_item(office, caseworker):
    caseworker.inquiries.ask(an_inquiry(office, items=(), more="貸金庫の契約の有無"))
    found = newest(caseworker, office)
    assert (found.items, found.more, found.line.basis) == (
        *((), "貸金庫の契約の有無", "生活保護法第29条"),
    )


def test_the_whole_way_by_four_hands(office, caseworker, supervisor, asked):
    approved(office, supervisor, asked)
    send(office.desk(office.records), asked, 2)
    caseworker.inquiries.move(asked, 3, S.SENT, "電話で担当課に依頼した。")
    brought = a_paper(office.household_id)
    caseworker.papers.receive(brought)
    caseworker.inquiries.answer(answer(asked, 4, paper_id=brought.paper_id))
    caseworker.inquiries.move(asked, 5, S.CHECKED, "保有を認められる額。次の申告で確かめる。")
    found = newest(caseworker, office)
    assert [step.state for step in found.steps] == [
        *(S.DRAFTED, S.APPROVED, S.SENT, S.SENT, S.ANSWERED, S.CHECKED),
    ]
    assert [step.words for step in found.steps][3:] == [
        *("電話で担当課に依頼した。", "普通預金1口座、残高1,200円"),
        "保有を認められる額。次の申告で確かめる。",
    ]
    line = found.line
    assert (line.reminders, line.answered_on, line.paper_label, line.checked_on) == (
        *(1, TODAY, "6-0001", TODAY),
    )
    assert caseworker.inquiries.open_lines() == ()


def test_nobody_approves_an_own_draft(office, asked):
    both = also_supervises(office.work, office.caseworker, office.household_id)
    desk = office.desk(both)
    newest(desk, office)
    for to in (S.APPROVED, S.RETURNED):
        with pytest.raises(NotPermittedError, match="起案した人は"):
            desk.inquiries.move(asked, 1, to, "理由")
    assert newest(desk, office).line.may_decide is False


def test_who_did_not_read_it_does_not_approve(office, supervisor, asked):
    with pytest.raises(NotPermittedError, match="読んでから"):
        supervisor.inquiries.move(asked, 1, S.APPROVED)
    (line,) = supervisor.inquiries.open_lines()
    assert (line.state, line.may_decide) == (S.DRAFTED, True)


def test_a_caseworker_approves_nothing(office, caseworker, asked):
    with pytest.raises(NotPermittedError):
        caseworker.inquiries.move(asked, 1, S.APPROVED)


def test_a_returned_draft_is_written_anew_and_read_anew(office, caseworker, supervisor, asked):
    newest(supervisor, office)
    with pytest.raises(ValidationError):
        supervisor.inquiries.move(asked, 1, S.RETURNED, " ")
    supervisor.inquiries.move(asked, 1, S.RETURNED, "履歴も聞いてください。")
    draft = a_draft(items=("bank_balance", "bank_history"), consent=Consent.REFUSED)
    caseworker.inquiries.redraft(asked, 2, draft)
    found = newest(caseworker, office)
    assert [item.code for item in found.items] == ["bank_balance", "bank_history"]
    assert (found.line.state, found.line.consent) == (S.DRAFTED, Consent.REFUSED)
    assert [step.words for step in found.steps] == ["", "履歴も聞いてください。", ""]


def test_what_was_read_before_the_new_draft_does_not_count(office, caseworker, supervisor, asked):
    newest(supervisor, office)
    supervisor.inquiries.move(asked, 1, S.RETURNED, "履歴も聞いてください。")
    later = FixedClock(CLOCK.now() + timedelta(hours=1))
    office.desk(office.caseworker, later).inquiries.redraft(asked, 2, a_draft())
    supervisor_later = office.desk(office.supervisor, later)
    with pytest.raises(NotPermittedError, match="読んでから"):
        supervisor_later.inquiries.move(asked, 3, S.APPROVED)


def test_nothing_is_sent_without_a_second_persons_word(office, caseworker, asked):
    with pytest.raises(ConflictError):
        send(caseworker, asked, 1)
    with pytest.raises(ConflictError):
        caseworker.inquiries.answer(answer(asked, 1))


def test_a_step_that_was_not_shown_is_a_conflict(office, caseworker, supervisor, asked):
    approved(office, supervisor, asked)
    with pytest.raises(ConflictError, match="別の職員"):
        caseworker.inquiries.move(asked, 1, S.WITHDRAWN, "不要になった。")
    caseworker.inquiries.move(asked, 2, S.WITHDRAWN, "不要になった。")
    assert newest(caseworker, office).line.state is S.WITHDRAWN
    with pytest.raises(ConflictError):
        send(caseworker, asked, 3)


def test_sending_and_answering_do_not_go_by_the_plain_door(office, caseworker, supervisor, asked):
    approved(office, supervisor, asked)
    with pytest.raises(ConflictError):
        caseworker.inquiries.move(asked, 2, S.SENT, "言葉だけ")
    send(caseworker, asked, 2)
    with pytest.raises(ConflictError):
        caseworker.inquiries.move(asked, 3, S.ANSWERED, "言葉だけ")


def test_an_answer_comes_between_sending_and_today(office, caseworker, supervisor, asked):
    approved(office, supervisor, asked)
    send(caseworker, asked, 2)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        with pytest.raises(ValidationError) as error:
            caseworker.inquiries.answer(answer(asked, 3, answered_on=day))
        assert list(error.value.fields) == ["answered_on"]
    with pytest.raises(NotPermittedError):
        caseworker.inquiries.answer(answer(asked, 3, paper_id=new_id()))
    with pytest.raises(ValidationError):
        caseworker.inquiries.answer(answer(asked, 3, words=" "))


def test_what_is_past_due_is_marked(office, caseworker, supervisor, asked):
    approved(office, supervisor, asked)
    send(caseworker, asked, 2)
    (line,) = caseworker.inquiries.open_lines()
    assert line.is_overdue is False
    later = FixedClock(datetime(2024, 11, 1, 3, tzinfo=UTC))
    (line,) = office.desk(office.caseworker, later).inquiries.open_lines()
    assert (line.due_on, line.is_overdue) == (date(2024, 10, 31), True)


def test_another_team_neither_sees_nor_asks(office, asked):
    outsider = office.desk(office.outsider)
    assert outsider.inquiries.open_lines() == ()
    with pytest.raises(NotPermittedError):
        outsider.inquiries.move(asked, 1, S.WITHDRAWN, "理由")
    with pytest.raises(NotPermittedError):
        outsider.inquiries.ask(an_inquiry(office))


def test_records_staff_send_and_do_not_ask(office, asked):
    records = office.desk(office.records)
    assert [line.number for line in records.inquiries.open_lines()] == [1]
    with pytest.raises(NotPermittedError):
        records.inquiries.ask(an_inquiry(office))


def todos_of(office, staff, clock=CLOCK):
    desk = office.desk(staff, clock)
    service = TodoService(desk.work, clock, staff, ReadingDoor(desk.work, clock, staff))
    return [(row.text, row.due_on) for row in service.mine() if row.origin is TodoOrigin.INQUIRY]


def test_each_step_waits_on_the_desk_of_whoever_takes_it(office, caseworker, supervisor, asked):
    where = "見本銀行 事務集中部（照6-0001）"
    assert todos_of(office, office.supervisor) == [(f"照会の承認：{where}", None)]
    assert todos_of(office, office.caseworker) == []
    approved(office, supervisor, asked)
    assert todos_of(office, office.supervisor) == []
    assert todos_of(office, office.caseworker) == [(f"照会の発送：{where}", None)]
    send(caseworker, asked, 2)
    assert todos_of(office, office.caseworker) == []
    later = FixedClock(datetime(2024, 11, 1, 3, tzinfo=UTC))
    assert todos_of(office, office.caseworker, later) == [
        (f"照会の督促：{where}", date(2024, 10, 31))
    ]
    caseworker.inquiries.answer(answer(asked, 3))
    assert todos_of(office, office.caseworker) == [(f"照会の回答の確認：{where}", None)]
    caseworker.inquiries.move(asked, 4, S.CHECKED, "変わりなし。")
    assert todos_of(office, office.caseworker) == []
    assert todos_of(office, office.outsider) == []
