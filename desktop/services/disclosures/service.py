"""Use cases of disclosure requests for the signed-in person. The database judges each act again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from desktop.database import disclosing
from desktop.database.disclosing import Acting
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.disclosures import (
    MOVES,
    NOT_ALLOWED,
    NOT_FOUND,
    DisclosureMove,
    DisclosurePerson,
    DisclosureRow,
    DisclosureSheet,
    DisclosureState,
    RequestInput,
)
from desktop.domain.disclosures_marks import MarkInput
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.disclosures import Disclosure, DisclosureText
from desktop.models.households import Member, Person
from desktop.services.disclosures import loading
from desktop.services.masters import lookup
from desktop.services.permission import needs

#: What the access history says of a reading that is made for a copy.
READ_FOR = "開示請求の写しの作成・確認"
_COMPARED = frozenset({DisclosureState.HANDED_OVER, DisclosureState.REVIEWED})


@dataclass(frozen=True, slots=True)
class DisclosureService:
    """Requests, marks and moves."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.SEE_DISCLOSURES)
    def requests(self) -> tuple[DisclosureRow, ...]:
        """The requests the person sees, the newest first."""
        with self.work() as session:
            return loading.requests(session, self.staff, self.clock.today(), true())

    @needs(Permission.SEE_DISCLOSURES)
    def of_household(self, household_id: UUID) -> tuple[DisclosureRow, ...]:
        """The requests about one household, the newest first."""
        of_file = Disclosure.household_id == household_id
        with self.work() as session:
            return loading.requests(session, self.staff, self.clock.today(), of_file)

    @needs(Permission.PREPARE_DISCLOSURES)
    def people(self, household_id: UUID) -> tuple[DisclosurePerson, ...]:
        """Whose information can be asked for: everybody who belongs or belonged to the household, the head first."""
        self._open(household_id)
        found = (
            select(Person.id, Person.name, Member.is_head)
            .join(Member, Member.person_id == Person.id)
            .where(Member.household_id == household_id)
            .order_by(Member.is_head.desc(), Person.kana, Person.id)
        )
        with self.work() as session:
            names = {person_id: name for person_id, name, _ in session.execute(found)}
        return tuple(DisclosurePerson(person_id=key, name=name) for key, name in names.items())

    @needs(Permission.PREPARE_DISCLOSURES)
    def take(self, given: RequestInput) -> DisclosureRow:
        """Take a request in and return it with its number. Raises ValidationError per field."""
        self._open(given.household_id)
        with self.work() as session:
            disclosing.take(session, self._acting(session), given)
            of_id = Disclosure.id == given.disclosure_id
            (row,) = loading.requests(session, self.staff, self.clock.today(), of_id)
            return row

    @needs(Permission.SEE_DISCLOSURES)
    def sheet(self, disclosure_id: UUID) -> DisclosureSheet:
        """A request with its entries, marks and moves. The reading is logged with its purpose."""
        self._open(self._household_of(disclosure_id))
        with self.work() as session:
            return self._sheet(session, disclosure_id)

    @needs(Permission.PREPARE_DISCLOSURES)
    def mark(self, given: Sequence[MarkInput]) -> DisclosureSheet:
        """Decide about parts, all or none; return the sheet as it stands then."""
        disclosure_id = given[0].disclosure_id
        self._open(self._household_of(disclosure_id))
        with self.work() as session:
            acting = self._acting(session)
            for each in given:
                disclosing.mark(session, acting, each)
            return self._sheet(session, disclosure_id)

    @needs(Permission.PREPARE_DISCLOSURES)
    def lift(self, disclosure_id: UUID, mark_ids: Sequence[UUID]) -> DisclosureSheet:
        """Take decisions back; return the sheet as it stands then."""
        self._open(self._household_of(disclosure_id))
        with self.work() as session:
            acting = self._acting(session)
            for mark_id in mark_ids:
                disclosing.lift(session, acting, mark_id)
            return self._sheet(session, disclosure_id)

    @needs(Permission.SEE_DISCLOSURES)
    def move(
        self, disclosure_id: UUID, move: DisclosureMove, shown_hash: str, reason: str = ""
    ) -> DisclosureSheet:
        """Hand over, review, return, reopen or withdraw what was shown; an issue goes through the printing."""
        if move not in MOVES or not self.staff.may(MOVES[move].permission):
            raise NotPermittedError(NOT_ALLOWED)
        self._open(self._household_of(disclosure_id))
        with self.work() as session:
            acting = self._acting(session)
            disclosing.move(
                session, acting, disclosure_id, move, shown_hash=shown_hash, reason=reason
            )
            return self._sheet(session, disclosure_id)

    def _sheet(self, session: Session, disclosure_id: UUID) -> DisclosureSheet:
        today = self.clock.today()
        acting = self._acting(session)
        (row,) = loading.requests(session, self.staff, today, Disclosure.id == disclosure_id) or (
            None,
        )
        request = session.get(Disclosure, disclosure_id)
        text = session.get(DisclosureText, disclosure_id)
        if row is None or request is None or text is None:
            raise NotPermittedError(NOT_FOUND)
        entries = loading.entries_of(session, self.staff, request, today)
        now = disclosing.shown_hash(session, acting, disclosure_id)
        return DisclosureSheet(
            row=row,
            person_id=request.person_id,
            person=session.get_one(Person, request.person_id).name,
            asked_by=text.asked_by,
            entries=entries,
            marks=loading.marks_of(session, disclosure_id),
            moves=loading.moves_of(session, disclosure_id),
            left_out=loading.left_out(session, request, entries, today),
            reasons=tuple(lookup.disclosure_reasons(session, self.staff.office_id, today).values()),
            content_hash=now,
            is_changed=request.state in _COMPARED and request.content_hash != now,
            may_review=self.staff.may(Permission.REVIEW_DISCLOSURES)
            and request.state is DisclosureState.HANDED_OVER
            and disclosing.may_review(session, acting, disclosure_id),
        )

    def _acting(self, session: Session) -> Acting:
        today, office_id = self.clock.today(), self.staff.office_id
        return Acting(
            staff=self.staff,
            at=self.clock.now(),
            reasons=lookup.disclosure_reasons(session, office_id, today).keys(),
            days=lookup.thresholds(session, office_id, today).disclosure_days,
        )

    def _open(self, household_id: UUID) -> None:
        self.reading.open(Purpose.FILE, [household_id], reason=READ_FOR)

    def _household_of(self, disclosure_id: UUID) -> UUID:
        of_request = select(Disclosure.household_id).where(
            Disclosure.id == disclosure_id, Disclosure.office_id == self.staff.office_id
        )
        with self.work() as session:
            household_id = session.scalar(of_request)
        if household_id is None:
            raise NotPermittedError(NOT_FOUND)
        return household_id
