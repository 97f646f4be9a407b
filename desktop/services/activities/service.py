"""Use cases of acts of support (支援活動), in a household's file. The database judges again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.activities import (
    ActivityInput,
    CaseloadMonth,
    FileActivities,
    activity_errors,
)
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.activities import ActivityRecord, ActivityText
from desktop.models.todos import Todo, TodoText
from desktop.services.activities import loading, months
from desktop.services.masters.lookup_activities import activity_kinds, partners
from desktop.services.permission import needs
from desktop.services.todos import add_todo

_GONE = "訂正する活動は見つからないか、取り消されています。"
_PUT_RIGHT = "この活動は、ほかの人がすでに訂正・取消をしています。一覧を読み直してください。"
_CLOSED_BY = "活動の訂正・取消により終了"


@dataclass(frozen=True, slots=True)
class ActivityService:
    """The signed-in person's acts of support for people of opened households."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def of_household(self, household_id: UUID) -> FileActivities:
        """Everything there is of a household, and what can be chosen for a further act."""
        self.reading.open(Purpose.FILE, [household_id])
        today = self.clock.today()
        with self.work() as session:
            loading.need_household(session, self.staff, household_id)
            office_id = self.staff.office_id
            return FileActivities(
                people=loading.people(session, household_id),
                kinds=tuple(activity_kinds(session, office_id, today).values()),
                partners=tuple(partners(session, office_id, today).values()),
                steps=loading.plan_steps(session, household_id),
                activities=loading.activities(session, household_id),
                may_write=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.OPEN_CASE_FILES)
    def of_month(self, month: date) -> CaseloadMonth:
        """The acts of a month (its first day) of the households the person looks after, without their words."""
        with self.work() as session:
            kinds = activity_kinds(session, self.staff.office_id, self.clock.today())
            return CaseloadMonth(
                kinds=tuple(kinds.values()),
                acts=months.acts_of(session, self.staff, month, months.last_day(month)),
            )

    @needs(Permission.WRITE_RECORDS)
    def add(self, given: ActivityInput) -> None:
        """Keep an act; its next step becomes a to-do of one's own. A retry stores once.

        A correction names the row it stands for and says why: what that one asked for next is done with.
        Raises ValidationError per field, ConflictError where somebody else put the row right before.
        """
        given = _trimmed(given)
        self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            loading.need_household(session, self.staff, given.household_id)
            known = session.get(ActivityRecord, given.activity_id)
            if known is not None and known.made_by == self.staff.staff_id:
                return
            errors = self._errors(session, given)
            if errors:
                raise ValidationError(**errors)
            by = self._whose(session, given)
            self._store(session, given, by)
            if given.replaces_id is not None:
                self._close_todo(session, given.replaces_id)
            if given.next_due_on is not None and not given.is_void:
                add_todo(
                    session,
                    staff=self.staff,
                    owner_id=self.staff.staff_id,
                    household_id=given.household_id,
                    origin=TodoOrigin.ASSIGNED,
                    text=given.next_step,
                    at=self.clock.now(),
                    due_on=given.next_due_on,
                    origin_id=given.activity_id,
                )

    def _errors(self, session: Session, given: ActivityInput) -> dict[str, str]:
        office_id, today = self.staff.office_id, self.clock.today()
        kinds, known = (
            activity_kinds(session, office_id, today),
            partners(session, office_id, today),
        )
        errors = activity_errors(given, tuple(kinds), tuple(known), today)
        found = {person.person_id for person in loading.people(session, given.household_id)}
        if given.person_id not in found:
            errors["person_id"] = "この世帯の人を選んでください。"
        steps = loading.plan_steps(session, given.household_id)
        fits = {step.step_id for step in steps if step.person_id == given.person_id}
        old = session.get(ActivityRecord, given.replaces_id) if given.replaces_id else None
        if given.step_id is not None and given.step_id not in fits | {old and old.step_id}:
            errors["step_id"] = "この人の計画の取組を選んでください。"
        return errors

    def _whose(self, session: Session, given: ActivityInput) -> UUID:
        """Who did it: oneself, or whoever did what is put right."""
        if given.replaces_id is None:
            return self.staff.staff_id
        old = session.get(ActivityRecord, given.replaces_id)
        if old is None or old.is_void or old.household_id != given.household_id:
            raise NotPermittedError(_GONE)
        later = select(ActivityRecord.id).where(ActivityRecord.replaces_id == old.id)
        if session.scalar(later) is not None:
            raise ConflictError(_PUT_RIGHT)
        return old.staff_id

    def _store(self, session: Session, given: ActivityInput, by: UUID) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            ActivityRecord(
                id=given.activity_id,
                person_id=given.person_id,
                done_on=given.done_on,
                starts_at=given.starts_at,
                minutes=given.minutes,
                kind=given.kind,
                place=given.place,
                partner=given.partner,
                step_id=given.step_id,
                result=given.result,
                next_due_on=given.next_due_on,
                replaces_id=given.replaces_id,
                is_void=given.is_void,
                staff_id=by,
                made_by=self.staff.staff_id,
                made_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        words = {"memo": given.memo, "next_step": given.next_step, "reason": given.reason}
        session.add(ActivityText(activity_id=given.activity_id, **words, **owner))
        session.flush()

    def _close_todo(self, session: Session, replaced_id: UUID) -> None:
        """What the row that is put right asked oneself to do next; another's to-do stays his to close."""
        waiting = session.scalars(
            select(Todo).where(
                Todo.origin_id == replaced_id,
                Todo.owner_id == self.staff.staff_id,
                Todo.state == TodoState.OPEN,
            )
        )
        for todo in waiting:
            todo.state, todo.closed_at = TodoState.DONE, self.clock.now()
            todo.version += 1
            session.flush()
            session.get_one(TodoText, todo.id).reply = _CLOSED_BY


def _trimmed(given: ActivityInput) -> ActivityInput:
    return replace(
        given,
        memo=given.memo.strip(),
        next_step=given.next_step.strip(),
        reason=given.reason.strip(),
    )
