"""What lies on a desk: own entries, promises and policies' actions of own districts, and rows somebody gave.

Facts only, no texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from desktop.domain.carry_outs import CARRY_OUT_APPROVE, CARRY_OUT_TODO, CarryOutState
from desktop.domain.clock import japan_day
from desktop.domain.disclosures import DISCLOSURE_TASK, DisclosureState
from desktop.domain.inquiries import INQUIRY_TASK, InquiryState, inquiry_label
from desktop.domain.office import SignedInStaff
from desktop.domain.papers import number_label
from desktop.domain.policy_duties import DutyKind
from desktop.domain.policy_events import ReviewDue, ReviewEvent
from desktop.domain.records import EntryState
from desktop.domain.roles import Permission
from desktop.domain.support_policies import Actor
from desktop.domain.todos import TodoOrigin, TodoState
from desktop.domain.transfers import TRANSFER_TODO, WAITS_FOR_CASEWORKER, TransferState
from desktop.models.disclosures import Disclosure
from desktop.models.households import Household
from desktop.models.inquiries import Inquiry
from desktop.models.office import Staff
from desktop.models.policy_duties import PolicyDuty
from desktop.models.records import EntryRecord, PromiseRow
from desktop.models.todos import Todo
from desktop.models.transfers import TransferRecord
from desktop.services.carry_outs.loading import open_lines
from desktop.services.households.identity import shielded_names
from desktop.services.masters import lookup
from desktop.services.periods import duty_stands, said_now
from desktop.services.policy_events import reviews_due
from desktop.services.todos.guidance import CHECK, checks_due
from desktop.services.todos.lines import Line
from desktop.services.todos.medical import medical_tasks
from desktop.services.todos.work import work_lines
from desktop.services.transfers.loading import step_since, terms
from desktop.services.visit_grades import open_grade_events

#: Given to-dos that are closed with an answer.
ANSWERED = frozenset({TodoOrigin.INSTRUCTION, TodoOrigin.CONSULTATION, TodoOrigin.OUTSIDE_INFO})

_STATES = {
    EntryState.RETURNED: (TodoOrigin.RETURNED_ENTRY, "差戻し"),
    EntryState.DRAFT: (TodoOrigin.DRAFT_ENTRY, "未提出"),
}


class Desk:
    """Collects the lines of one person's desk in one session."""

    def __init__(self, session: Session, staff: SignedInStaff, now: datetime) -> None:
        self._session = session
        self._staff = staff
        self._now, self._today = now, japan_day(now)
        today = self._today
        self._limits = lookup.thresholds(session, staff.office_id, today)

    def lines(self) -> list[Line]:
        """All lines, the most urgent first."""
        found = [
            *self._own_entries(),
            *self._promises(),
            *self._policy_reviews(),
            *self._grade_reviews(),
            *self._actions(),
            *self._transfers(),
            *self._inquiries(),
            *self._disclosures(),
            *self._carry_outs(),
            *self._medical(),
            *self._guidance(),
            *self._towards_work(),
            *self._given(),
        ]
        return sorted(found, key=lambda line: line.urgency)

    def _own_entries(self) -> Iterator[Line]:
        me = self._staff.staff_id
        kinds = lookup.entry_kinds(self._session, self._staff.office_id, self._today)
        mine = or_(
            EntryRecord.changed_by == me,
            EntryRecord.changed_by.is_(None) & (EntryRecord.author_id == me),
        )
        found = (
            select(EntryRecord, *_HOUSEHOLD)
            .join(Household, Household.id == EntryRecord.household_id)
            .where(mine, EntryRecord.state.in_(_STATES))
        )
        for entry, *household in self._named(found):
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

    def _promises(self) -> Iterator[Line]:
        """Promises of the person's own districts that are due soon or overdue."""
        until = self._today + timedelta(days=self._limits.promise_notice_days)
        found = (
            select(PromiseRow, *_HOUSEHOLD)
            .join(Household, Household.id == PromiseRow.household_id)
            .join(EntryRecord, EntryRecord.id == PromiseRow.entry_id)
            .where(
                Household.district_id.in_(self._staff.district_ids),
                PromiseRow.kept_on.is_(None),
                said_now(),
                PromiseRow.due_on <= until,
                EntryRecord.is_annulled.is_(False),
            )
        )
        for promise, *household in self._named(found):
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
        if not self._staff.district_ids:
            return
        until = self._today + timedelta(days=self._limits.review_notice_days)
        own = Household.district_id.in_(self._staff.district_ids)
        office_id = self._staff.office_id
        due = {
            household_id: review
            for household_id, review in reviews_due(
                self._session, office_id, own, self._today
            ).items()
            if review.due_on is not None and review.due_on <= until
        }
        found = select(Household.id, *_HOUSEHOLD).where(Household.id.in_(due))
        for household_id, *household in self._named(found):
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
        if not self._staff.district_ids:
            return
        until = self._today + timedelta(days=self._limits.grade_notice_days)
        own = Household.district_id.in_(self._staff.district_ids)
        found = dict[UUID, list[ReviewEvent]]()
        for event in open_grade_events(self._session, self._staff.office_id, own, self._today):
            if event.due_on <= until:
                found.setdefault(event.household_id, []).append(event)
        rows = select(Household.id, *_HOUSEHOLD).where(Household.id.in_(found))
        for household_id, *household in self._named(rows):
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
        until = self._today + timedelta(days=self._limits.duty_notice_days)
        found = (
            select(PolicyDuty, *_HOUSEHOLD)
            .join(Household, Household.id == PolicyDuty.household_id)
            .where(
                Household.district_id.in_(self._staff.district_ids),
                duty_stands(),
                PolicyDuty.kind == DutyKind.ACTION,
                PolicyDuty.actor == Actor.CASEWORKER,
                PolicyDuty.settled_on.is_(None),
                PolicyDuty.by_on <= until,
            )
        )
        for duty, *household in self._named(found):
            yield Line(
                origin=TodoOrigin.POLICY_ACTION,
                household_id=duty.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=duty.by_on,
                subject_id=duty.id,
                duty_id=duty.id,
            )

    def _transfers(self) -> Iterator[Line]:
        """Transfers that somebody waits for: the caseworker's until they are acknowledged, the supervisor's to decide."""
        me, t = self._staff, TransferRecord
        own = Household.district_id.in_(me.district_ids) & t.state.in_(WAITS_FOR_CASEWORKER)
        decides = (
            Household.district_id.in_(me.supervised_district_ids)
            & (t.state == TransferState.DRAFTED)
            & (t.saved_by != me.staff_id)
        )
        found = (
            select(t, *_HOUSEHOLD)
            .join(Household, Household.id == t.household_id)
            .where(t.office_id == me.office_id, own | decides)
        )
        limits = terms(self._session, me.office_id, self._today)
        for transfer, *household in self._named(found):
            yield Line(
                origin=TodoOrigin.TRANSFER,
                household_id=transfer.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=limits.due_on(transfer.state, step_since(transfer)),
                text=TRANSFER_TODO[transfer.state],
                subject_id=transfer.id,
            )

    def _inquiries(self) -> Iterator[Line]:
        """Inquiries that wait for the person: a word in supervised districts, the next step in the own ones."""
        staff, today = self._staff, self._today
        agencies = lookup.inquiry_agencies(self._session, staff.office_id, today)
        own = Household.district_id.in_(staff.district_ids)
        judged = Household.district_id.in_(staff.supervised_district_ids)
        found = (
            select(Inquiry, *_HOUSEHOLD)
            .join(Household, Household.id == Inquiry.household_id)
            .where(
                Inquiry.office_id == staff.office_id,
                or_(
                    own & Inquiry.state.in_(set(INQUIRY_TASK) - {InquiryState.DRAFTED}),
                    judged
                    & (Inquiry.state == InquiryState.DRAFTED)
                    & (Inquiry.asked_by != staff.staff_id),
                ),
                or_(Inquiry.state != InquiryState.SENT, Inquiry.due_on < today),
            )
        )
        for inquiry, *household in self._named(found):
            agency = agencies.get(inquiry.agency)
            label = inquiry_label(inquiry.fiscal_year, inquiry.number)
            yield Line(
                origin=TodoOrigin.INQUIRY,
                household_id=inquiry.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=inquiry.due_on if inquiry.state is InquiryState.SENT else None,
                text=f"{INQUIRY_TASK[inquiry.state]}：{agency.name if agency else inquiry.agency}（{label}）",
                subject_id=inquiry.id,
            )

    def _disclosures(self) -> Iterator[Line]:
        """Copies for disclosure: those under preparation for who prepares them, the second look in supervised districts."""
        staff, d = self._staff, Disclosure
        prepared = d.state.in_((DisclosureState.PREPARING, DisclosureState.REVIEWED))
        looked_at = (
            (d.state == DisclosureState.HANDED_OVER)
            & Household.district_id.in_(staff.supervised_district_ids)
            & (d.prepared_by != staff.staff_id)
        )
        prepares = staff.may(Permission.PREPARE_DISCLOSURES)
        found = (
            select(d, *_HOUSEHOLD)
            .join(Household, Household.id == d.household_id)
            .where(
                d.office_id == staff.office_id,
                or_(prepared, looked_at) if prepares else looked_at,
            )
        )
        for request, *household in self._named(found):
            label = number_label(request.fiscal_year, request.number)
            yield Line(
                origin=TodoOrigin.DISCLOSURE,
                household_id=request.household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=request.due_on,
                text=f"{DISCLOSURE_TASK[request.state]}（{label}）",
                subject_id=request.id,
            )

    def _carry_outs(self) -> Iterator[Line]:
        """Papers that are out, for their carrier; words that others wait for, and what came back for a second look."""
        for trip in open_lines(self._session, self._staff, self._now):
            said = CARRY_OUT_TODO.get(trip.state) if trip.is_own else None
            if trip.state is CarryOutState.MADE and trip.may_approve:
                said = CARRY_OUT_APPROVE
            if said is not None:
                yield Line(
                    origin=TodoOrigin.CARRY_OUT,
                    household_id=None,
                    case_number="",
                    head_name="",
                    due_on=japan_day(trip.left_at or trip.leaving_at),
                    text=f"{said}（{trip.label}、{trip.sheets:,}枚）",
                    subject_id=trip.carry_out_id,
                    is_late=trip.is_late,
                )

    def _medical(self) -> Iterator[Line]:
        """Somebody to look after, answers and judgements that are due, orders that wait; one line a household and matter."""
        notice = self._limits.review_notice_days
        for text, found in medical_tasks(self._staff, self._today, notice):
            yield from self._dated(TodoOrigin.MEDICAL, text, found)

    def _guidance(self) -> Iterator[Line]:
        """Check days of guidance that have come; only of whoever guides: others do not learn of it."""
        if self._staff.may(Permission.GUIDE) and self._staff.district_ids:
            found = checks_due(self._staff.district_ids, self._today)
            yield from self._dated(TodoOrigin.GUIDANCE, CHECK, found)

    def _dated(
        self, origin: TodoOrigin, text: str, found: Select[*tuple[Any, ...]]
    ) -> Iterator[Line]:
        """One line a household, by its earliest day. The statement gives household, person and day."""
        due = dict[UUID, date]()
        for household_id, _, day in self._session.execute(found):
            due[household_id] = min(day, due.get(household_id, day))
        rows = select(Household.id, *_HOUSEHOLD).where(Household.id.in_(due))
        for household_id, *household in self._named(rows) if due else ():
            yield Line(
                origin=origin,
                household_id=household_id,
                case_number=household[0],
                head_name=household[1],
                due_on=due[household_id],
                text=text,
            )

    def _towards_work(self) -> Iterator[Line]:
        """Own support plans that came back, and starts of work that are to be asked about."""
        lines = list(work_lines(self._session, self._staff, self._today))
        ids = {line.household_id for line in lines}
        rows = select(Household.id, *_HOUSEHOLD).where(Household.id.in_(ids))
        named = {key: names for key, *names in (self._named(rows) if ids else ())}
        for line in lines:
            number, name, *_ = named[line.household_id]
            yield replace(line, case_number=number, head_name=name)

    def _given(self) -> Iterator[Line]:
        found = (
            select(Todo, Staff.name, *_HOUSEHOLD)
            .join(Staff, Staff.id == Todo.created_by)
            .outerjoin(Household, Household.id == Todo.household_id)
            .where(Todo.owner_id == self._staff.staff_id, Todo.state == TodoState.OPEN)
        )
        for todo, from_name, *household in self._named(found):
            yield Line(
                origin=todo.origin,
                household_id=todo.household_id,
                case_number=household[0] or "",
                head_name=household[1] or "",
                due_on=self._due(todo),
                subject_id=todo.origin_id,
                todo_id=todo.id,
                from_name=from_name,
            )

    def _due(self, todo: Todo) -> date | None:
        if todo.due_on is None and todo.origin is TodoOrigin.INSTRUCTION:
            return japan_day(todo.created_at) + timedelta(days=self._limits.instruction_reply_days)
        return todo.due_on

    def _named(self, found: Select[*tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """The rows with the names of shielded heads put in where they are the person's duty."""
        rows = self._session.execute(found).all()
        shielded = {row[-2]: row[-1] for row in rows if row[-2] is not None and not row[-3]}
        names = shielded_names(self._session, self._staff, shielded, self._today)
        return [(*row[:-3], names.get(row[-2], (row[-3],))[0]) for row in rows]


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


#: Case number, name, id and district of the household, always last in a row.
_HOUSEHOLD = (
    Household.case_number,
    Household.head_name,
    Household.id,
    Household.district_id,
)
