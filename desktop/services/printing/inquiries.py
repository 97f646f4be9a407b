"""Papers of inquiries (K-19): letters that ask agencies, the register of answers, and the log of both."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.database import inquiring, issuing
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.imprint import Imprint
from desktop.domain.inquiries import Agency, Consent, InquiryInFile, InquiryState
from desktop.domain.inquiry_forms import InquiryRegister, LivedAt, RequestLetter
from desktop.domain.issued_forms import PrintedRun
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household, Member, Person
from desktop.models.ledger import AddressPeriod
from desktop.models.records import PrintBatch
from desktop.services.imprints import imprint_of
from desktop.services.inquiries import file, loading
from desktop.services.masters import lookup
from desktop.services.office import main_caseworkers
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch

_NOT_YOURS = "選んだ照会の中に、担当する世帯のものではないものがあります。"
_NOT_SO = "選んだ照会の中に、もう進んだものがあります。一覧を読み直して、もう一度選んでください。"
_NO_COPY = "写しを印刷できるのは記録・庶務職員です。"
_S = InquiryState
#: Which inquiries are printed as what: the letter itself once, before that a draft, after that copies.
_STATES: Mapping[FormMark, frozenset[InquiryState]] = {
    FormMark.DRAFT: frozenset({_S.DRAFTED, _S.RETURNED}),
    FormMark.PLAIN: frozenset({_S.APPROVED}),
    FormMark.COPY: frozenset({_S.SENT, _S.ANSWERED, _S.CHECKED}),
}


@dataclass(frozen=True, slots=True)
class InquiryPrinting:
    """Printing for the signed-in person. Letters open the files they ask about; the register holds facts."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_DRAFTS)
    def prepare_letters(self, ids: Sequence[UUID], mark: FormMark) -> tuple[RequestLetter, ...]:
        """A letter for each inquiry. Raises ConflictError where one is not at the step that is printed so."""
        if mark is FormMark.COPY and not self.staff.may(Permission.PRINT_RECORDS):
            raise NotPermittedError(_NO_COPY)
        with self.work() as session:
            lines = loading.lines_of(session, self.staff, ids, self.clock.today())
        if len(lines) < len(set(ids)):
            raise NotPermittedError(_NOT_YOURS)
        if any(line.state not in _STATES.get(mark, ()) for line in lines):
            raise ConflictError(_NOT_SO)
        self.reading.open(Purpose.BATCH, list({line.household_id for line in lines}))
        with self.work() as session:
            return self._letters(session, file.with_words(session, lines), mark)

    @needs(Permission.PRINT_DRAFTS)
    def record_letters(self, run: PrintedRun, sent: Sequence[tuple[UUID, int]]) -> None:
        """Note a run of issued letters: each inquiry leaves the office with it, at the step that was printed.

        Repeating it changes nothing.
        """
        now = self.clock.now()
        with self.work() as session:
            if session.get(PrintBatch, run.batch_id) is not None:
                return
            issuing.note_printed(session, self.staff, run, now)
            for inquiry_id, step in sent:
                inquiring.send(session, self.staff, inquiry_id, step, run.batch_id, now)

    @needs(Permission.PRINT_DRAFTS)
    def record_marked(self, batch_id: UUID, mark: FormMark, *, pages: int, sha256: str) -> None:
        """Note a run of drafts or copies; repeating it changes nothing."""
        with self.work() as session:
            self._note(session, batch_id, mark, pages, sha256)

    @needs(Permission.PRINT_DRAFTS)
    def prepare_register(self, ids: Sequence[UUID], scope: str) -> InquiryRegister:
        """The register of these inquiries, in this order."""
        with self.work() as session:
            return InquiryRegister(
                imprint=imprint_of(session, self.staff, self.clock),
                scope=scope,
                lines=loading.lines_of(session, self.staff, ids, self.clock.today()),
            )

    @needs(Permission.PRINT_DRAFTS)
    def record_register(self, batch_id: UUID, *, pages: int, sha256: str) -> None:
        """Note that a register went to paper."""
        with self.work() as session:
            self._note(session, batch_id, FormMark.PLAIN, pages, sha256, form="K-19R")

    def _note(
        self,
        session: Session,
        batch_id: UUID,
        mark: FormMark,
        pages: int,
        sha256: str,
        form: str | None = None,
    ) -> bool:
        return note_batch(
            session,
            batch_id,
            mark,
            staff=self.staff,
            at=self.clock.now(),
            pages=pages,
            sha256=sha256,
            form=form,
        )

    def _letters(
        self, session: Session, found: Sequence[InquiryInFile], mark: FormMark
    ) -> tuple[RequestLetter, ...]:
        office_id, today = self.staff.office_id, self.clock.today()
        agencies = lookup.inquiry_agencies(session, office_id, today)
        people = _people(session, {inquiry.line.person_id for inquiry in found})
        households = _households(session, {inquiry.line.household_id for inquiry in found})
        main = main_caseworkers(session, today, {h.district_id for h in households.values()})
        contact, phone, _ = lookup.letter_contact(session, office_id, today)
        imprint = imprint_of(session, self.staff, self.clock, mark)
        return tuple(
            _letter(
                inquiry,
                imprint,
                today,
                agency=agencies.get(inquiry.line.agency),
                person=people[inquiry.line.person_id],
                addresses=_addresses(session, inquiry, households[inquiry.line.household_id]),
                contact=(
                    contact,
                    main.get(households[inquiry.line.household_id].district_id, ("", None))[0],
                    phone,
                ),
            )
            for inquiry in found
        )


