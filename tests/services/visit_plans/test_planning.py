"""Proposals, changes with their price, the month, the board and deviations: on both databases."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, event

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plans import (
    Deviation,
    DeviationInput,
    PlanKind,
    PlanMove,
    PlanState,
    VisitKind,
)
from desktop.domain.visit_replans import LostHalves, NobodyMet, UrgentVisit
from desktop.domain.working_time import HalfDay
from desktop.models.office import Staff
from desktop.planning.exchange import from_json
from tests.support import factories
from tests.support.joint_visits import supervises_both
from tests.support.visit_plans import (
    APRIL,
    a_change,
    a_visit,
    district_of,
    do,
    month,
    one_more_household,
    two_visits,
    visited,
)

M = PlanMove
QUICK = 300
MOST_STATEMENTS = 60


def approved(office, caseworker, supervisor, *visits, **given):
    head = caseworker.visit_plans.save(a_change(office, *(visits or two_visits(office)), **given))
    return do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)


def deviation(office, head, visit, change=Deviation.MOVED, **given):
    made = DeviationInput(
        deviation_id=new_id(),
        plan_id=head.plan_id,
        visit_id=visit.visit_id,
        household_id=office.household_id,
        change=change,
        shown=0,
        reason="person",
        month=month(12),
    )
    return replace(made, **given)


def test_a_proposed_year_is_saved_submitted_and_approved(office, caseworker, supervisor):
    one_more_household(office.work, office.household_id)
    proposal = caseworker.visit_plans.propose(
        district_of(office), PlanKind.YEAR, APRIL, iterations=QUICK
    )
    assert proposal.planned >= 4
    assert proposal.unplanned == ()
    assert proposal.broken == ()
    assert caseworker.visit_plans.plans() == ()
    head = caseworker.visit_plans.save(proposal.change)
    plan = caseworker.visit_plans.year(head.plan_id)
    assert plan.short == ()
    months = [c.month for h in plan.households for c in h.cells if c.outcomes]
    assert min(months) >= month(10)
    assert sum(load.visits for load in plan.loads) == proposal.planned
    assert all(load.capacity_minutes for load in plan.loads)
    reasons = caseworker.visit_plans.reasons(head.plan_id)
    assert any(r.words.startswith("B格付(2か月に1回)。") for r in reasons.values())
    done = do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)
    assert done.state is PlanState.APPROVED


def test_the_same_question_has_the_same_answer_without_names(office, caseworker):
    ask = (district_of(office), PlanKind.YEAR, APRIL)
    first = caseworker.visit_plans.propose(*ask, iterations=QUICK)
    again = caseworker.visit_plans.propose(*ask, iterations=QUICK)
    assert first.problem == again.problem
    problem, period = from_json(first.problem)
    assert period is not None
    assert len(period.planned) == first.planned
    assert all(household.number.startswith("T") for household in problem.households)
    assert "架空" not in first.problem


def test_what_was_locked_stays_where_it_is(office, caseworker):
    ask = (district_of(office), PlanKind.YEAR, APRIL)
    head = caseworker.visit_plans.save(
        caseworker.visit_plans.propose(*ask, iterations=QUICK).change
    )
    visit = first_visit(caseworker, head)
    head = caseworker.visit_plans.lock_visit(
        head.plan_id, head.version, visit.visit_id, save_id=new_id(), is_locked=True
    )
    again = caseworker.visit_plans.propose(*ask, iterations=QUICK)
    (kept,) = [v for v in again.change.visits if v.visit_id == visit.visit_id]
    assert (kept.day, kept.half, kept.is_locked) == (visit.day, visit.half, True)
    assert again.change.version == head.version
    assert again.change.removed == ()


def first_visit(desk, head):
    plan = desk.visit_plans.year(head.plan_id)
    return next(
        o.standing.visit for h in plan.households for c in h.cells for o in c.outcomes if o.standing
    )


def test_a_move_says_its_price_before_it_is_made(office, caseworker):
    ask = (district_of(office), PlanKind.YEAR, APRIL)
    head = caseworker.visit_plans.save(
        caseworker.visit_plans.propose(*ask, iterations=QUICK).change
    )
    visit = first_visit(caseworker, head)
    other = month(3)
    trial = caseworker.visit_plans.try_move(head.plan_id, visit.visit_id, other)
    assert trial.month == other
    assert trial.words
    assert trial.broken
    head = caseworker.visit_plans.move_visit(head.plan_id, head.version, trial, save_id=new_id())
    plan = caseworker.visit_plans.year(head.plan_id)
    (cell,) = [c for h in plan.households for c in h.cells if c.month == other and c.is_locked]
    assert any(o.standing.visit.visit_id == visit.visit_id for o in cell.outcomes)


def test_a_note_is_content(office, caseworker, supervisor):
    head = caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    visit = first_visit(caseworker, head)
    noted = caseworker.visit_plans.note_visit(
        head.plan_id, head.version, visit.visit_id, "長女が同席する。", save_id=new_id()
    )
    assert noted.content_hash != head.content_hash
    assert first_visit(caseworker, noted).note == "長女が同席する。"


def test_the_signs_tell_what_became_of_the_visits(office, caseworker, supervisor):
    visits = (
        a_visit(office.household_id, month(4)),
        a_visit(office.household_id, month(6)),
        a_visit(office.household_id, month(8)),
        *two_visits(office),
    )
    head = approved(office, caseworker, supervisor, *visits)
    visited(office, date(2024, 4, 20))
    visited(office, date(2024, 6, 3), is_met=False)
    visited(office, date(2024, 7, 3))
    plan = caseworker.visit_plans.year(head.plan_id)
    signs = [cell.signs for cell in plan.households[0].cells]
    assert signs == ["●", "", "△", "＊", "○", "", "", "○", "", "", "○", ""]
    assert [c.month for c in plan.households[0].cells if c.is_overdue] == [month(6), month(8)]
    board = supervisor.visit_plans.board(APRIL)
    (row,) = [r for r in board.rows if r.plan]
    june = row.cells[2]
    assert (june.planned, june.done, june.absent, june.overdue) == (1, 0, 1, 1)
    assert row.cells[3].count(VisitMark.EXTRA) == 1
    assert june.outcomes[0].household_id in board.names


def test_a_draft_is_not_on_the_board(office, caseworker, supervisor):
    caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    (row,) = [r for r in supervisor.visit_plans.board(APRIL).rows if r.plan]
    assert row.plan.state is PlanState.DRAFT
    assert all(cell.planned == 0 for cell in row.cells)


def test_a_caseworker_s_board_is_of_his_own_districts(office, caseworker, supervisor):
    """A colleague's plan of the team can be read, but the board is no list of colleagues."""
    caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    supervises_both(office)
    with office.work() as session:
        person = session.get_one(Staff, office.outsider.staff_id)
        colleague = office.desk(factories.signed_in(session, person))
    assert [head.district_id for head in colleague.visit_plans.plans()] == [district_of(office)]
    assert district_of(office) not in {
        row.district_id for row in colleague.visit_plans.board(APRIL).rows
    }


