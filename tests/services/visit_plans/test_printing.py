"""Papers of visit plans: what goes on them, who may print them, and what the log keeps. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.ids import new_id
from desktop.domain.joint_bookings import BookingInput, JointKind
from desktop.domain.records import EntryState
from desktop.domain.visit_marks import VisitMark
from desktop.domain.visit_plan_forms import MonthSource
from desktop.domain.visit_plans import (
    Deviation,
    DeviationInput,
    PlanException,
    PlanKind,
    PlanMove,
    PlanState,
)
from desktop.domain.working_time import Half
from desktop.jobs.visit_plan_printing import month_plan_job, visit_report_job, year_plan_job
from desktop.models.households import Household
from desktop.models.ledger import AddressPeriod
from desktop.models.office import Staff
from desktop.models.records import PrintBatch
from desktop.reports.fonts import FontSet
from desktop.resources import resource_path
from desktop.services.printing import VisitPlanPrinting
from tests.support import factories
from tests.support.desk import small_office
from tests.support.factories import CLOCK, TODAY
from tests.support.visit_plans import (
    APRIL,
    a_change,
    a_visit,
    district_of,
    do,
    graded,
    month,
    next_change,
    one_more_household,
    two_visits,
    visited,
)

M = PlanMove
SHA = "ab" * 32
OCTOBER = month(10)


def fonts() -> FontSet:
    return FontSet.of_office(resource_path("fonts"), search=())


@pytest.fixture
def office(engine):
    made = small_office(engine)
    graded(made, "D")
    with made.work() as session:
        factories.add(
            session,
            AddressPeriod(
                office_id=made.caseworker.office_id,
                household_id=made.household_id,
                postal_code="1000001",
                address="架空県架空市見本町1-2-3",
                valid_from=factories.LONG_AGO,
            ),
        )
    return made


@pytest.fixture
def draft(office, caseworker):
    first, second = two_visits(office)
    visits = (replace(first, purposes=("life",), note="見本の備考"), second)
    return caseworker.visit_plans.save(a_change(office, *visits))


@pytest.fixture
def approved(caseworker, supervisor, draft):
    return do(supervisor, do(caseworker, draft, M.SUBMIT), M.APPROVE)


def printing(desk):
    return VisitPlanPrinting(desk.work, CLOCK, desk.staff)


def put_off(office, desk, head, visit_id, to, **given):
    """Move a visit of an approved plan to another month."""
    return desk.visit_plans.deviate(
        DeviationInput(
            deviation_id=new_id(),
            plan_id=head.plan_id,
            visit_id=visit_id,
            household_id=office.household_id,
            change=Deviation.MOVED,
            shown=0,
            reason="office",
            month=to,
            **given,
        )
    )


def test_a_draft_is_a_draft_on_paper(office, caseworker, draft):
    form = printing(caseworker).prepare_year(draft.plan_id)
    assert (form.imprint.mark, form.state) == (FormMark.DRAFT, PlanState.DRAFT)
    assert [(s.position_label, s.name) for s in form.stamps] == [
        ("担当", ""),
        ("査察指導員", ""),
        ("課長", ""),
    ]
    (line,) = form.lines
    assert (line.head_name, line.head_kana, line.address) == (
        *("架空 花子", "カクウ ハナコ"),
        "架空県架空市見本町1-2-3",
    )
    assert (line.grade, line.planned, form.first_on, form.as_of) == ("D", 2, APRIL, TODAY)
    assert [bool(marks) for marks in line.marks] == [n in {11, 2} for n in (*range(4, 13), 1, 2, 3)]
    assert (form.months[7].planned, form.whole_year.planned, form.whole_year.minutes) == (1, 2, 80)
    assert [(g.households, g.planned, g.standard) for g in form.grades] == [(1, 2, 2)]
    assert form.days_needed is not None
    assert "備考" not in repr(line)


def test_an_approved_plan_carries_its_stamps_and_no_mark(office, caseworker, approved):
    form = printing(caseworker).prepare_year(approved.plan_id)
    assert form.imprint.mark is FormMark.PLAIN
    assert [(s.name, s.stamped_on) for s in form.stamps] == [
        (office.caseworker.name, TODAY),
        (office.supervisor.name, TODAY),
        ("", None),
    ]
    original = printing(office.desk(office.records)).prepare_year(approved.plan_id)
    assert original.imprint.mark is FormMark.ORIGINAL
    assert original.lines == form.lines


def test_who_approved_in_another_position_has_a_box(office, caseworker, draft):
    head = do(caseworker, draft, M.SUBMIT)
    do(office.desk(office.head), head, M.APPROVE)
    form = printing(caseworker).prepare_year(draft.plan_id)
    assert [(s.position_label, s.name) for s in form.stamps][1:] == [
        ("査察指導員", ""),
        ("課長", office.head.name),
    ]


def test_a_returned_plan_has_no_stamps_of_before(caseworker, supervisor, draft):
    do(supervisor, do(caseworker, draft, M.SUBMIT), M.RETURN, "5月が多すぎます。")
    form = printing(caseworker).prepare_year(draft.plan_id)
    assert {s.stamped_on for s in form.stamps} == {None}
    assert form.imprint.mark is FormMark.DRAFT


def test_the_plan_as_approved_leaves_out_what_came_later(office, caseworker, approved):
    november = caseworker.visit_plans.year(approved.plan_id).households[0].cells[7]
    put_off(office, caseworker, approved, november.outcomes[0].standing.visit.visit_id, month(12))
    now = printing(caseworker).prepare_year(approved.plan_id)
    assert [bool(marks) for marks in now.lines[0].marks[7:9]] == [False, True]
    assert now.changes == 1
    before = printing(caseworker).prepare_year(approved.plan_id, is_as_approved=True)
    assert [bool(marks) for marks in before.lines[0].marks[7:9]] == [True, False]
    assert (before.as_of, before.changes) == (None, 0)


def test_remarks_are_codes_and_never_words(office, caseworker):
    exception = PlanException(
        household_id=office.household_id, reason="programme", words="専門職が毎月訪問している。"
    )
    missed = a_visit(office.household_id, None)
    change = a_change(
        office, a_visit(office.household_id, month(11)), missed, exceptions=(exception,)
    )
    head = caseworker.visit_plans.save(change)
    form = printing(caseworker).prepare_year(head.plan_id)
    assert form.lines[0].remarks == (
        "例外：個別支援プログラムによる訪問",
        "計画に入らない訪問 1回",
    )
    assert form.unplanned == 1


def test_of_a_shielded_household_stands_the_number_alone(office, caseworker, draft):
    with office.work() as session:
        session.get_one(Household, office.household_id).is_shielded = True
    (line,) = printing(caseworker).prepare_year(draft.plan_id).lines
    assert (line.head_name, line.head_kana, line.address) == ("", "", "")
    assert line.case_number
    found = printing(caseworker).prepare_month(district_of(office), month(11))
    assert [each.head_name for each in found.lines] == [""]


def test_households_stand_by_area_and_unknown_places_last(office, caseworker):
    other = one_more_household(office.work, office.household_id)
    third = one_more_household(office.work, office.household_id)
    with office.work() as session:
        factories.add(
            session,
            AddressPeriod(
                office_id=office.caseworker.office_id,
                household_id=third,
                postal_code="",
                address="架空県架空市例町9",
                valid_from=factories.LONG_AGO,
            ),
        )
    visits = (*two_visits(office), a_visit(other, month(5)), a_visit(third, month(5)))
    head = caseworker.visit_plans.save(a_change(office, *visits))
    lines = printing(caseworker).prepare_year(head.plan_id).lines
    assert [line.address for line in lines] == [
        "架空県架空市例町9",
        "架空県架空市見本町1-2-3",
        "",
    ]


def test_the_month_comes_from_the_year_until_it_has_its_own_plan(office, caseworker, approved):
    district_id = district_of(office)
    form = printing(caseworker).prepare_month(district_id, month(11))
    assert (form.source, form.state) == (MonthSource.YEAR, PlanState.APPROVED)
    assert form.imprint.mark is FormMark.PLAIN
    assert {s.stamped_on for s in form.stamps} == {None}
    assert [line.mark for line in form.lines] == [VisitMark.PLANNED]
    none = printing(caseworker).prepare_month(district_id, month(11, 2025))
    assert (none.source, none.state, none.lines) == (MonthSource.NONE, None, ())


def october(office, caseworker, *visits):
    change = a_change(office, *visits, kind=PlanKind.MONTH, first_on=OCTOBER)
    return caseworker.visit_plans.save(change)


def test_a_month_of_a_draft_year_is_a_draft(office, caseworker, draft):
    form = printing(caseworker).prepare_month(district_of(office), month(11))
    assert form.imprint.mark is FormMark.DRAFT


def test_the_month_says_day_order_companion_result_and_counts(office, caseworker, supervisor):
    day = TODAY
    visit = a_visit(
        office.household_id, OCTOBER, day=day, half=Half.PM, place=1, purposes=("life",)
    )
    head = october(office, caseworker, visit)
    caseworker.bookings.book(
        BookingInput(
            booking_id=new_id(),
            kind=JointKind.SECOND_PERSON,
            household_id=office.household_id,
            day=day,
            half=Half.PM,
            partner_id=office.supervisor.staff_id,
        )
    )
    visited(office, day)
    do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)
    form = printing(caseworker).prepare_month(district_of(office), OCTOBER)
    (line,) = form.lines
    assert (line.day, line.half, line.order, line.mark) == (day, Half.PM, 1, VisitMark.DONE)
    assert line.with_whom == (office.supervisor.name,)
    assert (line.result_code, line.result_label) == ("11", "面接（世帯主）")
    assert line.recorded_on == TODAY
    assert (form.counts.planned, form.counts.done, form.counts.percent) == (1, 1, 100)
    assert (form.source, form.unrecorded, form.moved) == (MonthSource.MONTH, 0, 0)
    assert [s.name for s in form.stamps[:2]] == [office.caseworker.name, office.supervisor.name]


def test_what_was_put_off_says_why_and_until_when(office, caseworker, approved):
    november = caseworker.visit_plans.year(approved.plan_id).households[0].cells[7]
    put_off(office, caseworker, approved, november.outcomes[0].standing.visit.visit_id, month(12))
    form = printing(caseworker).prepare_month(district_of(office), month(11))
    (line,) = form.lines
    assert (line.mark, line.moved_to, form.moved) == (None, month(12), 1)
    assert line.reason
    assert line.reason != "office"
    came = printing(caseworker).prepare_month(district_of(office), month(12))
    assert [(each.moved_from, each.mark) for each in came.lines] == [(month(11), VisitMark.PLANNED)]


def test_a_day_that_is_over_without_a_record_is_counted(office, caseworker):
    september = month(9)
    visit = a_visit(office.household_id, september, day=september.replace(day=10), half=Half.AM)
    change = a_change(office, visit, kind=PlanKind.MONTH, first_on=september)
    caseworker.visit_plans.save(change)
    form = printing(caseworker).prepare_month(district_of(office), september)
    assert (form.unrecorded, form.counts.done) == (1, 0)


def test_the_report_counts_what_was_done_and_what_is_late(office, caseworker, supervisor):
    visits = (a_visit(office.household_id, month(6)), a_visit(office.household_id, month(8)))
    more = (a_visit(office.household_id, month(11)), a_visit(office.household_id, month(2)))
    head = caseworker.visit_plans.save(a_change(office, *visits, *more))
    do(supervisor, do(caseworker, head, M.SUBMIT), M.APPROVE)
    visited(office, date(2024, 6, 12))
    other = one_more_household(office.work, office.household_id)
    with office.work() as session:
        factories.make_entry(
            session,
            session.get_one(Household, other),
            session.get_one(Staff, office.caseworker.staff_id),
            event_on=TODAY,
            is_home_visit=False,
            state=EntryState.SUBMITTED,
        )
        # A visit that is only drafted is not one yet.
        factories.make_entry(
            session,
            session.get_one(Household, other),
            session.get_one(Staff, office.caseworker.staff_id),
            event_on=TODAY,
            result_code="11",
            is_home_visit=True,
            state=EntryState.DRAFT,
        )
    found = printing(supervisor).prepare_report(month(8))
    (line,) = [each for each in found.lines if each.plan is not None]
    assert (line.plan, line.households, line.caseworker) == (
        *(PlanState.APPROVED, 2),
        office.caseworker.name,
    )
    assert (line.month.standing, line.month.done) == (1, 0)
    assert (line.year.standing, line.year.done, line.overdue, line.unrecorded) == (2, 1, 1, 1)
    assert (line.unvisited.three, line.unvisited.six, line.unvisited.never) == (1, 0, 1)
    assert line.undecided == 2
    assert [s.position_label for s in found.stamps] == ["査察指導員", "課長", "所長"]


def test_another_team_prints_nothing(office, draft):
    service = printing(office.desk(office.outsider))
    with pytest.raises(NotPermittedError):
        service.prepare_year(draft.plan_id)
    with pytest.raises(NotPermittedError):
        service.prepare_month(district_of(office), month(11))
    assert [line.plan for line in service.prepare_report(month(8)).lines] == []


def test_a_colleague_of_the_team_reports_nothing_of_the_district(office, approved):
    near = replace(office.outsider, team_district_ids=frozenset({district_of(office)}))
    found = printing(office.desk(near)).prepare_report(month(8))
    assert [line.plan for line in found.lines] == []


def test_heads_read_and_do_not_print(office, draft):
    service = printing(office.desk(office.head))
    with pytest.raises(NotPermittedError):
        service.prepare_year(draft.plan_id)
    with pytest.raises(NotPermittedError):
        service.prepare_report(month(8))


def test_a_month_is_no_year(office, caseworker):
    head = october(office, caseworker, a_visit(office.household_id, OCTOBER))
    with pytest.raises(NotPermittedError, match="年間訪問計画から"):
        printing(caseworker).prepare_year(head.plan_id)


def test_each_paper_is_drawn_and_stands_in_the_log_once(office, caseworker, draft):
    service = printing(caseworker)
    asked: tuple[tuple[Any, Any, FormMark, str], ...] = (
        (year_plan_job(service, fonts), (draft.plan_id, False), FormMark.DRAFT, "K-07"),
        (month_plan_job(service, fonts), (district_of(office), month(11)), FormMark.DRAFT, "K-08"),
        (visit_report_job(service, fonts), month(9), FormMark.PLAIN, "K-27"),
    )
    for job, what, mark, code in asked:
        run = job.draw(job.choose(what), FormMark.PLAIN)
        assert (run.mark, run.title) == (mark, job.form.title)
        for _ in range(2):
            job.finish(run)
        with office.work() as session:
            batch = session.get_one(PrintBatch, run.batch_id)
            assert (batch.form, batch.mark, batch.pages) == (code, mark.name.lower(), 1)
            assert batch.sha256 == run.sha256


def test_only_records_staff_note_an_original(office, caseworker, approved):
    given = (new_id(), "K-07", FormMark.ORIGINAL)
    with pytest.raises(NotPermittedError):
        printing(caseworker).record(*given, pages=1, sha256=SHA)
    printing(office.desk(office.records)).record(*given, pages=1, sha256=SHA)
    with office.work() as session:
        assert session.get_one(PrintBatch, given[0]).mark == "original"


def test_what_changes_between_looking_and_printing_is_what_was_drawn(office, caseworker, draft):
    job = year_plan_job(printing(caseworker), fonts)
    chosen = job.choose((draft.plan_id, False))
    first = job.draw(chosen, FormMark.PLAIN)
    caseworker.visit_plans.save(next_change(draft, a_visit(office.household_id, month(12))))
    assert job.draw(chosen, FormMark.PLAIN).sha256 != first.sha256
