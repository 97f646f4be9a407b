"""Use cases of declarations due (申告の期限管理)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import declaring
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.declarations import (
    Board,
    BoardOwner,
    Cycle,
    DeclarationsOfFile,
    DutyInput,
    MissingInput,
    ReceiptInput,
    WaitingPaper,
    months_from,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import ReceivedPaper
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.papers import PaperRecord
from desktop.services.declarations import file, loading
from desktop.services.masters import lookup
from desktop.services.permission import needs

#: The board shows a year.
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of a receipt: the paper's number, or the papers that lay there already and are offered first."""

    paper: ReceivedPaper | None = None
    waiting: tuple[WaitingPaper, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclarationService:
    """The signed-in person's declarations. The board opens no file: it shows facts."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def owners(self) -> tuple[BoardOwner, ...]:
        """The caseworkers whose boards the person may look at, the own one first."""
        with self.work() as session:
            return loading.owners(session, self.staff, self.clock.today())

    @needs(Permission.OPEN_CASE_FILES)
    def board(self, district_ids: Collection[UUID], first: date) -> Board:
        """The year from a month on for households of these districts."""
        with self.work() as session:
            return loading.board(
                session,
                self.staff,
                district_ids,
                months_from(first, MONTHS),
                self._cycles(session),
                self.clock.today(),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> DeclarationsOfFile:
        """The declarations of a file with the words of their reasons."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            return file.of_household(
                session, household_id, self._cycles(session), self.clock.today()
            )

    @needs(Permission.RECEIVE_PAPERS)
    def receive(self, given: ReceiptInput, *, asks_first: bool = False) -> TakenIn:
        """Take a declaration in and return its paper's number; a retry gives the same.

        With `asks_first`, papers taken in at the counter that may be it are returned instead, if there are any.
        Raises ConflictError where it was received meanwhile or is not due.
        """
        with self.work() as session:
            if asks_first:
                waiting = loading.waiting_papers(session, given.due)
                if waiting and given.paper_id not in {paper.paper_id for paper in waiting}:
                    return TakenIn(waiting=waiting)
            cycles, at = self._cycles(session), self.clock.now()
            declaring.receive(session, self.staff, given, cycles, at)
            paper = session.get_one(PaperRecord, given.paper_id)
            return TakenIn(
                paper=ReceivedPaper(
                    paper_id=paper.id, fiscal_year=paper.fiscal_year, number=paper.number
                )
            )

    @needs(Permission.RECEIVE_PAPERS)
    def strike(self, receipt_id: UUID, reason: str) -> None:
        """Strike a wrong link with a reason; the paper stays in the pool under its number."""
        with self.work() as session:
            declaring.strike(session, self.staff, receipt_id, reason, self.clock.now())

    @needs(Permission.WRITE_RECORDS)
    def explain(self, given: MissingInput) -> None:
        """Note why a declaration has not come. It stays due, and the radar goes on asking."""
        with self.work() as session:
            cycles, at = self._cycles(session), self.clock.now()
            declaring.explain(session, self.staff, given, cycles, at)

    @needs(Permission.WRITE_RECORDS)
    def set_duty(self, given: DutyInput) -> None:
        """Say how often a person declares, from a month on, with the reason. Raises ValidationError per field."""
        with self.work() as session:
            cycles, at = self._cycles(session), self.clock.now()
            declaring.set_duty(session, self.staff, given, cycles, at)

    def _cycles(self, session: Session) -> dict[str, Cycle]:
        return lookup.declaration_cycles(session, self.staff.office_id, self.clock.today())
