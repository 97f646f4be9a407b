"""The one door to content: a ticket is committed before anything is read (DESIGN section 4).

Nothing else in the program opens content tables for a household without having come through here, so
the database's own policies can take over behind this door.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, cast, func, insert, select
from sqlalchemy.orm import Session

from desktop.database.engine import is_postgresql
from desktop.database.support_plans_standing import plans_in_force
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.ids import new_id
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import TICKET_MINUTES, Purpose
from desktop.models.households import Household, Member
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.office import PersonAssignment

#: Purposes for which a ticket of its own is written whatever is open.
_ALWAYS = frozenset({Purpose.QUEUE, Purpose.PACK})


class ReadingDoor:
    """Opens files for one signed-in person and remembers what is open, so that one ticket serves while it holds."""

    def __init__(self, work: UnitOfWork, clock: Clock, staff: SignedInStaff) -> None:
        self._work = work
        self._clock = clock
        self._staff = staff
        self._open_until: dict[UUID, datetime] = {}

    def open(
        self, purpose: Purpose, household_ids: Collection[UUID], *, reason: str = ""
    ) -> frozenset[UUID]:
        """Commit a ticket for these files and return those outside the person's duty.

        Raises ReasonNeededError where a file lies outside the duty and no reason is given, and
        NotPermittedError for a household of another office. Files that are already open need no new ticket, but
        in the review queue, where a stamp asks for a reading after the submission, and for a reading pack, whose households
        are to be read off the trail.
        """
        now = self._clock.now()
        closed = {
            h for h in household_ids if purpose in _ALWAYS or self._open_until.get(h, now) <= now
        }
        if not closed:
            return frozenset()
        opened = self._open_on_server if is_postgresql(self._work.engine) else self._open_here
        outside = opened(purpose, closed, reason, now)
        self._open_until.update(dict.fromkeys(closed, now + timedelta(minutes=TICKET_MINUTES)))
        return frozenset(outside)

    def _open_on_server(
        self, purpose: Purpose, closed: set[UUID], reason: str, _now: datetime
    ) -> Collection[UUID]:
        """The database judges and writes the ticket itself."""
        with self._work() as session:
            return (
                session.scalar(
                    select(
                        func.app.open_files(
                            purpose.value, cast(list(closed), ARRAY(Uuid())), reason
                        )
                    )
                )
                or ()
            )

    def _open_here(
        self, purpose: Purpose, closed: set[UUID], reason: str, now: datetime
    ) -> Collection[UUID]:
        with self._work() as session:
            known = {
                row.id: row.district_id
                for row in session.execute(
                    select(Household.id, Household.district_id).where(
                        Household.id.in_(closed), Household.office_id == self._staff.office_id
                    )
                )
            }
            if len(known) < len(closed):
                raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
            outside = self._outside_duty(known)
            outside -= self._own_persons_households(session, outside)
            outside -= self._supported_households(session, outside)
            if outside and not reason.strip():
                raise ReasonNeededError("担当外の世帯です。開く理由を選んでください。")
            self._record(
                session, purpose=purpose, reason=reason, now=now, households=closed, outside=outside
            )
        return outside

    def _outside_duty(self, known: dict[UUID, UUID]) -> set[UUID]:
        if self._staff.is_office_wide:
            return set()
        return {h for h, district in known.items() if district not in self._staff.duty_district_ids}

    def _own_persons_households(self, session: Session, outside: set[UUID]) -> set[UUID]:
        """Households in which somebody individually assigned to this supporter or nurse (個人担当) lives now."""
        if not outside:
            return set()
        today = self._clock.today()
        rows = session.execute(
            select(Member.household_id)
            .join(PersonAssignment, PersonAssignment.person_id == Member.person_id)
            .where(
                PersonAssignment.staff_id == self._staff.staff_id,
                PersonAssignment.valid_from <= today,
                (PersonAssignment.valid_to.is_(None)) | (PersonAssignment.valid_to >= today),
                Member.valid_from <= today,
                (Member.valid_to.is_(None)) | (Member.valid_to >= today),
                Member.household_id.in_(outside),
            )
        )
        return set(rows.scalars())

    def _supported_households(self, session: Session, outside: set[UUID]) -> set[UUID]:
        """Households in which a plan in force (個別支援計画) names this person as the supporter of somebody who lives there now."""
        if not outside:
            return set()
        plans = plans_in_force(session, outside).values()
        named = {
            p.person_id: p.household_id for p in plans if p.supporter_id == self._staff.staff_id
        }
        today = self._clock.today()
        lives_there = select(Member.person_id, Member.household_id).where(
            Member.person_id.in_(named),
            Member.household_id.in_(outside),
            Member.valid_from <= today,
            (Member.valid_to.is_(None)) | (Member.valid_to >= today),
        )
        return {h for person, h in session.execute(lives_there) if named[person] == h}

    def _record(
        self,
        session: Session,
        *,
        purpose: Purpose,
        reason: str,
        now: datetime,
        households: Iterable[UUID],
        outside: set[UUID],
    ) -> None:
        ticket_id = new_id()
        session.execute(
            insert(Ticket).values(
                id=ticket_id,
                office_id=self._staff.office_id,
                staff_id=self._staff.staff_id,
                purpose=purpose.value,
                reason=reason,
                opened_at=now,
                valid_until=now + timedelta(minutes=TICKET_MINUTES),
            )
        )
        session.execute(
            insert(TicketHousehold),
            [
                {"ticket_id": ticket_id, "household_id": h, "outside_duty": h in outside}
                for h in households
            ],
        )
