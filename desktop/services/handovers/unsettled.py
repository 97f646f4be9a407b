"""What is better settled before a district changes hands: records that came back to their author, visits promised for a time that does not suit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.handovers import LOOKED_AFTER, HandoverDistrict, Unsettled, UnsettledKind
from desktop.domain.office import SignedInStaff
from desktop.domain.records import EntryState
from desktop.domain.working_time import HALF_LABEL, Half, HalfDay
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.records import EntryRecord
from desktop.models.working_time import VisitAppointment
from desktop.services.masters import lookup
from desktop.services.working_time.loading import working_times

#: Appointments so far ahead are compared with the new caseworker's time.
_CLASH_DAYS = 60
_OTHER_PROMISE = "ほかの世帯との約束"


def looked_after(district_id: UUID) -> ColumnElement[bool]:
    """The households of a district that somebody looks after."""
    return (Household.district_id == district_id) & Household.state.in_(LOOKED_AFTER)


def written_by(staff_id: UUID | None) -> ColumnElement[bool]:
    """Entries that wait for this person to finish them: as the author, or as who changes them just now."""
    return func.coalesce(EntryRecord.changed_by, EntryRecord.author_id) == staff_id


@dataclass(frozen=True, slots=True)
class Settling:
    """One district of a plan; `after` says who has which district when all of it was done."""

    session: Session
    staff: SignedInStaff
    district: HandoverDistrict
    day: date
    today: date
    after: Mapping[UUID, UUID]

    def drafts(self, from_id: UUID | None) -> int:
        """Entries that the former caseworker began and nobody else sees."""
        found = (
            select(func.count())
            .select_from(EntryRecord)
            .join(Household, Household.id == EntryRecord.household_id)
            .where(self._of(), written_by(from_id), EntryRecord.state == EntryState.DRAFT)
        )
        return self.session.scalar(found) or 0

    def returned(self, from_id: UUID | None) -> Iterator[Unsettled]:
        """Entries that came back to the former caseworker, the oldest first."""
        e = EntryRecord
        kinds = lookup.entry_kinds(self.session, self.staff.office_id, self.today)
        rows = self.session.execute(
            select(e.id, e.kind, e.event_on, Household.id, Household.case_number)
            .join(Household, Household.id == e.household_id)
            .where(self._of(), written_by(from_id), e.state == EntryState.RETURNED)
            .order_by(e.event_on, Household.case_number, e.id)
        )
        for entry_id, kind, day, household_id, number in rows:
            yield Unsettled(
                kind=UnsettledKind.RETURNED,
                district=self.district.code,
                household_id=household_id,
                case_number=number,
                day=day,
                words=kinds[kind].label if kind in kinds else kind,
                who=self.district.caseworker,
                item_id=entry_id,
            )

    def clashes(self, to_id: UUID) -> Iterator[Unsettled]:
        """Visits that were promised to a household for a half-day that the new caseworker does not have."""
        last = self.day + timedelta(days=_CLASH_DAYS)
        a = VisitAppointment
        promised = self.session.execute(
            select(a.id, a.day, a.half, Household.id, Household.case_number)
            .join(Household, Household.id == a.household_id)
            .where(self._of(), a.cancelled_at.is_(None), a.day.between(self.day, last))
            .order_by(a.day, a.half, Household.case_number)
        ).all()
        if not promised:
            return
        office_id = self.staff.office_id
        times = working_times(self.session, office_id, [to_id], self.day, last, self.today)
        busy, name = self._promised_elsewhere(to_id, last), self._name(to_id)
        for item_id, day, half, household_id, number in promised:
            why = times[to_id].why_not(HalfDay(day=day, half=half))
            if not why and (day, half) in busy:
                why = _OTHER_PROMISE
            if why:
                yield Unsettled(
                    kind=UnsettledKind.CLASH,
                    district=self.district.code,
                    household_id=household_id,
                    case_number=number,
                    day=day,
                    words=f"{HALF_LABEL[half]}：{why}",
                    who=name,
                    item_id=item_id,
                )

    def _promised_elsewhere(self, to_id: UUID, last: date) -> set[tuple[date, Half]]:
        """Half-days that are promised in the other districts which the new caseworker has after all of the plan."""
        a = VisitAppointment
        others = {d for d, who in self.after.items() if who == to_id} - {self.district.district_id}
        rows = self.session.execute(
            select(a.day, a.half)
            .join(Household, Household.id == a.household_id)
            .where(
                a.cancelled_at.is_(None),
                a.day.between(self.day, last),
                Household.district_id.in_(others),
            )
        )
        return {(day, half) for day, half in rows}

    def _of(self) -> ColumnElement[bool]:
        return looked_after(self.district.district_id)

    def _name(self, staff_id: UUID) -> str:
        found = self.session.get(Staff, staff_id)
        return found.name if found else ""
