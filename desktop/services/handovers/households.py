"""The households of a handover with what is known of each, in the order of first contacts; read as facts, no file is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.dates import months_later
from desktop.domain.handover_order import FirstFacts, HandoverLine, first_key, reasons_of
from desktop.domain.handovers import FIRST_CONTACT_DAYS, contact_due
from desktop.domain.households import SafetyMarkKind
from desktop.domain.office import SignedInStaff
from desktop.domain.records import ContactMethod, EntryState
from desktop.domain.support_policies import PolicyState
from desktop.domain.todos import TodoState
from desktop.domain.visit_grades import VisitGrade
from desktop.models.handovers import HandoverFault, HandoverHousehold, HandoverRecord
from desktop.models.households import Household, Member, Person, SafetyMark
from desktop.models.ledger import TakeOver
from desktop.models.records import Contact, EntryRecord, PromiseRow
from desktop.models.support_policies import SupportPolicyRecord
from desktop.models.todos import Todo
from desktop.services.handovers.listing import first_contact
from desktop.services.households.grades import present_grade
from desktop.services.households.identity import identities
from desktop.services.masters import lookup
from desktop.services.periods import holds_on, said_now
from desktop.services.todos.left_behind import LeftBehind, left_behind

#: The entry kind that a handover asks for.
ENTRY_KIND = "handover"
#: An entry of so many days before counts: who leaves may write it.
_WRITTEN_BEFORE = 30
_MONTHS_OF_A_CHILD = 18 * 12


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One handover's households, as they are before the person on a day."""

    session: Session
    staff: SignedInStaff
    made: HandoverRecord
    today: date

    def lines(self) -> tuple[HandoverLine, ...]:
        """All of them, whom to meet first at the top."""
        facts, contacts = self.facts(), self._contacts()
        written, faults = self.written(), self._faults()
        returned = self.returned()
        rows = self.session.scalars(
            select(HandoverHousehold).where(HandoverHousehold.handover_id == self.made.id)
        ).all()
        who = identities(self.session, self.staff, [row.household_id for row in rows], self.today)
        found = []
        for row in rows:
            household_id = row.household_id
            known, each = facts.get(household_id, FirstFacts()), who[household_id]
            count, still_open = faults.get(household_id, (0, 0))
            line = HandoverLine(
                household_id=household_id,
                case_number=each.case_number,
                head_name=each.head_name,
                given_at=row.given_at,
                taken_at=row.taken_at,
                contact_on=contacts.get(household_id),
                contact_due_on=contact_due(self.made.effective_on),
                has_entry=household_id in written,
                reasons=reasons_of(known, self.today),
                returned=tuple(entry.entry_id for entry in returned.get(household_id, ())),
                faults=count,
                open_faults=still_open,
            )
            found.append((first_key(known, self.today, each.case_number), line))
        return tuple(line for _, line in sorted(found, key=lambda pair: pair[0]))

    def facts(self) -> dict[UUID, FirstFacts]:
        """Household → what makes its first contact pressing. Households whose facts are not before the person have none."""
        marks, children = self._marks(), self._children()
        grades, met, deadlines = self._grades(), self._met(), self._deadlines()
        ids = {*marks, *children, *grades, *met, *deadlines}
        return {
            household_id: _facts(
                marks.get(household_id, ()),
                grades.get(household_id),
                children.get(household_id, 0),
                met.get(household_id),
                deadlines.get(household_id),
            )
            for household_id in ids
        }

    def written(self) -> frozenset[UUID]:
        """Households with an entry about the handover, also as a draft."""
        e = EntryRecord
        earliest = self.made.effective_on - timedelta(days=_WRITTEN_BEFORE)
        return frozenset(
            self.session.scalars(
                select(e.household_id).where(
                    self._of(e.household_id),
                    e.kind == ENTRY_KIND,
                    e.is_annulled.is_(False),
                    e.event_on >= earliest,
                )
            )
        )

    def returned(self) -> dict[UUID, tuple[LeftBehind, ...]]:
        """Household → records of its district that came back to somebody who no longer has it, the oldest first."""
        found: dict[UUID, tuple[LeftBehind, ...]] = {}
        for each in left_behind(self.session, {self.made.district_id}, self.today):
            found[each.household_id] = (*found.get(each.household_id, ()), each)
        return found

    def _of(self, column: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        return column.in_(
            select(HandoverHousehold.household_id).where(
                HandoverHousehold.handover_id == self.made.id
            )
        )

    def _marks(self) -> dict[UUID, tuple[SafetyMarkKind, ...]]:
        found: dict[UUID, tuple[SafetyMarkKind, ...]] = {}
        for household_id, kind in self.session.execute(
            select(SafetyMark.household_id, SafetyMark.kind).where(
                self._of(SafetyMark.household_id), holds_on(SafetyMark, self.today)
            )
        ):
            found[household_id] = (*found.get(household_id, ()), kind)
        return found

    def _children(self) -> dict[UUID, int]:
        born_after = months_later(self.today, -_MONTHS_OF_A_CHILD)
        return self._by_household(
            select(Member.household_id, func.count())
            .join(Person, Person.id == Member.person_id)
            .where(
                self._of(Member.household_id),
                holds_on(Member, self.today),
                Person.birth_date > born_after,
                Person.died_on.is_(None),
            )
            .group_by(Member.household_id)
        )

    def _grades(self) -> dict[UUID, VisitGrade]:
        labels = lookup.visit_grades(self.session, self.staff.office_id, self.today)
        codes = self._by_household(
            select(Household.id, present_grade(self.today)).where(self._of(Household.id))
        )
        return {
            household_id: labels[code] for household_id, code in codes.items() if code in labels
        }

    def _met(self) -> dict[UUID, date]:
        c, e = Contact, EntryRecord
        before = self._by_household(
            select(TakeOver.household_id, TakeOver.last_met_on).where(
                self._of(TakeOver.household_id), TakeOver.last_met_on.is_not(None)
            )
        )
        return before | self._by_household(
            select(c.household_id, func.max(c.happened_on))
            .join(e, and_(e.contact_id == c.id, e.household_id == c.household_id))
            .where(
                self._of(c.household_id),
                or_(c.is_home_visit, c.method == ContactMethod.OFFICE),
                c.is_absence.is_(False),
                e.state != EntryState.DRAFT,
                e.is_annulled.is_(False),
                c.happened_on <= self.today,
            )
            .group_by(c.household_id)
        )

    def _deadlines(self) -> dict[UUID, date]:
        """The nearest open day: a promise, a to-do, the review of the policy; only what comes within the six weeks."""
        last = max(self.today, self.made.effective_on) + timedelta(days=FIRST_CONTACT_DAYS)
        nearest: dict[UUID, date] = {}
        for query in self._dated():
            for household_id, day in self.session.execute(query):
                if day is not None and day <= last:
                    nearest[household_id] = min(day, nearest.get(household_id, day))
        return nearest

    def _dated(self) -> Iterator[Select[*tuple[Any, ...]]]:
        p, s, t = PromiseRow, SupportPolicyRecord, Todo
        yield (
            select(p.household_id, func.min(p.due_on))
            .join(EntryRecord, EntryRecord.id == p.entry_id)
            .where(
                self._of(p.household_id),
                p.kept_on.is_(None),
                EntryRecord.state != EntryState.DRAFT,
                EntryRecord.is_annulled.is_(False),
                said_now(),
            )
            .group_by(p.household_id)
        )
        yield (
            select(s.household_id, func.max(s.review_due_on))
            .where(self._of(s.household_id), s.state == PolicyState.APPROVED)
            .group_by(s.household_id)
        )
        yield (
            select(t.household_id, func.min(t.due_on))
            .where(
                t.state == TodoState.OPEN,
                t.owner_id.in_((self.made.from_id, self.made.to_id)),
                t.household_id.in_(
                    select(HandoverHousehold.household_id).where(
                        HandoverHousehold.handover_id == self.made.id
                    )
                ),
            )
            .group_by(t.household_id)
        )

    def _contacts(self) -> dict[UUID, date]:
        query = first_contact().where(HandoverHousehold.handover_id == self.made.id)
        return {household_id: day for _, household_id, day in self.session.execute(query)}

    def _faults(self) -> dict[UUID, tuple[int, int]]:
        """Household → how many faults were kept, how many of them are open."""
        f = HandoverFault
        rows = self.session.execute(
            select(f.household_id, func.count(), func.count(f.ticked_at))
            .where(f.handover_id == self.made.id)
            .group_by(f.household_id)
        )
        return {household_id: (count, count - ticked) for household_id, count, ticked in rows}

    def _by_household(self, query: Select[*tuple[Any, ...]]) -> dict[UUID, Any]:
        return {household_id: value for household_id, value in self.session.execute(query)}  # noqa: C416 - rows are not pairs to the type checker


def _facts(
    marks: tuple[SafetyMarkKind, ...],
    grade: VisitGrade | None,
    children: int,
    met: date | None,
    deadline: date | None,
) -> FirstFacts:
    every = grade.interval_months if grade else 0
    return FirstFacts(
        marks=marks,
        grade=grade.label if grade else "",
        visits_per_year=grade.visits_per_year if grade else 0,
        children=children,
        last_met_on=met,
        visit_due_on=months_later(met, every) if met and every else None,
        deadline_on=deadline,
    )
