"""What lies on a desk: own entries, promises and policies' actions of own districts, and rows somebody gave.

Facts only, no texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.clock import japan_day
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_duties import DutyKind
from desktop.domain.policy_events import ReviewDue, ReviewEvent
from desktop.domain.records import EntryState
from desktop.domain.roles import Permission
from desktop.domain.support_policies import Actor
from desktop.domain.todos import PREDECESSOR, TodoOrigin, TodoState
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.policy_duties import PolicyDuty
from desktop.models.records import EntryRecord, PromiseRow
from desktop.models.todos import Todo
from desktop.services.masters import lookup
from desktop.services.periods import duty_stands, said_now
from desktop.services.policy_events import reviews_due
from desktop.services.todos.guidance import CHECK, checks_due
from desktop.services.todos.left_behind import left_behind
from desktop.services.todos.lines import Line
from desktop.services.todos.medical import medical_tasks
from desktop.services.todos.memos import memo_lines
from desktop.services.todos.naming import HOUSEHOLD, Gathering
from desktop.services.todos.papers_waiting import PapersWaiting
from desktop.services.todos.work import work_lines
from desktop.services.visit_grades import open_grade_events

#: Given to-dos that are closed with an answer.
ANSWERED = frozenset({TodoOrigin.INSTRUCTION, TodoOrigin.CONSULTATION, TodoOrigin.OUTSIDE_INFO})

_STATES = {
    EntryState.RETURNED: (TodoOrigin.RETURNED_ENTRY, "差戻し"),
    EntryState.DRAFT: (TodoOrigin.DRAFT_ENTRY, "未提出"),
}


class Desk(Gathering):
    """Collects the lines of one person's desk in one session."""

    def __init__(self, session: Session, staff: SignedInStaff, now: datetime) -> None:
        super().__init__(session, staff, now)
        self._limits = lookup.thresholds(session, staff.office_id, self.today)

    def lines(self) -> list[Line]:
        """All lines, the most urgent first."""
        found = [
            *self._own_entries(),
            *self._with_names(self._left_behind()),
            *self._promises(),
            *self._policy_reviews(),
            *self._grade_reviews(),
            *self._actions(),
            *PapersWaiting(self.session, self.staff, self.now).lines(),
            *self._medical(),
            *self._guidance(),
            *self._with_names(work_lines(self.session, self.staff, self.today)),
            *self._with_names(memo_lines(self.session, self.staff, self.today)),
            *self._given(),
        ]
        return sorted(found, key=lambda line: line.urgency)

    def _own_entries(self) -> Iterator[Line]:
        me = self.staff.staff_id
        kinds = lookup.entry_kinds(self.session, self.staff.office_id, self.today)
        mine = or_(
            EntryRecord.changed_by == me,
            EntryRecord.changed_by.is_(None) & (EntryRecord.author_id == me),
        )
        found = (
            select(EntryRecord, *HOUSEHOLD)
            .join(Household, Household.id == EntryRecord.household_id)
            .where(mine, EntryRecord.state.in_(_STATES))
        )
        for entry, *household in self.named(found):
            origin, label = _STATES[entry.state]
            kind = kinds[entry.kind].label if entry.kind in kinds else entry.kind
            yield Line(
                origin=origin,
                household_id=entry.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=entry.event_on + timedelta(days=self._limits.late_entry_days),
                text=f"{label}：{kind}（{entry.event_on.month}月{entry.event_on.day}日）",
                subject_id=entry.id,
            )

    def _left_behind(self) -> Iterator[Line]:
        """What came back to a predecessor about households of the own districts: to be asked for, not to be written."""
        kinds = lookup.entry_kinds(self.session, self.staff.office_id, self.today)
        for each in left_behind(self.session, self.staff.district_ids, self.today):
            kind = kinds[each.kind].label if each.kind in kinds else each.kind
            yield Line(
                origin=TodoOrigin.RETURNED_ENTRY,
                household_id=each.household_id,
                case_number="",
                head_name="",
                due_on=None,
                text=f"{PREDECESSOR}：{kind}（{each.event_on.month}月{each.event_on.day}日）",
                subject_id=each.entry_id,
                from_name=each.author,
            )

    def _promises(self) -> Iterator[Line]:
        """Promises of the person's own districts that are due soon or overdue."""
        until = self.today + timedelta(days=self._limits.promise_notice_days)
        found = (
            select(PromiseRow, *HOUSEHOLD)
            .join(Household, Household.id == PromiseRow.household_id)
            .join(EntryRecord, EntryRecord.id == PromiseRow.entry_id)
            .where(
                Household.district_id.in_(self.staff.district_ids),
                PromiseRow.kept_on.is_(None),
                said_now(),
                PromiseRow.due_on <= until,
                EntryRecord.is_annulled.is_(False),
            )
        )
        for promise, *household in self.named(found):
            yield Line(
                origin=TodoOrigin.PROMISE,
                household_id=promise.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=promise.due_on,
                subject_id=promise.id,
                promise_id=promise.id,
            )

    def _policy_reviews(self) -> Iterator[Line]:
        """Policies of the person's own districts that are to be reviewed soon, each with its most urgent reason."""
        if not self.staff.district_ids:
            return
        until = self.today + timedelta(days=self._limits.review_notice_days)
        own = Household.district_id.in_(self.staff.district_ids)
        office_id = self.staff.office_id
        due = {
            household_id: review
            for household_id, review in reviews_due(
                self.session, office_id, own, self.today
            ).items()
            if review.due_on is not None and review.due_on <= until
        }
        found = select(Household.id, *HOUSEHOLD).where(Household.id.in_(due))
        for household_id, *household in self.named(found):
            yield Line(
                origin=TodoOrigin.POLICY_REVIEW,
                household_id=household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=due[household_id].due_on,
                text=_review_text(due[household_id]),
            )

    def _grade_reviews(self) -> Iterator[Line]:
        """Visit grades of the person's own districts that are to be looked at soon, each with its most urgent reason."""
        if not self.staff.district_ids:
            return
        until = self.today + timedelta(days=self._limits.grade_notice_days)
        own = Household.district_id.in_(self.staff.district_ids)
        found = dict[UUID, list[ReviewEvent]]()
        for event in open_grade_events(self.session, self.staff.office_id, own, self.today):
            if event.due_on <= until:
                found.setdefault(event.household_id, []).append(event)
        rows = select(Household.id, *HOUSEHOLD).where(Household.id.in_(found))
        for household_id, *household in self.named(rows):
            events = found[household_id]
            yield Line(
                origin=TodoOrigin.GRADE_REVIEW,
                household_id=household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=events[0].due_on,
                text=f"訪問格付の見直し：{_event_text(events[0], len(events))}",
            )

    def _actions(self) -> Iterator[Line]:
        """The caseworker's actions of the policies in force in the person's own districts, due soon or overdue."""
        until = self.today + timedelta(days=self._limits.duty_notice_days)
        found = (
            select(PolicyDuty, *HOUSEHOLD)
            .join(Household, Household.id == PolicyDuty.household_id)
            .where(
                Household.district_id.in_(self.staff.district_ids),
                duty_stands(),
                PolicyDuty.kind == DutyKind.ACTION,
                PolicyDuty.actor == Actor.CASEWORKER,
                PolicyDuty.settled_on.is_(None),
                PolicyDuty.by_on <= until,
            )
        )
        for duty, *household in self.named(found):
            yield Line(
                origin=TodoOrigin.POLICY_ACTION,
                household_id=duty.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=duty.by_on,
                subject_id=duty.id,
                duty_id=duty.id,
            )

    def _medical(self) -> Iterator[Line]:
        """Somebody to look after, answers and judgements that are due, orders that wait; one line a household and matter."""
        notice = self._limits.review_notice_days
        for text, found in medical_tasks(self.staff, self.today, notice):
            yield from self.dated(TodoOrigin.MEDICAL, text, found)

    def _guidance(self) -> Iterator[Line]:
        """Check days of guidance that have come; only of whoever guides: others do not learn of it."""
        if self.staff.may(Permission.GUIDE) and self.staff.district_ids:
            found = checks_due(self.staff.district_ids, self.today)
            yield from self.dated(TodoOrigin.GUIDANCE, CHECK, found)

    def _with_names(self, found: Iterable[Line]) -> Iterator[Line]:
        """The lines with case numbers and names of their households."""
        lines = list(found)
        ids = {line.household_id for line in lines}
        rows = select(Household.id, *HOUSEHOLD).where(Household.id.in_(ids))
        named = {key: names for key, *names in (self.named(rows) if ids else ())}
        for line in lines:
            number, name, *_ = named.get(line.household_id, ("", ""))
            yield replace(line, case_number=number, head_name=name)

    def _given(self) -> Iterator[Line]:
        asked = aliased(Todo)
        own = (asked.origin == TodoOrigin.INSTRUCTION) & (asked.created_by == Todo.owner_id)
        found = (
            select(Todo, Staff.name, asked.id, *HOUSEHOLD)
            .join(Staff, Staff.id == Todo.created_by)
            .outerjoin(asked, (asked.id == Todo.origin_id) & own)
            .outerjoin(Household, Household.id == Todo.household_id)
            .where(Todo.owner_id == self.staff.staff_id, Todo.state == TodoState.OPEN)
        )
        for todo, from_name, asked_id, *household in self.named(found):
            yield Line(
                origin=todo.origin,
                household_id=todo.household_id,
                case_number=household[0] or "",
                head_name=household[1] or "",
                due_on=self._due(todo),
                subject_id=todo.origin_id,
                todo_id=todo.id,
                from_name=from_name,
                answers_instruction=asked_id is not None,
            )

    def _due(self, todo: Todo) -> date | None:
        if todo.due_on is None and todo.origin is TodoOrigin.INSTRUCTION:
            return japan_day(todo.created_at) + timedelta(days=self._limits.instruction_reply_days)
        return todo.due_on


def _review_text(review: ReviewDue) -> str:
    """Why the policy is to be reviewed: the event that sets the day, or the year; further events are counted."""
    event = review.by_event
    if event is None:
        return "援助方針の見直し：年1回の期日"
    return f"援助方針の見直し：{_event_text(event, len(review.events))}"


def _event_text(event: ReviewEvent, count: int) -> str:
    day = f"{event.happened_on.month}月{event.happened_on.day}日"
    more = f"、ほか{count - 1}件" if count > 1 else ""
    return f"{event.label}（{day}{more}）"
