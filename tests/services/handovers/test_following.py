"""What follows to the new caseworker by the day: papers, plans, letters, first contacts, entries, faults. On both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.handovers import HandoverSide, UnsettledKind
from desktop.domain.households import HouseholdState, SafetyMarkKind
from desktop.domain.ids import new_id
from desktop.domain.papers import PaperInput
from desktop.domain.records import EntryState
from desktop.domain.transfers import TransferMove
from desktop.domain.visit_plans import PlanKind, PlanState
from desktop.domain.working_time import Half
from desktop.models.households import Household, SafetyMark
from desktop.models.office import District, Staff, StaffAbsence
from desktop.models.papers import PaperRecord
from desktop.models.visit_plans import VisitPlanRecord
from desktop.models.working_time import VisitAppointment
from desktop.services.printing import TransferPrinting
from desktop.services.visit_plans.visiting_time import caseworker_of
from tests.support import factories
from tests.support.desk import later, small_office
from tests.support.factories import CLOCK, LONG_AGO, TODAY
from tests.support.handovers import a_plan, a_team, again
from tests.support.transfers import a_transfer, do, know_other_offices, the_transfer

MONTH = timedelta(days=30)
AFTER = later(CLOCK, days=31)


@pytest.fixture
def team(engine):
    return a_team(small_office(engine))


@pytest.fixture
def desk(team):
    return team.office.desk(team.office.supervisor)


def handed_over(team, desk, day=TODAY):
    plan = a_plan(team, day)
    desk.handovers.hand_over(plan)
    return plan.moves[0].handover_id


def test_a_letter_printed_before_and_after_the_day_carries_the_right_name(team, desk):
    office = team.office
    know_other_offices(office.work, office.caseworker)
    old = office.desk(office.caseworker)
    old.transfers.save(a_transfer(office))
    do(desk, office, TransferMove.APPROVE)
    line = the_transfer(old, office).line
    handed_over(team, desk, TODAY + MONTH)

    def name(person, clock):
        mine = office.desk(person, clock)
        printing = TransferPrinting(mine.work, clock, mine.staff, mine.transfers.reading)
        return printing.prepare(line.transfer_id).caseworker

    assert name(office.supervisor, CLOCK) == office.caseworker.name
    assert name(office.supervisor, AFTER) == "架空 次郎"


def test_papers_follow_on_the_day_and_go_back(team, desk):
    old = team.office.desk(team.office.caseworker)
    given = PaperInput(
        paper_id=new_id(), household_id=team.office.household_id, kind="other", sheets=1
    )
    old.papers.receive(given)

    def owner():
        with team.office.work() as session:
            return session.get_one(PaperRecord, given.paper_id).owner_id

    assert owner() == team.office.caseworker.staff_id
    handover_id = handed_over(team, desk)
    assert owner() == team.second.staff_id
    desk.handovers.undo(handover_id)
    assert owner() == team.office.caseworker.staff_id


def a_visit_plan(team, first_on):
    with team.office.work() as session:
        person = team.office.caseworker
        return factories.add(
            session,
            VisitPlanRecord(
                office_id=person.office_id,
                district_id=team.district_id,
                staff_id=person.staff_id,
                kind=PlanKind.MONTH,
                first_on=first_on,
                state=PlanState.DRAFT,
                state_at=CLOCK.now(),
                content_hash="",
                drafted_by=person.staff_id,
                saved_by=person.staff_id,
                saved_at=CLOCK.now(),
            ),
        ).id


def test_plans_whose_time_has_not_passed_are_the_new_ones_and_past_ones_are_not(team, desk):
    month = TODAY.replace(day=1)
    now, before = a_visit_plan(team, month), a_visit_plan(team, month - timedelta(days=31))
    handover_id = handed_over(team, desk)

    def whose(plan_id):
        with team.office.work() as session:
            return session.get_one(VisitPlanRecord, plan_id).staff_id

    assert whose(now) == team.second.staff_id
    assert whose(before) == team.office.caseworker.staff_id
    desk.handovers.undo(handover_id)
    assert whose(now) == team.office.caseworker.staff_id


def test_a_plan_made_before_the_day_is_planned_with_the_new_ones_time(team, desk):
    handed_over(team, desk, TODAY + MONTH)
    with team.office.work() as session:
        at = caseworker_of(session, team.district_id, max(TODAY + MONTH, TODAY))
    assert at == team.second.staff_id


def test_a_promised_visit_that_the_new_one_cannot_make_is_told(team, desk):
    day = TODAY + timedelta(days=8)
    key = {"office_id": team.office.caseworker.office_id}
    with team.office.work() as session:
        factories.add(
            session,
            VisitAppointment(
                **key,
                household_id=team.office.household_id,
                day=day,
                half=Half.AM,
                is_announced=True,
                set_by=team.office.caseworker.staff_id,
                set_at=CLOCK.now(),
            ),
        )
    plan = a_plan(team)
    assert desk.handovers.preview(plan).unsettled == ()
    with team.office.work() as session:
        other = session.get_one(District, team.other_id)
        busy = factories.make_household(session, district=other)
        factories.add(
            session,
            VisitAppointment(
                **key,
                household_id=busy.id,
                day=day,
                half=Half.AM,
                is_announced=True,
                set_by=team.second.staff_id,
                set_at=CLOCK.now(),
            ),
        )
    (clash,) = desk.handovers.preview(plan).unsettled
    assert (clash.kind, clash.day) == (UnsettledKind.CLASH, day)
    assert clash.words == "午前：ほかの世帯との約束"


def test_whom_to_meet_first_is_said_in_words(team, desk):
    with team.office.work() as session:
        district = session.get_one(District, team.district_id)
        other = factories.make_household(session, district=district)
        factories.add(
            session,
            SafetyMark(
                office_id=district.office_id,
                household_id=other.id,
                kind=SafetyMarkKind.VIOLENCE,
                valid_from=LONG_AGO,
            ),
        )
    lines = desk.handovers.households(handed_over(team, desk))
    assert [line.household_id for line in lines] == [other.id, team.office.household_id]
    assert lines[0].reasons[0] == "安全の注意があります（暴言・暴力注意）"
    assert lines[0].contact_due_on == TODAY + timedelta(days=42)
    assert "安全の注意" not in "".join(lines[1].reasons)


def written_by(team, person, state=EntryState.SUBMITTED):
    with team.office.work() as session:
        household = session.get_one(Household, team.office.household_id)
        author = session.get_one(Staff, person.staff_id)
        factories.make_entry(session, household, author, state=state)


def test_the_first_contact_of_the_new_one_counts_from_the_day(team, desk):
    handover_id = handed_over(team, desk)
    assert desk.handovers.handovers()[0].contacted == 0
    written_by(team, team.office.caseworker)
    assert desk.handovers.handovers()[0].contacted == 0
    written_by(team, team.second, state=EntryState.DRAFT)
    assert desk.handovers.handovers()[0].contacted == 0
    written_by(team, team.second)
    assert desk.handovers.handovers()[0].contacted == 1
    assert desk.handovers.households(handover_id)[0].contact_on == TODAY


def test_both_confirm_and_only_then_a_draft_is_made(team, desk):
    handover_id, household_id = handed_over(team, desk), team.office.household_id
    new = team.office.desk(again(team.office, team.second))
    old = team.office.desk(team.office.caseworker)
    assert not new.handovers.confirm(handover_id, household_id, HandoverSide.TAKEN)
    assert new.records.drafts() == ()
    assert not old.handovers.confirm(handover_id, household_id, HandoverSide.GIVEN)
    assert new.handovers.draft_entry(handover_id, household_id)
    assert not new.handovers.draft_entry(handover_id, household_id)
    (draft,) = new.records.drafts()
    assert draft.household_id == household_id
    row = desk.handovers.handovers()[0]
    assert (row.given, row.taken) == (1, 1)


def test_the_list_is_that_of_the_day(team, desk):
    handover_id = handed_over(team, desk, TODAY + MONTH)
    with team.office.work() as session:
        district = session.get_one(District, team.district_id)
        came = factories.make_household(session, district=district)
        session.get_one(Household, team.office.household_id).state = HouseholdState.CLOSED
    assert [x.household_id for x in desk.handovers.households(handover_id)] == [
        team.office.household_id
    ]
    later_desk = team.office.desk(team.office.supervisor, AFTER)
    assert later_desk.handovers.handovers()[0].households == 1
    assert [x.household_id for x in later_desk.handovers.households(handover_id)] == [came.id]


def test_who_stands_in_confirms_for_the_absent_one(team, desk):
    handover_id = handed_over(team, desk)
    with team.office.work() as session:
        factories.add(
            session,
            StaffAbsence(
                office_id=team.office.caseworker.office_id,
                staff_id=team.office.caseworker.staff_id,
                substitute_id=team.office.outsider.staff_id,
                valid_from=TODAY,
            ),
        )
    stands_in = team.office.desk(again(team.office, team.office.outsider))
    (row,) = stands_in.handovers.handovers()
    assert row.side is HandoverSide.GIVEN
    stands_in.handovers.confirm(handover_id, team.office.household_id, HandoverSide.GIVEN)
    assert desk.handovers.handovers()[0].given == 1
    assert desk.handovers.handovers()[0].side is None


def test_nobody_confirms_for_another(team, desk):
    handover_id = handed_over(team, desk)
    for staff in (team.office.supervisor, team.office.outsider):
        with pytest.raises(NotPermittedError):
            team.office.desk(staff).handovers.confirm(
                handover_id, team.office.household_id, HandoverSide.TAKEN
            )


def test_the_file_check_is_the_radars_and_taken_once(team, desk):
    handover_id = handed_over(team, desk)
    found = desk.handovers.check(handover_id)
    faults = desk.handovers.faults(handover_id, team.office.household_id)
    assert found == len(faults) > 0
    assert all(fault.name != fault.rule for fault in faults)
    with pytest.raises(ConflictError, match="もう作られています"):
        desk.handovers.check(handover_id)
    new = team.office.desk(again(team.office, team.second))
    new.handovers.tick(faults[0].fault_id)
    row = desk.handovers.handovers()[0]
    assert (row.faults, row.closed_faults) == (found, 1)
    ticked = desk.handovers.faults(handover_id, team.office.household_id)[-1]
    assert (ticked.fault_id, ticked.ticked_by) == (faults[0].fault_id, "架空 次郎")


def test_a_colleague_elsewhere_does_not_see_it(team, desk):
    handover_id = handed_over(team, desk)
    outside = team.office.desk(team.office.outsider)
    assert outside.handovers.handovers() == ()
    with pytest.raises(NotPermittedError):
        outside.handovers.households(handover_id)