def test_a_month_tells_the_grade_of_a_visit_that_no_planner_put_into_the_year(
    office, caseworker, supervisor
):
    visited(office, date(2024, 9, 2))
    by_hand = a_visit(office.household_id, month(11), values={})
    approved(office, caseworker, supervisor, by_hand, a_visit(office.household_id, month(5)))
    proposal = caseworker.visit_plans.propose(
        district_of(office), PlanKind.MONTH, month(11), iterations=50
    )
    head = caseworker.visit_plans.save(proposal.change)
    (said,) = caseworker.visit_plans.reasons(head.plan_id).values()
    assert said.words.startswith("B格付(2か月に1回)。")
    assert "前回9/2" in said.words


def test_a_month_is_laid_out_from_the_year(office, caseworker, supervisor):
    approved(office, caseworker, supervisor)
    of_year = caseworker.visit_plans.month(district_of(office), month(11))
    assert (of_year.planned, of_year.may_edit) == (1, False)
    proposal = caseworker.visit_plans.propose(
        district_of(office), PlanKind.MONTH, month(11), iterations=50
    )
    (visit,) = proposal.change.visits
    assert visit.day is not None
    assert visit.visit_id == of_year.lines[0].visit.visit_id
    caseworker.visit_plans.save(proposal.change)
    own = caseworker.visit_plans.month(district_of(office), month(11))
    assert own.head.kind is PlanKind.MONTH
    assert own.lines[0].visit.place == 1
    assert own.moves == (M.SUBMIT,)


def test_a_deviation_is_added_and_the_approved_plan_stays(office, caseworker, supervisor):
    first, second = two_visits(office)
    head = approved(office, caseworker, supervisor, first, second)
    given = deviation(office, head, first, words="本人が11月は都合が悪いと申し出た。")
    assert caseworker.visit_plans.deviate(given) == 1
    assert caseworker.visit_plans.deviate(given) == 1
    plan = caseworker.visit_plans.year(head.plan_id)
    assert [c.signs for c in plan.households[0].cells[7:]] == ["", "○", "", "○", ""]
    (row,) = plan.deviations
    assert (row.from_month, row.to_month, row.reason_label) == (month(11), month(12), "本人の都合")
    assert plan.households[0].planned == 2
    assert plan.head.content_hash == head.content_hash
    moved = caseworker.visit_plans.month(district_of(office), month(12)).lines[0]
    assert moved.moved_to == month(12)
    cancelled = deviation(
        office, head, second, Deviation.CANCELLED, shown=1, reason="admitted", month=None
    )
    caseworker.visit_plans.deviate(cancelled)
    plan = caseworker.visit_plans.year(head.plan_id)
    assert plan.households[0].cells[10].signs == "×"


