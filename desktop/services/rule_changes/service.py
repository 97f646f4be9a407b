"""Use cases of 改正の窓: the changes, the households they concern, ticking those off, and to-dos for the own ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain import rule_change_ticks as rules
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError, UserError, ValidationError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.rule_change_ticks import (
    Concerned,
    RecentChanges,
    TickInput,
    TickState,
    TodosMade,
    todo_text,
)
from desktop.domain.rule_changes import RuleChange, recent_changes
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.models.households import Household
from desktop.models.rule_changes import RuleChangeNote, RuleChangeTick
from desktop.models.todos import Todo
from desktop.services.activities.loading import need_household
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.rule_changes import loading
from desktop.services.rule_changes.shelf import shipped_changes
from desktop.services.todos import add_todo


@dataclass(frozen=True, slots=True)
class RuleChangeService:
    """Changes of the rules, as one signed-in person works through them. `source` answers with all of them."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor
    source: Callable[[], tuple[RuleChange, ...]] = shipped_changes

    @needs(Permission.OPEN_CASE_FILES)
    def changes(self) -> tuple[RuleChange, ...]:
        """Every change, the latest first. Nothing of a household stands in them."""
        return self.source()

    @needs(Permission.OPEN_CASE_FILES)
    def recent(self) -> RecentChanges:
        """The changes that came into force within the office's number of days."""
        today = self.clock.today()
        with self.work() as session:
            limits = lookup.thresholds(session, self.staff.office_id, today)
        days = limits.change_recent_days
        return RecentChanges(changes=recent_changes(self.source(), today, days), days=days)

    @needs(Permission.OPEN_CASE_FILES)
    def concerned(self, key: str) -> Concerned:
        """The households that a change concerns, of those the person looks after or supervises. Facts alone."""
        change = self._change(key)
        with self.work() as session:
            return Concerned(
                change=change,
                households=loading.households(session, self.staff, change, self.clock.today()),
                may_tick=self.staff.may(Permission.WRITE_RECORDS),
            )

    @needs(Permission.WRITE_RECORDS)
    def tick(self, given: TickInput) -> None:
        """Keep what came of looking at a household. A retry stores once; words open the file by a ticket first.

        Raises ConflictError where somebody else ticked it meanwhile, ValidationError on `note`.
        """
        change = self._change(given.change_key)
        given = replace(given, note=given.note.strip())
        if len(given.note) > rules.MOST_NOTE:
            raise ValidationError(note=rules.TOO_LONG)
        if given.note:
            self.reading.open(Purpose.FILE, [given.household_id])
        with self.work() as session:
            need_household(session, self.staff, given.household_id)
            known = session.get(RuleChangeTick, given.tick_id)
            if known is not None and known.ticked_by == self.staff.staff_id:
                return
            self._refuse_wrong(session, given)
            self._store(session, given, change.version)

    @needs(Permission.OPEN_CASE_FILES)
    def note(self, household_id: UUID, tick_id: UUID) -> str:
        """The words to a tick, "" where there are none; the file is opened by a ticket for it."""
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            n = RuleChangeNote
            found = select(n.note).where(n.tick_id == tick_id, n.household_id == household_id)
            return session.scalar(found) or ""

    @needs(Permission.OPEN_CASE_FILES)
    def make_todos(self, key: str, due_on: date) -> TodosMade:
        """Give oneself a to-do for each own household that is still open, unless one of this change lies there.

        Households of others that the person supervises are not meant. Raises ValidationError on `due_on`.
        """
        change, today = self._change(key), self.clock.today()
        if change.task is None:
            raise UserError(rules.NO_TASK)
        if not rules.is_day_of_todo(due_on, today):
            raise ValidationError(due_on=rules.TOO_EARLY)
        with self.work() as session:
            found = loading.households(session, self.staff, change, today)
            own = loading.own(session, self.staff)
            wanted = [e for e in found if e.household_id in own and e.is_open(change.version)]
            standing = _standing(session, self.staff.staff_id, key)
            lacking = [each for each in wanted if each.household_id not in standing]
            for each in lacking:
                add_todo(
                    session,
                    staff=self.staff,
                    owner_id=self.staff.staff_id,
                    household_id=each.household_id,
                    origin=TodoOrigin.ASSIGNED,
                    origin_id=rules.change_id(key),
                    text=todo_text(change),
                    at=self.clock.now(),
                    due_on=due_on,
                )
        return TodosMade(made=len(lacking), stood=len(wanted) - len(lacking))

    def _change(self, key: str) -> RuleChange:
        change = next((change for change in self.source() if change.key == key), None)
        if change is None:
            raise UserError(rules.GONE_CHANGE)
        return change

    def _refuse_wrong(self, session: Session, given: TickInput) -> None:
        """A tick is of a household of one's duty, and stands for the newest one that was shown."""
        household = session.get_one(Household, given.household_id)
        if not self.staff.has_duty_for(household.id, household.district_id):
            raise NotPermittedError(rules.NOT_YOURS)
        ticks = loading.ticks(session, given.change_key, Household.id == household.id)
        newest = ticks.get(household.id)
        if (newest.tick_id if newest else None) != given.replaces_id:
            raise ConflictError(rules.CHANGED)
        if newest is None and given.state is TickState.OPEN_AGAIN:
            raise ConflictError(rules.CHANGED)

    def _store(self, session: Session, given: TickInput, version: int) -> None:
        owner = {"office_id": self.staff.office_id, "household_id": given.household_id}
        session.add(
            RuleChangeTick(
                id=given.tick_id,
                change_key=given.change_key,
                change_version=version,
                state=given.state,
                has_note=bool(given.note),
                replaces_id=given.replaces_id,
                ticked_by=self.staff.staff_id,
                ticked_at=self.clock.now(),
                **owner,
            )
        )
        session.flush()
        if given.note:
            session.add(RuleChangeNote(tick_id=given.tick_id, note=given.note, **owner))


def _standing(session: Session, owner_id: UUID, change_key: str) -> set[UUID | None]:
    """Households of which one's own desk has an open to-do of this change."""
    t = Todo
    return set(
        session.scalars(
            select(t.household_id).where(
                t.owner_id == owner_id,
                t.state == TodoState.OPEN,
                t.origin_id == rules.change_id(change_key),
            )
        )
    )
