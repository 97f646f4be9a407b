"""Use cases of visit plans (訪問計画)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import visit_planning
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.database.visit_planning import PlanTables
from desktop.domain.clock import Clock
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.roles import Permission
from desktop.domain.visit_plan_views import PlanHead, YearPlan
from desktop.domain.visit_plans import (
    DeviationInput,
    PlanChange,
    PlanKind,
    PlanMoveInput,
)
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.visit_plans import floors, heads, year


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

    @needs(Permission.OPEN_CASE_FILES)
    def year(self, plan_id: UUID, version: int | None = None) -> YearPlan:
        """A yearly plan with its grid, loads, floors, exceptions and differences; the newest version, or an earlier one."""
        with self.work() as session:
            return year.year_plan(session, self.staff, plan_id, version, self.clock.today())

    @needs(Permission.WRITE_RECORDS)
    def save(self, given: PlanChange) -> PlanHead:
        """Store a version of a plan while it is a draft or returned; a retry stores once.

        Raises ConflictError where the plan moved on, ValidationError where a visit or an exception does not fit.
        """
        with self.work() as session:
            tables = self._tables(session)
            visit_planning.save(session, self.staff, given, tables, self.clock.now())
            return heads.head_of(session, self.staff, given.plan_id)

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
            return visit_planning.deviate(session, self.staff, given, tables, self.clock.now())

    def _tables(self, session: Session) -> PlanTables:
        office_id, today = self.staff.office_id, self.clock.today()
        return PlanTables(
            exceptions=lookup.labels(session, office_id, Master.VISIT_EXCEPTIONS, today),
            deviations=lookup.labels(session, office_id, Master.VISIT_DEVIATION_REASONS, today),
            under_floor=lambda open_session, plan_id: floors.under_floor(
                open_session, plan_id, today
            ),
        )