def _letter(
    inquiry: InquiryInFile,
    imprint: Imprint,
    today: date,
    *,
    agency: Agency | None,
    person: Person,
    addresses: tuple[LivedAt, ...],
    contact: tuple[str, str, str],
) -> RequestLetter:
    line = inquiry.line
    more = (inquiry.more,) if inquiry.more else ()
    return RequestLetter(
        inquiry_id=line.inquiry_id,
        household_id=line.household_id,
        step=line.step,
        imprint=imprint,
        number=line.label,
        written_on=line.sent_on or today,
        postal_code=agency.postal_code if agency else "",
        address=agency.address if agency else "",
        agency=line.agency_label,
        honorific=agency.honorific if agency else "御中",
        basis=line.basis,
        name=person.name,
        kana=person.kana,
        born_on=person.birth_date,
        addresses=addresses,
        items=(*(item.wording for item in inquiry.items), *more),
        has_consent=line.consent is Consent.ON_FILE,
        answer_by=line.due_on,
        contact=contact[0],
        caseworker=contact[1],
        phone=contact[2],
    )


def _people(session: Session, ids: Collection[UUID]) -> dict[UUID, Person]:
    return {
        person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))
    }


def _households(session: Session, ids: Collection[UUID]) -> dict[UUID, Household]:
    rows = session.scalars(select(Household).where(Household.id.in_(ids)))
    return {household.id: household for household in rows}


def _addresses(
    session: Session, inquiry: InquiryInFile, household: Household
) -> tuple[LivedAt, ...]:
    """Where the person lived with the household, the latest first; nothing of a household under 支援措置."""
    if household.is_shielded:
        return ()
    a = AddressPeriod
    rows = session.execute(
        select(a.address, a.valid_from, a.valid_to)
        .join(Member, Member.household_id == a.household_id)
        .where(
            a.household_id == household.id,
            Member.person_id == inquiry.line.person_id,
            or_(Member.valid_to.is_(None), a.valid_from <= Member.valid_to),
            or_(a.valid_to.is_(None), a.valid_to >= Member.valid_from),
        )
        .order_by(a.valid_from.desc())
        .distinct()
    )
    return tuple(
        LivedAt(address=address, since=since, until=until) for address, since, until in rows
    )
