"""Printing of the 移管連絡 (K-26): the letter to the other office, and the log of what went to paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database import issuing, transferring
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.imprint import FormMark
from desktop.domain.issued_forms import PrintedRun
from desktop.domain.labels import HOUSEHOLD_STATE, HOUSEHOLD_TYPE, RELATION
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.domain.transfer_forms import MovedMember, TransferLetter
from desktop.domain.transfers import (
    CONFIRM_FIRST,
    NO_TRANSFER,
    NOT_TO_PRINT,
    OWN_OFFICE,
    PRINTABLE,
    TRANSFER_CONSENT,
    TransferNotes,
    WelfareOffice,
    prints_notes,
)
from desktop.domain.visit_grades import GradeState, visit_words
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import AddressPeriod, HouseholdStatePeriod, VisitGradePeriod
from desktop.models.records import PrintBatch
from desktop.models.transfers import TransferEnclosure, TransferRecord, TransferText
from desktop.models.visit_grades import VisitGradeRecord
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.periods import holds_on
from desktop.services.permission import needs
from desktop.services.transfers.loading import office_on

_STARTED = ("receiving", "suspended")


@dataclass(frozen=True, slots=True)
class TransferPrinting:
    """Printing of letters for the signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def prepare(self, transfer_id: UUID, mark: FormMark = FormMark.PLAIN) -> TransferLetter:
        """The letter of an approved transfer. Raises ConflictError where it is not approved, or not confirmed."""
        household_id = self.household_of(transfer_id)
        self.reading.open(Purpose.FILE, [household_id])
        with self.work() as session:
            transfer = session.get_one(TransferRecord, transfer_id)
            household = session.get_one(Household, household_id)
            if transfer.state not in PRINTABLE:
                raise ConflictError(NOT_TO_PRINT)
            if household.is_shielded and transfer.confirmed_at is None:
                raise ConflictError(CONFIRM_FIRST)
            return self._letter(session, transfer, household, mark)

    @needs(Permission.PRINT_DRAFTS)
    def household_of(self, transfer_id: UUID) -> UUID:
        """Whose transfer it is. Raises NotPermittedError for one that is not of this office."""
        with self.work() as session:
            found = session.get(TransferRecord, transfer_id)
            if found is None or found.office_id != self.staff.office_id:
                raise NotPermittedError(NO_TRANSFER)
            return found.household_id

    @needs(Permission.PRINT_DRAFTS)
    def record(self, run: PrintedRun, transfer_ids: Sequence[UUID]) -> None:
        """Note a run of issued letters: who, when, which, the PDF's hash. Repeating it changes nothing."""
        now = self.clock.now()
        with self.work() as session:
            if session.get(PrintBatch, run.batch_id) is not None:
                return
            issuing.note_printed(session, self.staff, run, now)
            for transfer_id in transfer_ids:
                transferring.note_printed(session, self.staff, run.batch_id, transfer_id, now)

    def _letter(
        self, session: Session, transfer: TransferRecord, household: Household, mark: FormMark
    ) -> TransferLetter:
        today, office_id = self.clock.today(), self.staff.office_id
        bar = identities(session, self.staff, [household.id], today, opened=True)[household.id]
        written_on = transfer.sent_on or today
        contact, phone, _ = lookup.letter_contact(session, office_id, today)
        own = WelfareOffice(code=OWN_OFFICE, name=self.staff.office_name)
        kind = household.household_type
        return TransferLetter(
            imprint=imprint_of(session, self.staff, self.clock, mark),
            fiscal_year=transfer.fiscal_year or 0,
            number=transfer.number or 0,
            written_on=written_on,
            destination=office_on(session, office_id, transfer.destination, written_on),
            case_number=bar.case_number,
            head_name=bar.head_name,
            is_shielded=household.is_shielded,
            moved_on=transfer.moved_on,
            has_moved=transfer.moved_on <= written_on,
            address="" if household.is_shielded else _address(session, household.id),
            state=HOUSEHOLD_STATE[household.state],
            started_on=_started_on(session, household.id, today),
            household_type=HOUSEHOLD_TYPE[kind] if kind else "",
            grade=_grade(session, office_id, household.id, today),
            members=tuple(_members(session, household.id, min(transfer.moved_on, today))),
            caseworker=bar.caseworker,
            contact=contact,
            phone=phone,
            enclosures=self._enclosures(session, transfer, today),
            notes=_notes(session, transfer, is_shielded=household.is_shielded),
            consent=TRANSFER_CONSENT[transfer.consent].partition("（")[0],
            returned_to=lookup.welfare_offices(session, office_id, today).get(OWN_OFFICE, own),
        )

    def _enclosures(
        self, session: Session, transfer: TransferRecord, today: date
    ) -> tuple[tuple[str, bool], ...]:
        """Every enclosure of the office's table and whether it goes along; one no longer in the table by its code."""
        e = TransferEnclosure
        chosen = set(session.scalars(select(e.code).where(e.transfer_id == transfer.id)))
        labels = lookup.labels(session, self.staff.office_id, Master.TRANSFER_ENCLOSURES, today)
        labels |= {code: code for code in sorted(chosen - labels.keys())}
        return tuple((label, code in chosen) for code, label in labels.items())


def _notes(
    session: Session, transfer: TransferRecord, *, is_shielded: bool
) -> TransferNotes | None:
    if not prints_notes(transfer.consent, is_shielded=is_shielded):
        return None
    text = session.get_one(TransferText, transfer.id)
    return TransferNotes(needs=text.needs, dangers=text.dangers, agreed=text.agreed)


def _address(session: Session, household_id: UUID) -> str:
    """The newest address of the ledger."""
    a = AddressPeriod
    newest = select(a.address).where(a.household_id == household_id).order_by(a.valid_from.desc())
    return session.scalar(newest.limit(1)) or ""


def _started_on(session: Session, household_id: UUID, today: date) -> date | None:
    """The first day of protection."""
    s = HouseholdStatePeriod
    first = select(s.valid_from).where(
        s.household_id == household_id, s.state.in_(_STARTED), s.valid_from <= today
    )
    return session.scalar(first.order_by(s.valid_from).limit(1))


def _grade(session: Session, office_id: UUID, household_id: UUID, today: date) -> str:
    """The grade last decided, without a decision the ledger's; the household may be closed by now."""
    d, g = VisitGradeRecord, VisitGradePeriod
    decided = (
        select(d.grade)
        .where(
            d.household_id == household_id,
            d.state == GradeState.APPROVED,
            d.effective_from <= today,
        )
        .order_by(d.effective_from.desc(), d.approved_at.desc(), d.id.desc())
    )
    held = select(g.grade).where(g.household_id == household_id, g.valid_from <= today)
    grade = session.scalar(decided.limit(1)) or session.scalar(
        held.order_by(g.valid_from.desc()).limit(1)
    )
    known = lookup.visit_grades(session, office_id, today).get(grade or "")
    return visit_words(grade, known.visits_per_year or None if known else None)


def _members(session: Session, household_id: UUID, day: date) -> Iterator[MovedMember]:
    """Who belonged to the household on the day of the move, the head first."""
    rows = session.execute(
        select(Person.name, Person.kana, Person.birth_date, Member.relation)
        .join(Person, Person.id == Member.person_id)
        .where(Member.household_id == household_id, holds_on(Member, day), Person.died_on.is_(None))
        .order_by(Member.is_head.desc(), Person.birth_date, Person.id)
    )
    for name, kana, born, relation in rows:
        yield MovedMember(name=name, kana=kana, born=born, relation=RELATION[relation])
