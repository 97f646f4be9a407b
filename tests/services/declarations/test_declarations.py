"""Cycles, receipts, reasons and the board: on both databases, as the people of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desktop.domain.clock import FixedClock
from desktop.domain.declarations import CellState, MissingReason
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.papers import PaperState
from tests.support.declarations import ASSET, INCOME, a_duty, a_missing, a_receipt, cells_of, due
from tests.support.desk import small_office
from tests.support.papers import a_paper

#: The tests' day is 1 October 2024.
JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2024, month, 1) for month in (7, 8, 9, 10))
S = CellState


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def caseworker(office):
    return office.desk(office.caseworker)


@pytest.fixture
def monthly(office, caseworker):
    """The head declares every month since July."""
    caseworker.declarations.set_duty(a_duty(office, JULY))
    return caseworker


def states(desk, first=JULY, kind=INCOME):
    return [cell.state if cell else None for cell in cells_of(desk, first, kind)]


def test_before_a_cycle_is_given_the_board_proposes_and_nothing_is_due(office, caseworker):
    owner = caseworker.declarations.owners()[0]
    assert (owner.staff_id, owner.name) == (
        office.caseworker.staff_id,
        office.caseworker.name,
    )
    board = caseworker.declarations.board(owner.district_ids, JULY)
    assert [(row.kind, row.cycle) for row in board.rows] == [(INCOME, ""), (ASSET, "")]
    assert [row.proposal.cycle for row in board.rows][1] == "asset_yearly"
    assert not any(cell for row in board.rows for cell in row.cells)
    assert [cycle.code for cycle in board.cycles] == [
        *("income_monthly", "income_quarterly", "income_yearly", "asset_yearly")
    ]


def test_a_given_cycle_makes_months_due(monthly):
    assert states(monthly)[:5] == [S.MISSING, S.MISSING, S.NOT_YET, S.NOT_YET, S.NOT_YET]
    assert cells_of(monthly, JULY)[0].due_on == date(2024, 8, 5)


def test_one_act_takes_the_paper_in_and_links_it(office, monthly):
    given = a_receipt(office, AUGUST)
    taken = monthly.declarations.receive(given, asks_first=True)
    assert taken.paper.label == "6-0001"
    cell = cells_of(monthly, JULY)[1]
    assert (cell.state, cell.receipt.label, cell.receipt.received_on) == (
        *(S.RECEIVED, "6-0001", date(2024, 10, 1)),
    )
    (line,) = monthly.papers.pool().lines
    assert (line.kind_label, line.person, line.state) == (
        *("収入申告書", "架空 花子", PaperState.RECEIVED),
    )


def test_a_receipt_that_comes_twice_is_stored_once(office, monthly):
    given = a_receipt(office, AUGUST)
    first = monthly.declarations.receive(given)
    assert monthly.declarations.receive(given) == first
    assert monthly.papers.pool().total == 1


def test_a_month_is_received_once(office, monthly):
    monthly.declarations.receive(a_receipt(office, AUGUST))
    with pytest.raises(ConflictError, match="すでに受領"):
        monthly.declarations.receive(a_receipt(office, AUGUST))
    assert monthly.papers.pool().total == 1


def test_a_paper_of_the_counter_is_offered_first_and_linked(office, monthly):
    brought = a_paper(office.household_id, kind="income_declaration")
    office.desk(office.records).papers.receive(brought)
    given = a_receipt(office, AUGUST)
    taken = monthly.declarations.receive(given, asks_first=True)
    assert taken.paper is None
    assert [paper.paper_id for paper in taken.waiting] == [brought.paper_id]
    linked = monthly.declarations.receive(replace(given, paper_id=brought.paper_id, is_linked=True))
    assert linked.paper.label == taken.waiting[0].label
    assert monthly.papers.pool().total == 1
    # It serves one month and is not offered again.
    assert monthly.declarations.receive(a_receipt(office, JULY), asks_first=True).paper


@pytest.mark.parametrize("change", [{"kind": "pay_slip"}, {"kind": "asset_declaration"}])
def test_a_paper_of_another_kind_is_no_declaration(office, monthly, change):
    brought = a_paper(office.household_id, **change)
    monthly.papers.receive(brought)
    given = a_receipt(office, AUGUST, paper_id=brought.paper_id, is_linked=True)
    with pytest.raises(NotPermittedError, match="同じ種類"):
        monthly.declarations.receive(given)


@pytest.mark.parametrize("month", [date(2024, 6, 1), date(2024, 8, 2)])
def test_what_is_not_due_cannot_be_received(office, monthly, month):
    with pytest.raises(ConflictError, match="期限のある申告はありません"):
        monthly.declarations.receive(a_receipt(office, month))
    with pytest.raises(ConflictError):
        monthly.declarations.explain(a_missing(office, month))


def test_a_month_to_come_cannot_be_received(office, monthly):
    with pytest.raises(ValidationError, match="まだ来ていない月"):
        monthly.declarations.receive(a_receipt(office, date(2024, 11, 1)))


def test_a_wrong_link_is_struck_with_a_reason_and_the_paper_stays(office, monthly):
    given = a_receipt(office, AUGUST)
    monthly.declarations.receive(given)
    with pytest.raises(ValidationError, match="理由を入力"):
        monthly.declarations.strike(given.receipt_id, " ")
    monthly.declarations.strike(given.receipt_id, "隣の行と取り違えた。")
    assert states(monthly)[1] is S.MISSING
    assert monthly.papers.pool().total == 1
    with pytest.raises(ConflictError):
        monthly.declarations.strike(given.receipt_id, "もう一度")
    monthly.declarations.receive(a_receipt(office, AUGUST))
    assert states(monthly)[1] is S.RECEIVED


def test_a_reason_shows_on_the_board_and_its_words_in_the_file_only(office, monthly):
    monthly.declarations.explain(a_missing(office, AUGUST))
    cell = cells_of(monthly, JULY)[1]
    assert cell.state is S.EXPLAINED
    assert (cell.missing.reason, cell.missing.words) == (MissingReason.WAITING_PAPERS, "")
    lines = monthly.declarations.of_household(office.household_id).lines
    of_august = next(line for line in lines if line.cell.month == AUGUST)
    assert of_august.cell.missing.words == "給与明細は10日に出る。"
    assert of_august.person == "架空 花子"


def test_other_reasons_need_words(office, monthly):
    with pytest.raises(ValidationError, match="言葉で入力"):
        monthly.declarations.explain(
            a_missing(office, AUGUST, reason=MissingReason.OTHER, words="　")
        )


def test_what_was_received_needs_no_reason(office, monthly):
    monthly.declarations.receive(a_receipt(office, AUGUST))
    with pytest.raises(ConflictError, match="すでに受領"):
        monthly.declarations.explain(a_missing(office, AUGUST))


def test_a_new_cycle_ends_the_one_before(office, monthly):
    given = a_duty(office, OCTOBER, cycle="income_quarterly", reason="就職した。")
    monthly.declarations.set_duty(given)
    monthly.declarations.set_duty(given)  # a retry
    found = states(monthly)
    assert found[:7] == [S.MISSING, S.MISSING, S.NOT_YET, S.NOT_YET, None, None, S.NOT_YET]
    duties = monthly.declarations.of_household(office.household_id).duties
    assert [(d.cycle_label, d.valid_from, d.valid_to, d.reason) for d in duties] == [
        ("収入 3か月ごと", OCTOBER, None, "就職した。"),
        ("収入 毎月", JULY, date(2024, 9, 30), "求職中のため。本人に説明した。"),
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "　"}, "reason"),
        ({"reason": "長" * 1001}, "reason"),
        ({"cycle": "asset_yearly"}, "cycle"),
        ({"cycle": "weekly"}, "cycle"),
        ({"valid_from": date(2024, 10, 2)}, "valid_from"),
        ({"valid_from": date(2025, 11, 1)}, "valid_from"),
    ],
)
def test_a_cycle_is_checked_field_by_field(office, caseworker, change, field):
    with pytest.raises(ValidationError) as refused:
        caseworker.declarations.set_duty(replace(a_duty(office, OCTOBER), **change))
    assert set(refused.value.fields) == {field}


def test_a_person_of_another_household_cannot_be_given_a_cycle(office, caseworker):
    with pytest.raises(ValidationError) as refused:
        caseworker.declarations.set_duty(a_duty(office, OCTOBER, person_id=new_id()))
    assert set(refused.value.fields) == {"person_id"}


def test_a_cycle_does_not_begin_before_one_that_was_given(office, monthly):
    for since in (JULY, date(2024, 5, 1)):
        with pytest.raises(ConflictError, match="すでに決められています"):
            monthly.declarations.set_duty(a_duty(office, since))


def test_the_supervisor_sees_the_caseworkers_board_and_an_outsider_does_not(office, monthly):
    monthly.declarations.receive(a_receipt(office, AUGUST))
    assert states(office.desk(office.supervisor))[1] is S.RECEIVED
    outsider = office.desk(office.outsider)
    own = monthly.declarations.owners()[0].district_ids
    assert outsider.declarations.board(own, JULY).rows == ()
    assert own[0] not in {d for o in outsider.declarations.owners() for d in o.district_ids}


def test_an_outsider_changes_nothing(office, monthly):
    outsider = office.desk(office.outsider)
    given = a_receipt(office, AUGUST)
    monthly.declarations.receive(given)
    acts = (
        lambda: outsider.declarations.receive(a_receipt(office, JULY)),
        lambda: outsider.declarations.explain(a_missing(office, JULY)),
        lambda: outsider.declarations.set_duty(a_duty(office, OCTOBER)),
        lambda: outsider.declarations.strike(given.receipt_id, "理由"),
    )
    for act in acts:
        with pytest.raises(NotPermittedError):
            act()
    assert states(monthly)[:2] == [S.MISSING, S.RECEIVED]


def test_records_staff_receive_but_give_no_cycle_and_heads_only_look(office, monthly):
    records, head = office.desk(office.records), office.desk(office.head)
    assert records.declarations.receive(a_receipt(office, AUGUST)).paper
    with pytest.raises(NotPermittedError):
        records.declarations.set_duty(a_duty(office, OCTOBER))
    assert states(head)[1] is S.RECEIVED
    with pytest.raises(NotPermittedError):
        head.declarations.receive(a_receipt(office, JULY))


def test_a_paper_for_the_whole_household_serves_two_months(office, monthly):
    brought = a_paper(office.household_id, kind="income_declaration")
    monthly.papers.receive(brought)
    for month in (JULY, AUGUST):
        monthly.declarations.receive(
            a_receipt(office, month, paper_id=brought.paper_id, is_linked=True)
        )
    assert states(monthly)[:2] == [S.RECEIVED, S.RECEIVED]


def test_the_board_follows_the_day(office, monthly):
    later = office.desk(office.caseworker, FixedClock(datetime(2024, 10, 6, 0, 0, tzinfo=UTC)))
    assert states(later)[2] is S.MISSING
    assert due(office, JULY).month == JULY