def test_an_added_visit_stands_in_its_month(office, caseworker, supervisor):
    head = approved(office, caseworker, supervisor)
    extra = a_visit(office.household_id, month(10))
    added = deviation(
        office, head, extra, Deviation.ADDED, month=month(10), reason="need", minutes=30
    )
    caseworker.visit_plans.deviate(added)
    plan = caseworker.visit_plans.year(head.plan_id)
    assert plan.households[0].cells[6].outcomes[0].standing.is_added


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"reason": "nothing"}, ValidationError),
        ({"month": month(4, 2025)}, ValidationError),
        ({"month": month(11)}, ValidationError),
        ({"shown": 3}, ConflictError),
        ({"visit_id": new_id()}, ConflictError),
        ({"change": Deviation.ADDED, "minutes": 30}, ValidationError),
    ],
    ids=["reason", "period", "same", "stale", "unknown", "twice"],
)
def test_a_deviation_that_does_not_fit_is_refused(office, caseworker, supervisor, given, error):
    first, second = two_visits(office)
    head = approved(office, caseworker, supervisor, first, second)
    with pytest.raises(error):
        caseworker.visit_plans.deviate(replace(deviation(office, head, first), **given))


def planned_and_approved(office, caseworker, supervisor):
    """A proposed year that was approved, and its first visit."""
    proposal = caseworker.visit_plans.propose(
        district_of(office), PlanKind.YEAR, APRIL, iterations=QUICK
    )
    head = caseworker.visit_plans.save(proposal.change)
    head = do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)
    return head, first_visit(caseworker, head)


def test_lost_half_days_move_what_lies_in_them_and_nothing_before_it_is_taken_over(
    office, caseworker, supervisor
):
    head, visit = planned_and_approved(office, caseworker, supervisor)
    lost = LostHalves(halves=frozenset({HalfDay(day=visit.day, half=visit.half)}))
    proposal = caseworker.visit_plans.replan(head.plan_id, lost, iterations=QUICK)
    (move,) = proposal.moves
    assert (move.visit_id, move.before) == (visit.visit_id, visit.day)
    assert caseworker.visit_plans.year(head.plan_id).deviations == ()
    assert caseworker.visit_plans.take_over(proposal) == 1
    plan = caseworker.visit_plans.year(head.plan_id)
    assert [d.reason_label for d in plan.deviations] == ["計画の組み直し"]
    with pytest.raises(ConflictError, match="先に変えました"):
        caseworker.visit_plans.take_over(
            replace(proposal, deviations=(replace(proposal.deviations[0], deviation_id=new_id()),))
        )


def test_after_an_absence_the_household_is_visited_again(office, caseworker, supervisor):
    head, visit = planned_and_approved(office, caseworker, supervisor)
    met_nobody = NobodyMet(visit_id=visit.visit_id, on=visit.day, half=visit.half)
    proposal = caseworker.visit_plans.replan(head.plan_id, met_nobody, iterations=QUICK)
    (again,) = proposal.added
    assert again.kind is VisitKind.REVISIT
    assert 0 < (again.day - visit.day).days <= 14
    caseworker.visit_plans.take_over(proposal)
    plan = caseworker.visit_plans.year(head.plan_id)
    assert "不在だった（再訪問）" in [d.reason_label for d in plan.deviations]


def test_an_urgent_visit_finds_its_place(office, caseworker, supervisor):
    head, _ = planned_and_approved(office, caseworker, supervisor)
    urgent = UrgentVisit(household_id=office.household_id, until=date(2024, 10, 15), minutes=45)
    proposal = caseworker.visit_plans.replan(head.plan_id, urgent, iterations=QUICK)
    (added,) = proposal.added
    assert added.day <= date(2024, 10, 15)
    with pytest.raises(ConflictError, match="この地区の世帯"):
        caseworker.visit_plans.replan(head.plan_id, replace(urgent, household_id=new_id()))


def test_a_draft_has_no_deviations(office, caseworker):
    first, second = two_visits(office)
    head = caseworker.visit_plans.save(a_change(office, first, second))
    with pytest.raises(ConflictError, match="承認された"):
        caseworker.visit_plans.deviate(deviation(office, head, first))


def test_only_the_district_departs_from_its_plan(office, caseworker, supervisor):
    first, second = two_visits(office)
    head = approved(office, caseworker, supervisor, first, second)
    with pytest.raises(NotPermittedError):
        office.desk(office.outsider).visit_plans.deviate(deviation(office, head, first))


@pytest.fixture
def statements(engine):
    """Counts what is sent to the database while the block runs."""

    @contextmanager
    def counting():
        sent: list[str] = []

        def note(_connection, _cursor, statement, *_rest):
            sent.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting


def test_a_year_of_many_households_is_read_in_few_statements(office, caseworker, statements):
    for _ in range(5):
        one_more_household(office.work, office.household_id)
    head = caseworker.visit_plans.save(a_change(office, *two_visits(office)))
    with statements() as few:
        caseworker.visit_plans.year(head.plan_id)
    for _ in range(10):
        one_more_household(office.work, office.household_id)
    with statements() as many:
        caseworker.visit_plans.year(head.plan_id)
    assert len(many) == len(few)
    assert len(few) < MOST_STATEMENTS
