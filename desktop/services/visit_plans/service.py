"""Use cases of visit plans (訪問計画)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import visit_planning
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.database.visit_plan_rows import visits_of
from desktop.database.visit_planning import PlanTables
from desktop.domain.clock import Clock
from desktop.domain.master_tables import Master
from desktop.domain.need_points import PointsInput
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.visit_plan_notices import PlanNotice
from desktop.domain.visit_plan_periods import last_of, months_of
from desktop.domain.visit_plan_proposals import MoveTrial, PlanProposal, VisitReason
from desktop.domain.visit_plan_views import MonthPlan, PlanHead, TodayVisits, VisitBoard, YearPlan
from desktop.domain.visit_plans import (
    DeviationInput,
    PlanChange,
    PlanKind,
    PlanMoveInput,
    PlannedVisit,
    WhyVersion,
)
from desktop.domain.visit_replans import LostHalves, PlanEvent, Replan
from desktop.domain.working_time import AwayInput, Half
from desktop.models.households import Household
from desktop.models.visit_plans import VisitDeviation
from desktop.planning.planner import Report
from desktop.planning.problem import Levelling
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.visit_plans import (
    board,
    by_hand,
    floors,
    heads,
    holding,
    needing,
    notices,
    of_today,
    office_planning,
    planning,
    reading_reasons,
    replanning,
    year,
)
from desktop.services.visit_plans import month as month_reading
from desktop.services.visit_plans.changing import Trials, one_of
from desktop.services.visit_plans.planning_inputs import PlanningInputs, planning_inputs
from desktop.services.visit_plans.standing import deviations_of, standing_of_plan
from desktop.services.visit_plans.standing_ahead import standing_ahead
from desktop.services.working_time.entering import enter_away, is_entered
from desktop.services.working_time.team import keeps_time_of


@dataclass(frozen=True, slots=True)
class VisitPlanService:
    """The signed-in person's visit plans. Plans show facts and open no file; notes and words show of files that are open."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def plans(self) -> tuple[PlanHead, ...]:
        """Every plan of the own duty: yearly ones first, then by first day and district."""
        with self.work() as session:
            return heads.heads(session, self.staff)

    @needs(Permission.OPEN_CASE_FILES)
    def plan_of(self, district_id: UUID, kind: PlanKind, first_on: date) -> PlanHead | None:
        """The plan of a district for a period, None where there is none."""
        with self.work() as session:
            return heads.plan_of(session, self.staff, district_id, kind, first_on)

    @needs(Permission.WRITE_RECORDS)
    def notices(self) -> tuple[PlanNotice, ...]:
        """Own plans that came back, are missing for the running or coming period, or were not handed in."""
        with self.work() as session:
            return notices.notices(session, self.staff, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def today(self) -> TodayVisits:
        """The visits of the own districts that are still to be made today, in route order."""
        with self.work() as session:
            return of_today.today_visits(session, self.staff, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def district_of(self, household_id: UUID) -> UUID | None:
        """The district whose plan a household of the office is in, None where it is not known."""
        h = Household
        of_office = (h.id == household_id) & (h.office_id == self.staff.office_id)
        with self.work() as session:
            return session.scalar(select(h.district_id).where(of_office))

    @needs(Permission.OPEN_CASE_FILES)
    def year(self, plan_id: UUID, version: int | None = None) -> YearPlan:
        """A yearly plan with its grid, loads, floors, exceptions and differences; the newest version, or an earlier one."""
        with self.work() as session:
            return year.year_plan(session, self.staff, plan_id, version, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def month(self, district_id: UUID, month: date) -> MonthPlan:
        """A district's month in route order with what became of each visit; from its own plan, else from the year's."""
        with self.work() as session:
            today = self.clock.today()
            return month_reading.month_plan(session, self.staff, district_id, month, today)

    @needs(Permission.OPEN_CASE_FILES)
    def board(self, first_on: date) -> VisitBoard:
        """All districts of the own duty by month of a fiscal year: planned, done, absent, overdue, each with its list."""
        with self.work() as session:
            return board.visit_board(session, self.staff, first_on, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def reasons(self, plan_id: UUID) -> Mapping[UUID, VisitReason]:
        """Visit → why it is due and lies where it lies, or why it is unplanned; from what was stored with the plan."""
        with self.work() as session:
            head = heads.head_of(session, self.staff, plan_id)
            labels = lookup.labels(
                session, self.staff.office_id, Master.VISIT_DEVIATION_REASONS, self.clock.today()
            )
            return reading_reasons.reasons_of(session, head, labels)

    @needs(Permission.WRITE_RECORDS)
    def propose(
        self,
        district_id: UUID,
        kind: PlanKind,
        first_on: date,
        *,
        iterations: int | None = None,
        report: Report | None = None,
    ) -> PlanProposal:
        """A plan for a district's year or month, to be looked at and then saved (`change`). Nothing is stored.

        Runs for a second: off the UI thread. `iterations` overrides the planner's budget; `report` may stop it.
        """
        with self.work() as session:
            today = self.clock.today()
            asked = planning.question(session, self.staff, district_id, kind, first_on, today)
        return planning.answer(asked, iterations=iterations, report=report)

    @needs(Permission.WRITE_RECORDS)
    def propose_office(
        self,
        district_ids: Sequence[UUID],
        kind: PlanKind,
        first_on: date,
        *,
        iterations: int | None = None,
    ) -> tuple[PlanProposal, ...]:
        """Plans for several districts at once, in their order: nobody and no car is asked for twice. Nothing is stored."""
        with self.work() as session:
            today = self.clock.today()
            asked = [
                planning.question(session, self.staff, district_id, kind, first_on, today)
                for district_id in district_ids
            ]
        return office_planning.answers(asked, iterations=iterations)

    @needs(Permission.WRITE_RECORDS)
    def give_points(self, given: PointsInput) -> None:
        """Give a planned visit need points by hand, or take some, with the reason; 0 takes them back. A retry stores once.

        Raises ValidationError beyond the office's limit or without a reason, ConflictError where the visit is not planned any more.
        """
        with self.work() as session:
            household_id = needing.household_of(session, given)
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            needing.give(session, self.staff, given, self.clock.today(), self.clock.now())

    @needs(Permission.WRITE_RECORDS)
    def try_move(
        self,
        plan_id: UUID,
        visit_id: UUID,
        month: date,
        day: date | None = None,
        half: Half | None = None,
    ) -> MoveTrial:
        """What it would take to have a visit in that month (on that day): cost, broken rules, who else would move."""
        with self.work() as session:
            trials, visits = self._trials(session, plan_id)
        return trials.move(one_of(visits, visit_id), month, day, half)

    @needs(Permission.WRITE_RECORDS)
    def move_visit(
        self, plan_id: UUID, version: int, trial: MoveTrial, *, save_id: UUID, lock: bool = True
    ) -> PlanHead:
        """Put a visit of a draft where the trial says, broken rules or not; locked, so that the next proposal leaves it there."""
        return self._change(
            plan_id,
            version,
            trial.visit_id,
            save_id,
            month=trial.month,
            day=trial.day,
            half=trial.half,
            place=None,
            unplanned="",
            unplanned_values={},
            is_locked=lock,
        )

    @needs(Permission.WRITE_RECORDS)
    def lock_visit(
        self, plan_id: UUID, version: int, visit_id: UUID, *, save_id: UUID, is_locked: bool
    ) -> PlanHead:
        """Fix a visit of a draft where it is, or free it for the next proposal."""
        return self._change(plan_id, version, visit_id, save_id, is_locked=is_locked)

    @needs(Permission.WRITE_RECORDS)
    def note_visit(
        self, plan_id: UUID, version: int, visit_id: UUID, note: str, *, save_id: UUID
    ) -> PlanHead:
        """Write a note (備考) on a visit of a draft. Its file is opened: the note is content."""
        with self.work() as session:
            household_id = one_of(visits_of(session, plan_id), visit_id).household_id
        self.reading.open(Purpose.FILE, [household_id])
        return self._change(plan_id, version, visit_id, save_id, note=note)

    @needs(Permission.WRITE_RECORDS)
    def save(self, given: PlanChange) -> PlanHead:
        """Store a version of a plan while it is a draft or returned; a retry stores once.

        Raises ConflictError where the plan moved on, ValidationError where a visit or an exception does not fit.
        """
        with self.work() as session:
            return self._save(session, given)

    @needs(Permission.OPEN_CASE_FILES)
    def move(self, given: PlanMoveInput) -> PlanHead:
        """Submit, withdraw, return or approve the plan that was shown.

        Raises NotPermittedError where the person is not the one to do it, ValidationError under the legal floor.
        """
        with self.work() as session:
            tables = self._tables(session)
            visit_planning.move(session, self.staff, given, tables, self.clock.now())
            return heads.head_of(session, self.staff, given.plan_id)

    @needs(Permission.WRITE_RECORDS)
    def deviate(self, given: DeviationInput) -> int:
        """Note what is done otherwise than approved, with its reason. Returns the deviation's number; a retry stores once."""
        with self.work() as session:
            tables = self._tables(session)
            number = visit_planning.deviate(session, self.staff, given, tables, self.clock.now())
            self._hold(session, given.plan_id)
            return number

    def _change(
        self,
        plan_id: UUID,
        version: int,
        visit_id: UUID,
        save_id: UUID,
        **given: Any,  # noqa: ANN401 - fields of the visit
    ) -> PlanHead:
        """Change one visit of a draft as it was shown."""
        with self.work() as session:
            head = heads.head_of(session, self.staff, plan_id)
            visit = one_of(visits_of(session, plan_id), visit_id)
            costs = reading_reasons.costs_of(session, plan_id, [visit_id])
            change = PlanChange(
                plan_id=plan_id,
                save_id=save_id,
                district_id=head.district_id,
                kind=head.kind,
                first_on=head.first_on,
                version=version,
                why=WhyVersion.EDITED,
                visits=(replace(visit, **given),),
                costs=costs,
            )
            return self._save(session, change)

    def _save(self, session: Session, given: PlanChange) -> PlanHead:
        change = self._with_costs(session, given) if given.why is WhyVersion.EDITED else given
        tables = self._tables(session)
        visit_planning.save(session, self.staff, change, tables, self.clock.now())
        self._hold(session, given.plan_id)
        return heads.head_of(session, self.staff, given.plan_id)

    def _with_costs(self, session: Session, given: PlanChange) -> PlanChange:
        """What a person adds or moves is stored with its price, like what the planner put there."""
        stored = visits_of(session, given.plan_id)
        put = by_hand.put_by_hand(given.visits, stored)
        if not put or not given.version:
            return given
        head = heads.head_of(session, self.staff, given.plan_id)
        inputs, levelling = self._inputs(session, head)
        costs = by_hand.costs_by_hand(inputs, stored, put, levelling)
        return replace(given, costs={**given.costs, **costs})

    def _hold(self, session: Session, plan_id: UUID) -> None:
        """Whoever goes along with the plan's visits is booked as they stand now."""
        now = self.clock.now()
        holding.hold_partners(session, self.staff, plan_id, self.clock.today(), now)

    def _trials(self, session: Session, plan_id: UUID) -> tuple[Trials, tuple[PlannedVisit, ...]]:
        head = heads.head_of(session, self.staff, plan_id)
        stands = standing_of_plan(session, plan_id)
        visits = tuple(s.visit for s in stands if not s.is_cancelled)
        inputs, levelling = self._inputs(session, head)
        return Trials.of(inputs, visits, levelling), visits

    def _inputs(self, session: Session, head: PlanHead) -> tuple[PlanningInputs, Levelling]:
        """What the planner knows of the plan's days that are left."""
        today = self.clock.today()
        months = months_of(head.kind, head.first_on)
        first = min(max(head.first_on, today), last_of(head.kind, head.first_on))
        inputs = planning_inputs(
            session, self.staff, head.district_id, months, first, today, plan_id=head.plan_id
        )
        return inputs, Levelling.MONTH if head.kind is PlanKind.YEAR else Levelling.WEEK

    @needs(Permission.WRITE_RECORDS)
    def replan(self, plan_id: UUID, event: PlanEvent, *, iterations: int | None = None) -> Replan:
        """What would move of an approved plan after what happened: shown first, nothing is stored. Off the UI thread."""
        with self.work() as session:
            head = heads.head_of(session, self.staff, plan_id)
            today = self.clock.today()
            stands = standing_of_plan(session, plan_id)
            rows = deviations_of(session, VisitDeviation.plan_id == plan_id)
            inputs, _ = self._inputs(session, head)
            shown = max((row.number for row in rows), default=0)
            visits = standing_ahead(session, head, stands, event, today)
            away = self._away_of(session, event)
        found = replanning.replan(
            inputs, plan_id, visits, event, shown=shown, iterations=iterations
        )
        return replace(found, away=away)

    @needs(Permission.WRITE_RECORDS)
    def take_over(self, proposal: Replan) -> int:
        """Store a re-planning that was looked at, as deviations with their reasons, and its absence; all or none. Returns the last number.

        Raises ConflictError where somebody departed from the plan since.
        """
        last = 0
        with self.work() as session:
            tables, at = self._tables(session), self.clock.now()
            for given in proposal.deviations:
                last = visit_planning.deviate(session, self.staff, given, tables, at)
            self._hold(session, proposal.plan_id)
            if proposal.away is not None:
                enter_away(session, self.staff, proposal.away, self.clock.today(), at)
        return last

    def _away_of(self, session: Session, event: PlanEvent) -> AwayInput | None:
        """What is entered with lost half-days; nothing where they are entered, or where somebody else keeps that time."""
        away = event.away if isinstance(event, LostHalves) else None
        if away is None or is_entered(session, away):
            return None
        keeps = keeps_time_of(session, self.staff, away.staff_id, self.clock.today())
        return away if keeps else None

    def _tables(self, session: Session) -> PlanTables:
        office_id, today = self.staff.office_id, self.clock.today()
        return PlanTables(
            exceptions=lookup.labels(session, office_id, Master.VISIT_EXCEPTIONS, today),
            deviations=lookup.labels(session, office_id, Master.VISIT_DEVIATION_REASONS, today),
            under_floor=lambda open_session, plan_id: floors.under_floor(
                open_session, plan_id, today
            ),
        )
