"""Use cases of blind double checks: drawing, asking somebody, answering, comparing both answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.blind_checks import (
    BlindBoard,
    BlindForm,
    BlindInput,
    BothAnswers,
    DrawInput,
    OpenCheck,
    Second,
    WithdrawnWhy,
    agreement_of,
    quarter_of,
)
from desktop.domain.clock import Clock, japan_day
from desktop.domain.dates import months_later
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.blind_checks import BlindCheck, BlindCheckAssignment, BlindDraw
from desktop.models.households import Household, Person
from desktop.services.blind_checks import answering, asking, drawing, loading
from desktop.services.blind_checks.seconds import seconds
from desktop.services.duty import may_decide_for
from desktop.services.masters import lookup
from desktop.services.masters.lookup_assessments import assessment_tables
from desktop.services.permission import needs

_QUARTERS = 8
_REASON = "支援区分の二重確認"
_NOT_YOURS = "この二重確認は、あなたには頼まれていません。"
_NOT_IN = "二人の回答がそろってから比べられます。"
_NOT_OURS = "二重確認を頼めるのは、地区の査察指導員か上位の職の人です。"


@dataclass(frozen=True, slots=True)
class BlindCheckService:
    """The signed-in person's part in double checks."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.SEE_SUPERVISION)
    def board(self, quarter_on: date | None = None) -> BlindBoard:
        """A quarter (None: that of today) of the cases in reach; agreement of the quarter and of every draw so far."""
        today = self.clock.today()
        quarter = quarter_of(quarter_on or today)
        with self.work() as session:
            few = lookup.thresholds(session, self.staff.office_id, today).kpi_few
            rows = loading.checks(session, loading.reach_of(self.staff))
            of_quarter = set(
                session.scalars(select(BlindDraw.id).where(BlindDraw.quarter_on == quarter))
            )
            here = tuple(row for row in rows if row.draw_id in of_quarter)
            return BlindBoard(
                quarter_on=quarter,
                quarters=tuple(
                    months_later(quarter_of(today), -3 * back) for back in range(_QUARTERS)
                ),
                draws=loading.draws(session, self.staff, quarter),
                rows=here,
                agreement=agreement_of(here, few),
                agreement_so_far=agreement_of(rows, few),
            )

    @needs(Permission.DECIDE_APPROVALS)
    def draw(self, given: DrawInput) -> None:
        """Draw decided cases of a quarter by chance. A retry stores once. Raises ValidationError per field."""
        given = replace(given, reason=given.reason.strip())
        with self.work() as session:
            if session.get(BlindDraw, given.draw_id) is None:
                now, today = self.clock.now(), self.clock.today()
                drawing.draw(session, given, self.staff, now, today)

    @needs(Permission.DECIDE_APPROVALS)
    def seconds(self, check_id: UUID) -> tuple[Second, ...]:
        """Who may be asked about a case."""
        with self.work() as session:
            return seconds(
                *(session, self._check(session, check_id)),
                *(self.staff.staff_id, self.clock.today()),
            )

    @needs(Permission.DECIDE_APPROVALS)
    def ask(self, assignment_id: UUID, check_id: UUID, second_id: UUID) -> None:
        """Ask somebody for second answers, with a to-do. A retry stores once.

        Raises ValidationError for somebody who may not be, ConflictError where somebody is asked already.
        """
        with self.work() as session:
            if session.get(BlindCheckAssignment, assignment_id) is None:
                check = self._check(session, check_id)
                may = seconds(session, check, self.staff.staff_id, self.clock.today())
                asking.ask(
                    *(session, assignment_id, check, second_id),
                    may=may,
                    staff=self.staff,
                    at=self.clock.now(),
                )

    @needs(Permission.DECIDE_APPROVALS)
    def withdraw(self, assignment_id: UUID, why: WithdrawnWhy) -> None:
        """Take a request back before it is answered; somebody else may be asked then."""
        with self.work() as session:
            row = session.get(BlindCheckAssignment, assignment_id)
            if row is None or not may_decide_for(session, self.staff, row.household_id):
                raise NotPermittedError(_NOT_OURS)
            if row.answered_at is not None or row.withdrawn_at is not None:
                raise ConflictError("この二重確認は、回答したか取りやめています。")
            row.withdrawn_why, row.withdrawn_by = why, self.staff.staff_id
            row.withdrawn_at = self.clock.now()

    @needs(Permission.ASSESS)
    def asked_of_me(self) -> tuple[OpenCheck, ...]:
        """The cases of which the person owes answers, the longest asked first."""
        x = BlindCheckAssignment
        with self.work() as session:
            rows = session.execute(
                select(x, Household.case_number, Household.head_name)
                .join(Household, Household.id == x.household_id)
                .where(
                    x.second_id == self.staff.staff_id,
                    x.answered_at.is_(None),
                    x.withdrawn_at.is_(None),
                )
                .order_by(x.assigned_at, x.id)
            )
            return tuple(
                OpenCheck(
                    assignment_id=row.id,
                    household_id=row.household_id,
                    person_id=row.person_id,
                    case_number=number,
                    name=name,
                    asked_on=japan_day(row.assigned_at),
                )
                for row, number, name in rows
            )

    @needs(Permission.ASSESS)
    def begin(self, assignment_id: UUID) -> BlindForm:
        """Open the file of a case and hand over today's anchors of the form; nothing of the first answers."""
        with self.work() as session:
            row = self._mine(session, assignment_id)
            household_id, person_id = row.household_id, row.person_id
        self.reading.open(Purpose.FILE, [household_id], reason=_REASON)
        with self.work() as session:
            name = session.scalar(select(Person.name).where(Person.id == person_id)) or ""
            tables = assessment_tables(session, self.staff.office_id, self.clock.today())
            return BlindForm(name=name, tables=tables)

    @needs(Permission.ASSESS)
    def answer(self, given: BlindInput) -> None:
        """Hand in the second answers, once. What was hidden is open again then."""
        given = replace(given, words=given.words.strip())
        self.reading.open(Purpose.FILE, [given.household_id], reason=_REASON)
        with self.work() as session:
            row = self._mine(session, given.assignment_id)
            if row.household_id != given.household_id:
                raise NotPermittedError(_NOT_YOURS)
            answering.store(session, given, row, self.clock.now(), self.clock.today())

    @needs(Permission.SEE_SUPERVISION)
    def both(self, check_id: UUID) -> BothAnswers:
        """First and second answers of a case beside each other, once both are in. Opens the file."""
        with self.work() as session:
            rows = loading.checks(session, loading.reach_of(self.staff))
        row = next((row for row in rows if row.check_id == check_id), None)
        if row is None or row.same is None:
            raise NotPermittedError(_NOT_IN)
        self.reading.open(Purpose.FILE, [row.household_id])
        with self.work() as session:
            return answering.both(session, self.staff.office_id, row)

    def _check(self, session: Session, check_id: UUID) -> BlindCheck:
        check = session.get(BlindCheck, check_id)
        if check is None or not may_decide_for(session, self.staff, check.household_id):
            raise NotPermittedError(_NOT_OURS)
        return check

    def _mine(self, session: Session, assignment_id: UUID) -> BlindCheckAssignment:
        row = session.get(BlindCheckAssignment, assignment_id)
        if row is None or row.second_id != self.staff.staff_id:
            raise NotPermittedError(_NOT_YOURS)
        if row.answered_at is not None or row.withdrawn_at is not None:
            raise ConflictError("この二重確認は、回答したか取りやめています。")
        return row
