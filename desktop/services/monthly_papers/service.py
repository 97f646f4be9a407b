"""Use cases of monthly papers (毎月の書類). Income declarations are taken in by their own service and only stand in the grid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from desktop.database import monthly_papers as door
from desktop.database.monthly_papers_here import OfficeTables
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.declarations import BoardOwner, WaitingPaper, month_of
from desktop.domain.monthly_papers import (
    FilePaper,
    MonthlyDue,
    PaperGrid,
    PaperMissingInput,
    PaperReceiptInput,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import ReceivedPaper
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Person
from desktop.models.monthly_papers import MonthlyPaperReceipt
from desktop.models.papers import PaperRecord
from desktop.services.declarations import TakenIn
from desktop.services.declarations.loading import owners
from desktop.services.masters.lookup_monthly import monthly_papers, monthly_reasons
from desktop.services.monthly_papers.file import of_household
from desktop.services.monthly_papers.grid import grid
from desktop.services.permission import needs

#: So many papers taken in before are offered.
_MOST_WAITING = 5


@dataclass(frozen=True, slots=True)
class MonthlyPaperService:
    """The signed-in person's grid and files. The grid opens no file: it shows facts."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def owners(self) -> tuple[BoardOwner, ...]:
        """The caseworkers whose grids the person may look at, the own one first."""
        with self.work() as session:
            return owners(session, self.staff, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def grid(self, district_ids: Collection[UUID], month: date) -> PaperGrid:
        """The papers about a month of these districts' people."""
        with self.work() as session:
            return grid(session, self.staff, district_ids, month_of(month), self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> tuple[FilePaper, ...]:
        """The monthly papers of a file with the words of their reasons, the latest month first."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return of_household(session, self.staff, household_id, self.clock.today())

    @needs(Permission.RECEIVE_PAPERS)
    def receive(self, given: PaperReceiptInput, *, asks_first: bool = False) -> TakenIn:
        """Take a paper in and return its number; a retry gives the same.

        With `asks_first`, papers taken in at the counter that may be it are returned instead, if there are any.
        Raises ConflictError where it was received meanwhile.
        """
        with self.work() as session:
            tables = self._tables(session)
            if asks_first:
                waiting = _waiting(session, given.due, tables)
                if waiting and given.paper_id not in {paper.paper_id for paper in waiting}:
                    return TakenIn(waiting=waiting)
            door.receive(session, self.staff, given, tables, self.clock.now())
            paper = session.get_one(PaperRecord, given.paper_id)
            return TakenIn(
                paper=ReceivedPaper(
                    paper_id=paper.id, fiscal_year=paper.fiscal_year, number=paper.number
                )
            )

    @needs(Permission.RECEIVE_PAPERS)
    def strike(self, given: PaperReceiptInput) -> None:
        """Take a link back, or say that a paper found by its kind and day is not this month's. The paper stays in the pool."""
        with self.work() as session:
            door.strike(session, self.staff, given, self._tables(session), self.clock.now())

    @needs(Permission.WRITE_RECORDS)
    def explain(self, given: PaperMissingInput) -> None:
        """Note why a paper has not come. It stays due, and nothing else changes but that a safety check may be asked for."""
        with self.work() as session:
            door.explain(session, self.staff, given, self._tables(session), self.clock.now())

    def _tables(self, session: Session) -> OfficeTables:
        office_id, today = self.staff.office_id, self.clock.today()
        return office_tables(session, office_id, today)


def office_tables(session: Session, office_id: UUID, today: date) -> OfficeTables:
    """The office's papers and reasons by code."""
    return OfficeTables(
        papers={each.code: each for each in monthly_papers(session, office_id, today)},
        reasons={each.code: each for each in monthly_reasons(session, office_id, today)},
    )


def _waiting(session: Session, due: MonthlyDue, tables: OfficeTables) -> tuple[WaitingPaper, ...]:
    """Papers of the household that may be this one and are linked to none, the newest first."""
    asked = tables.papers.get(due.paper)
    if asked is None:
        return ()
    p, r = PaperRecord, MonthlyPaperReceipt
    linked = exists().where(r.paper_id == p.id, r.struck_at.is_(None))
    rows = session.execute(
        select(p.id, p.fiscal_year, p.number, p.received_at, Person.name)
        .outerjoin(Person, Person.id == p.person_id)
        .where(
            p.household_id == due.household_id,
            p.kind == asked.paper_kind,
            or_(p.person_id.is_(None), p.person_id == due.person_id),
            ~linked,
        )
        .order_by(p.received_at.desc(), p.number.desc())
    )
    return tuple(
        WaitingPaper(
            paper_id=paper_id,
            fiscal_year=year,
            number=number,
            received_on=japan_day(at),
            person=name or "",
        )
        for paper_id, year, number, at, name in rows.fetchmany(_MOST_WAITING)
        if japan_day(at) >= due.month
    )
