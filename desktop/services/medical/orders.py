"""Use cases of orders to be examined (検診命令): written, judged by another person, handed over. The database judges again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock, japan_day
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.households import HouseholdState
from desktop.domain.issued_forms import NOT_ISSUED, LetterIssue
from desktop.domain.medical_orders import (
    DECIDING,
    STEP_WORDS,
    OrderInput,
    OrderStep,
    OrderStepInput,
    order_errors,
    steps_after,
)
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.medical import MedicalOpinion
from desktop.models.medical_orders import (
    ExaminationOrderRecord,
    ExaminationOrderText,
    ExaminationStepRecord,
    ExaminationStepText,
)
from desktop.services.duty import may_decide_for
from desktop.services.letter_issues import letter_issues
from desktop.services.medical.holding import need_no_hold, need_person
from desktop.services.medical.meeting import propose
from desktop.services.permission import needs

_NO_ORDER = "この検診命令は見つからないか、この世帯のものではありません。"
_CLOSED = "廃止した世帯に検診命令は書けません。"
_NOT_YOURS = "検診命令を承認できるのは、書いた本人ではない、地区の査察指導員か上位の職です。"
_NOT_NOW = "この検診命令は、いまこの段階には進めません。前の段階の記録を確かめてください。"
_DAY = "前の段階の日から今日まで（交付は受診の期限まで）の日付にしてください。"
#: Steps that may be taken while a question of safety is open: they only end something.
_ALWAYS = frozenset({OrderStep.WITHDRAWN, OrderStep.RETURNED})


@dataclass(frozen=True, slots=True)
class ExaminationOrderService:
    """The signed-in person's work on orders to be examined, one by one."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.ORDER_EXAMINATION)
    def write(self, given: OrderInput) -> None:
        """Write an order; it is nothing until another person approves it. A retry stores once.

        Raises ValidationError per field, ConflictError while a question of safety is open.
        """
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(ExaminationOrderRecord, given.order_id) is not None:
                return
            need_person(session, self.staff, given.household_id, given.person_id)
            state = session.scalar(
                select(Household.state).where(Household.id == given.household_id)
            )
            if state is HouseholdState.CLOSED:
                raise NotPermittedError(_CLOSED)
            need_no_hold(session, given.person_id)
            errors = order_errors(given, self.clock.today())
            if errors:
                raise ValidationError(**errors)
            self._store(session, given)

    @needs(Permission.DECIDE_APPROVALS)
    def judge(self, given: OrderStepInput) -> None:
        """Approve an order or not: never one's own. Raises NotPermittedError, ConflictError, ValidationError."""
        if given.step not in DECIDING:
            raise NotPermittedError(_NOT_NOW)
        self._step(given)

    @needs(Permission.ORDER_EXAMINATION)
    def go_on(self, given: OrderStepInput) -> None:
        """Hand the order over, note that it was not obeyed, or withdraw it.

        Nothing follows by itself but a proposal on the agenda of the next conference, where an order was not obeyed.

        Raises ConflictError where the step before is missing or safety comes first, ValidationError per field.
        """
        if given.step in DECIDING:
            raise NotPermittedError(_NOT_YOURS)
        self._step(given)

    def _step(self, given: OrderStepInput) -> None:
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            if session.get(ExaminationStepRecord, given.step_id) is not None:
                return
            order = self._order(session, given)
            self._need_right(session, given, order)
            if given.step not in _ALWAYS:
                need_no_hold(session, order.person_id)
            self._need_order(session, given, order)
            if not given.words.strip():
                raise ValidationError(words=STEP_WORDS[given.step])
            self._add(session, given)
            if given.step is OrderStep.NOT_OBEYED:
                propose(session, self.staff, order, self.clock.today(), self.clock.now())

    def _need_right(
        self, session: Session, given: OrderStepInput, order: ExaminationOrderRecord
    ) -> None:
        if given.step not in DECIDING:
            return
        is_own = order.author_id == self.staff.staff_id
        if is_own or not may_decide_for(session, self.staff, given.household_id):
            raise NotPermittedError(_NOT_YOURS)

    def _need_order(
        self, session: Session, given: OrderStepInput, order: ExaminationOrderRecord
    ) -> None:
        """The step follows those taken, on a day between them and today."""
        s, today = ExaminationStepRecord, self.clock.today()
        rows = session.execute(select(s.step, s.done_on).where(s.order_id == order.id)).all()
        o = MedicalOpinion
        has_result = session.scalar(select(o.id).where(o.order_id == order.id).limit(1)) is not None
        taken = frozenset(step for step, _ in rows)
        if given.step not in steps_after(taken, order.due_on, today, has_result=has_result):
            raise ConflictError(_NOT_NOW)
        before = max((day for _, day in rows), default=japan_day(order.made_at))
        until = min(today, order.due_on) if given.step is OrderStep.DELIVERED else today
        _need_day(given.done_on, before, until)
        if given.step is OrderStep.DELIVERED:
            _need_issued(letter_issues(session, [order.id]).get(order.id), given.done_on)

    def _order(self, session: Session, given: OrderStepInput) -> ExaminationOrderRecord:
        x = ExaminationOrderRecord
        found = session.scalar(
            select(x).where(x.id == given.order_id, x.household_id == given.household_id)
        )
        if found is None or found.office_id != self.staff.office_id:
            raise NotPermittedError(_NO_ORDER)
        return found

    def _store(self, session: Session, given: OrderInput) -> None:
        owner = self._owner(given.household_id)
        session.add(
            ExaminationOrderRecord(
                id=given.order_id,
                person_id=given.person_id,
                doubt=given.doubt,
                due_on=given.due_on,
                author_id=self.staff.staff_id,
                made_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add(
            ExaminationOrderText(
                order_id=given.order_id,
                reason=given.reason.strip(),
                elsewhere=given.elsewhere.strip(),
                institution=given.institution.strip(),
                address=given.address.strip(),
                department=given.department.strip(),
                items=given.items.strip(),
                bring=given.bring.strip(),
                **owner,
            )
        )

    def _add(self, session: Session, given: OrderStepInput) -> None:
        owner = self._owner(given.household_id)
        session.add(
            ExaminationStepRecord(
                id=given.step_id,
                order_id=given.order_id,
                step=given.step,
                done_on=given.done_on,
                done_by=self.staff.staff_id,
                done_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        session.add(ExaminationStepText(step_id=given.step_id, words=given.words.strip(), **owner))

    def _owner(self, household_id: UUID) -> dict[str, UUID]:
        return {"office_id": self.staff.office_id, "household_id": household_id}


def _need_issued(issue: LetterIssue | None, day: date) -> None:
    """What is handed over went out before, under a number of the register."""
    if issue is None:
        raise ValidationError(done_on=NOT_ISSUED)
    if day < issue.on:
        raise ValidationError(done_on="文書を発行した日よりあとの日付にしてください。")


def _need_day(day: date, first: date, last: date) -> None:
    if not first <= day <= last:
        raise ValidationError(done_on=_DAY)
