"""What is asked of whom, what came and by which paper, and why not: on both databases, as the people of the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from desktop.domain.clock import FixedClock
from desktop.domain.declarations import CellState, MissingReason
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.monthly_papers import INCOME_COLUMN, SAFETY_TASK, LadderStep
from desktop.domain.support_groups import SupportGroup
from desktop.models.households import Person
from desktop.models.support_groups import SupportGroupDecision
from desktop.models.todos import Todo, TodoText
from tests.support import declarations as declaring
from tests.support.assessments import assessment
from tests.support.desk import small_office
from tests.support.monthly_papers import (
    AUGUST,
    JULY,
    NOTICE,
    OCTOBER,
    REPORT,
    SEPTEMBER,
    SLIP,
    a_missing,
    a_receipt,
    cell_of,
    decide_group,
    due,
    give_work,
    grid_of,
)
from tests.support.papers import a_paper

S, G = CellState, SupportGroup


@pytest.fixture
def office(engine):
    return small_office(engine)


@pytest.fixture
def desk(office):
    return office.desk(office.caseworker)


@pytest.fixture
def searching(office, desk):
    """The head has been in G3 since spring: a report is due every month."""
    decide_group(office, G.ALONE)
    return desk


def on(day):
    return FixedClock(datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC))


def test_a_decided_group_makes_a_report_due_and_a_proposal_does_not(office, desk):
    desk.assessments.save(assessment(office))
    assert grid_of(desk).rows == ()
    decide_group(office, G.WITH_HELP)
    cell = cell_of(desk)
    assert (cell.due_on, cell.state, cell.is_short) == (date(2024, 10, 10), S.NOT_YET, False)


@pytest.mark.parametrize(
    "group", [G.RECOVERY, G.DAILY_LIFE, G.WORKING, G.OUT_OF_SCOPE, G.NOT_KNOWN]
)
def test_other_groups_are_asked_for_no_report(office, desk, group):
    decide_group(office, group)
    assert cell_of(desk) is None


def test_a_group_counts_from_its_day(office, desk):
    decide_group(office, G.ALONE, since=date(2024, 9, 12))
    assert cell_of(desk, AUGUST) is None
    assert cell_of(desk, SEPTEMBER).is_short


def test_whoever_works_is_asked_for_slips_and_who_began_for_the_notice(office, desk):
    give_work(office, date(2024, 8, 5), date(2024, 9, 3))
    assert [column.code for column in grid_of(desk, AUGUST).columns] == [
        INCOME_COLUMN,
        SLIP,
        NOTICE,
    ]
    assert cell_of(desk, SEPTEMBER, SLIP) is not None
    assert cell_of(desk, SEPTEMBER, NOTICE) is None
    assert grid_of(desk, OCTOBER).rows == ()


def test_one_act_takes_the_paper_in(office, searching):
    taken = searching.monthly_papers.receive(a_receipt(office), asks_first=True)
    cell = cell_of(searching)
    assert (cell.state, cell.receipt.label) == (S.RECEIVED, taken.paper.label)
    (line,) = searching.papers.pool().lines
    assert (line.kind, line.person) == (REPORT, "架空 花子")


def test_a_retry_stores_once_and_another_receipt_is_refused(office, searching):
    given = a_receipt(office)
    first = searching.monthly_papers.receive(given)
    assert searching.monthly_papers.receive(given) == first
    with pytest.raises(ConflictError, match="すでに受領"):
        searching.monthly_papers.receive(a_receipt(office))


def test_what_came_at_the_counter_shows_itself_as_received(office, searching):
    """Received on 1 October: about September, without a second entry."""
    searching.papers.receive(a_paper(office.household_id, kind=REPORT, person_id=office.person_id))
    cell = cell_of(searching)
    assert (cell.state, cell.receipt.receipt_id) == (S.RECEIVED, None)
    assert cell_of(searching, OCTOBER).is_open


def test_a_paper_of_the_whole_household_counts_where_one_person_is_asked(office, searching):
    searching.papers.receive(a_paper(office.household_id, kind=REPORT))
    assert cell_of(searching).state is S.RECEIVED


def test_a_paper_of_another_kind_counts_for_nothing(office, searching):
    searching.papers.receive(a_paper(office.household_id, kind=SLIP))
    assert cell_of(searching).is_open


def test_a_second_paper_in_the_last_days_is_about_the_month_itself(office, searching):
    late = office.desk(office.caseworker, on(date(2024, 9, 25)))
    late.papers.receive(a_paper(office.household_id, kind=REPORT))
    assert [cell_of(searching, month).state for month in (AUGUST, SEPTEMBER)] == [
        *(S.RECEIVED, S.NOT_YET)
    ]
    late.papers.receive(a_paper(office.household_id, kind=REPORT))
    assert cell_of(searching, SEPTEMBER).state is S.RECEIVED


def test_undoing_leaves_the_paper_in_the_pool_and_offers_it_again(office, searching):
    given = a_receipt(office)
    searching.monthly_papers.receive(given)
    searching.monthly_papers.strike(replace(given, receipt_id=new_id()))
    assert cell_of(searching).is_open
    assert len(searching.papers.pool().lines) == 1
    again = searching.monthly_papers.receive(a_receipt(office), asks_first=True)
    assert [paper.paper_id for paper in again.waiting] == [given.paper_id]
    linked = a_receipt(office, paper_id=given.paper_id, is_linked=True)
    searching.monthly_papers.receive(linked)
    assert cell_of(searching).receipt.paper_id == given.paper_id
    searching.monthly_papers.strike(linked)
    with pytest.raises(ConflictError):
        searching.monthly_papers.strike(linked)


def test_what_nobody_linked_can_be_said_to_be_of_another_month(office, searching):
    paper = a_paper(office.household_id, kind=REPORT, person_id=office.person_id)
    searching.papers.receive(paper)
    searching.monthly_papers.strike(a_receipt(office, paper_id=paper.paper_id))
    assert cell_of(searching).is_open


def test_a_month_that_has_not_come_and_a_strange_paper_are_refused(office, searching):
    with pytest.raises(ValidationError):
        searching.monthly_papers.receive(a_receipt(office, date(2024, 11, 1)))
    with pytest.raises(ValidationError):
        searching.monthly_papers.receive(a_receipt(office, due=due(office, paper="unknown")))
    with pytest.raises(NotPermittedError):
        searching.monthly_papers.receive(a_receipt(office, is_linked=True))


def test_a_report_on_the_search_may_be_the_income_declaration_too(office, searching):
    searching.declarations.set_duty(declaring.a_duty(office, SEPTEMBER))
    given = a_receipt(office)
    searching.monthly_papers.receive(given)
    income = declaring.a_receipt(office, SEPTEMBER)
    offered = searching.declarations.receive(income, asks_first=True)
    assert [paper.paper_id for paper in offered.waiting] == [given.paper_id]
    searching.declarations.receive(replace(income, paper_id=given.paper_id, is_linked=True))
    (row,) = grid_of(searching).rows
    assert [cell.state for cell in row.cells if cell] == [S.RECEIVED, S.RECEIVED]
    assert len(searching.papers.pool().lines) == 1


def test_the_income_declaration_stands_in_the_grid_as_on_its_board(office, desk):
    desk.declarations.set_duty(declaring.a_duty(office, JULY))
    desk.declarations.explain(declaring.a_missing(office, AUGUST))
    cell = cell_of(desk, AUGUST, INCOME_COLUMN)
    assert (cell.state, cell.missing.reason, cell.due_on, cell.in_a_row) == (
        *(S.EXPLAINED, "給与明細などの入手待ち", date(2024, 9, 5), 2),
    )


def test_a_reason_stays_and_the_paper_stays_due(office, searching):
    searching.monthly_papers.explain(a_missing(office, AUGUST))
    cell = cell_of(searching, AUGUST)
    assert (cell.state, cell.is_open, cell.missing.reason) == (S.EXPLAINED, True, "用紙がない")
    assert not cell.missing.asked_help
    searching.monthly_papers.explain(a_missing(office, AUGUST, help_missing="書き方の手伝い"))
    assert cell_of(searching, AUGUST).missing.asked_help
    with pytest.raises(ValidationError):
        searching.monthly_papers.explain(a_missing(office, reason="lazy"))


def test_a_missing_paper_changes_no_group_and_makes_no_task(office, searching):
    with office.work() as session:
        before = session.scalars(select(SupportGroupDecision.id)).all()
    for month in (JULY, AUGUST):
        searching.monthly_papers.explain(a_missing(office, month, reason="refused"))
    with office.work() as session:
        assert session.scalars(select(SupportGroupDecision.id)).all() == before
        assert session.scalars(select(Todo.id)).all() == []


def test_nobody_reached_asks_once_to_see_whether_the_person_is_safe(office, searching):
    searching.monthly_papers.explain(a_missing(office, AUGUST, reason="not_reached"))
    searching.monthly_papers.explain(a_missing(office, SEPTEMBER, reason="not_reached"))
    with office.work() as session:
        rows = session.execute(
            select(Todo.owner_id, Todo.due_on, TodoText.text).join(
                TodoText, TodoText.todo_id == Todo.id
            )
        ).all()
    assert [tuple(row) for row in rows] == [
        (office.caseworker.staff_id, date(2024, 10, 1), SAFETY_TASK)
    ]


def test_the_same_is_asked_where_a_declaration_says_it(office, desk):
    desk.declarations.set_duty(declaring.a_duty(office, JULY))
    given = declaring.a_missing(office, AUGUST, reason=MissingReason.NOT_REACHED, words="")
    desk.declarations.explain(given)
    with office.work() as session:
        assert session.scalars(select(TodoText.text)).all() == [SAFETY_TASK]


@pytest.mark.parametrize(
    ("day", "step"),
    [
        (date(2024, 10, 2), LadderStep.NOT_YET),
        (date(2024, 10, 3), LadderStep.SOON),
        (date(2024, 10, 10), LadderStep.SOON),
        (date(2024, 10, 11), LadderStep.MISSED),
        (date(2024, 10, 20), LadderStep.ASK),
        (date(2024, 11, 9), LadderStep.TELL),
    ],
)
def test_the_ladder_goes_by_the_day(office, searching, day, step):
    assert cell_of(office.desk(office.caseworker, on(day))).step is step


def test_months_running_are_counted(office, searching):
    later = office.desk(office.caseworker, on(date(2024, 10, 20)))
    assert cell_of(later, SEPTEMBER).in_a_row == 2
    assert cell_of(later, OCTOBER).in_a_row == 0
    later.monthly_papers.receive(a_receipt(office, AUGUST))
    assert cell_of(later, SEPTEMBER).in_a_row == 1


def test_nobody_who_died_is_asked_for_anything(office, searching):
    searching.declarations.set_duty(declaring.a_duty(office, JULY))
    with office.work() as session:
        session.get_one(Person, office.person_id).died_on = date(2024, 9, 28)
    assert grid_of(searching).rows == ()


def test_others_neither_see_nor_act(office, searching):
    outsider = office.desk(office.outsider)
    assert grid_of(outsider).rows == ()
    for act in (
        lambda: outsider.monthly_papers.receive(a_receipt(office)),
        lambda: outsider.monthly_papers.strike(a_receipt(office)),
        lambda: outsider.monthly_papers.explain(a_missing(office)),
    ):
        with pytest.raises(NotPermittedError):
            act()


def test_the_supervisor_sees_the_same_grid(office, searching):
    searching.monthly_papers.explain(a_missing(office, AUGUST))
    cell = cell_of(office.desk(office.supervisor), AUGUST)
    assert (cell.missing.reason, cell.missing.noted_by) == ("用紙がない", office.caseworker.name)
