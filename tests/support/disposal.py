"""An office with old files: its people, households closed long ago, and years that the office confirmed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import ApprovalState
from desktop.domain.attachments import FileKind
from desktop.domain.clock import Clock
from desktop.domain.disclosures import DisclosureState
from desktop.domain.disposal import DisposalDecision, DisposalListRow
from desktop.domain.households import HouseholdState
from desktop.domain.ids import new_id
from desktop.domain.inquiries import Consent, InquiryState
from desktop.domain.office import SignedInStaff
from desktop.domain.paper_slips import SlipPart
from desktop.domain.papers import PaperState
from desktop.domain.roles import Role
from desktop.models.approvals import Approval
from desktop.models.attachments import AttachmentContent, AttachmentRecord
from desktop.models.households import Household, HouseholdKey, Member, Person, PersonKey
from desktop.models.inquiries import (
    Inquiry,
    InquiryItemRecord,
    InquiryStepRecord,
    InquiryStepText,
    InquiryText,
)
from desktop.models.issued_forms import (
    IssuedFileContent,
    IssuedFormRecord,
    IssuedSubject,
    IssuedVoidText,
    PrintedIssue,
)
from desktop.models.ledger import AddressPeriod, HouseholdStatePeriod, WorkPeriod
from desktop.models.masters import MasterValue
from desktop.models.office import District, Office, Staff
from desktop.models.papers import (
    PaperLinkRecord,
    PaperLinkText,
    PaperRecord,
    PaperStepRecord,
    PaperStepText,
    PaperText,
    PrintedPaper,
)
from desktop.models.records import PrintBatch
from desktop.services.disposal import DisposalService
from tests.support import factories
from tests.support.desk import SmallOffice, small_office
from tests.support.disclosures import a_disclosure, add_its_parts
from tests.support.people import work_of

#: Closed in the fiscal year 2017: kept until 31 March 2023 under five years; the tests' day is in 2024.
LONG_CLOSED = date(2017, 10, 1)
SECRET = "架空の秘密の本文"  # noqa: S105 - a text to look for
NAME = "架空 古子"


@dataclass(frozen=True, kw_only=True)
class OldOffice:
    """The small office with a second head (director), a second records person, and three old files."""

    office: SmallOffice
    director: SignedInStaff
    second_records: SignedInStaff
    old: tuple[UUID, ...]
    lately_closed: UUID

    @property
    def work(self) -> UnitOfWork:
        """The administrator's unit of work."""
        return self.office.work

    def service(self, staff: SignedInStaff, clock: Clock = factories.CLOCK) -> DisposalService:
        """One person's use cases."""
        return DisposalService(work_of(self.work, staff, clock), clock, staff)

    @property
    def records(self) -> DisposalService:
        """Who draws up and carries out."""
        return self.service(self.office.records)

    def listed(self, list_id: UUID) -> DisposalListRow:
        """A list as the records staff see it."""
        return next(row for row in self.records.lists() if row.list_id == list_id)

    def draw_up(self, *households: UUID) -> DisposalListRow:
        """A list of these households (the first old one if none are named)."""
        return self.listed(self.records.draw_up(households or self.old[:1]))

    def approve(self, made: DisposalListRow) -> DisposalListRow:
        """The supervisor checks and the section head approves."""
        for staff in (self.office.supervisor, self.office.head):
            approved = DisposalDecision.APPROVED
            self.service(staff).decide(made.list_id, made.content_hash, approved)
        return self.listed(made.list_id)


def old_office(engine: Engine) -> OldOffice:
    """Set it up in a fresh database."""
    office = small_office(engine)
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        (district_id,) = office.caseworker.district_ids
        district = session.get_one(District, district_id)
        confirm_years(session, home.id)
        director = factories.make_staff(session, Role.DIRECTOR, office=home)
        records = factories.make_staff(session, Role.RECORDS_STAFF, office=home)
        return OldOffice(
            office=office,
            director=factories.signed_in(session, director),
            second_records=factories.signed_in(session, records),
            old=tuple(make_old_file(session, district) for _ in range(3)),
            lately_closed=make_old_file(session, district, closed_on=date(2022, 5, 1)),
        )


def confirm_years(session: Session, office_id: UUID, **changes: Any) -> None:
    """Let the office have confirmed its years (or changed them)."""
    session.execute(
        update(MasterValue)
        .where(MasterValue.office_id == office_id, MasterValue.table_name == "retention")
        .values({"confirmed": True, **changes})
    )


def make_old_file(
    session: Session,
    district: District,
    *,
    closed_on: date = LONG_CLOSED,
    since: date = date(2010, 4, 1),
) -> UUID:
    """A file with everything in it that a small office has, closed on a day."""
    office = session.get_one(Office, district.office_id)
    head = factories.make_person(session, office, name=NAME, kana="カクウ フルコ")
    household = factories.make_household(
        session, district=district, head=head, since=since, state=HouseholdState.CLOSED
    )
    session.execute(
        update(HouseholdStatePeriod)
        .where(HouseholdStatePeriod.household_id == household.id)
        .values(state=HouseholdState.RECEIVING, valid_to=closed_on)
    )
    key = {"office_id": office.id, "household_id": household.id}
    factories.add(
        session,
        HouseholdStatePeriod(**key, state=HouseholdState.CLOSED, valid_from=closed_on),
    )
    factories.add(session, AddressPeriod(**key, address="架空市架空町1-1", valid_from=since))
    factories.add(session, HouseholdKey(**key, word="カクウフルコ"))
    factories.add(session, PersonKey(**key, word=f"カクウチヨウ{household.case_number}"))
    factories.add(
        session,
        WorkPeriod(office_id=office.id, person_id=head.id, employer="架空商店", valid_from=since),
    )
    entry = factories.make_entry(session, household, event_on=date(2016, 5, 2), text=SECRET)
    factories.make_approval(session, entry, **_approved(session, entry.author_id))
    assert entry.author_id is not None
    paper = _add_paper(session, household, head.id, entry.author_id)
    _link(session, paper, entry.id, entry.author_id)
    _issue(session, household, entry.id, entry.author_id)
    issued = a_disclosure(household, head.id, entry.author_id, DisclosureState.ISSUED)
    add_its_parts(session, factories.add(session, issued), entry.id)
    _inquire(session, paper, head.id)
    return household.id


def _inquire(session: Session, paper: PaperRecord, person_id: UUID) -> None:
    """An inquiry that was withdrawn, with all its words; the paper is named as its answer."""
    key = {"office_id": paper.office_id, "household_id": paper.household_id}
    inquiry = Inquiry(
        id=new_id(),
        **key,
        fiscal_year=2016,
        number=paper.number,
        person_id=person_id,
        agency="bank_sample",
        basis="架空法第1条",
        consent=Consent.NOT_NEEDED,
        state=InquiryState.WITHDRAWN,
        step=1,
        asked_by=paper.received_by,
        asked_at=paper.received_at,
        due_on=date(2016, 6, 2),
        reminders=0,
        paper_id=paper.id,
    )
    factories.add(session, inquiry)
    step = {"inquiry_id": inquiry.id, "number": 1, **key}
    state, by_id, at = inquiry.state, inquiry.asked_by, inquiry.asked_at
    factories.add(session, InquiryStepRecord(**step, state=state, by_id=by_id, at=at))
    factories.add(session, InquiryStepText(**step, words=SECRET))
    factories.add(session, InquiryText(**step, purpose=SECRET, more=SECRET))
    asked = {"code": "x", "label": SECRET, "wording": SECRET, "basis": "架空法第1条"}
    factories.add(session, InquiryItemRecord(**step, place=1, **asked))


def _link(session: Session, paper: PaperRecord, entry_id: UUID, by_id: UUID) -> None:
    """A struck link, its words, and the slip that was printed of the paper."""
    key = {"office_id": paper.office_id, "household_id": paper.household_id}
    link = PaperLinkRecord(
        id=new_id(),
        **key,
        paper_id=paper.id,
        entry_id=entry_id,
        made_by=by_id,
        made_at=paper.received_at,
        struck_by=by_id,
        struck_at=paper.received_at,
    )
    factories.add(session, link)
    factories.add(session, PaperLinkText(link_id=link.id, **key, reason=SECRET))
    batch = PrintBatch(
        id=new_id(),
        office_id=paper.office_id,
        printed_by=by_id,
        printed_at=paper.received_at,
        mark="original",
        pages=1,
        sha256="0" * 64,
    )
    factories.add(session, batch)
    factories.add(
        session, PrintedPaper(batch_id=batch.id, paper_id=paper.id, part=SlipPart.BOTH, **key)
    )


def _issue(session: Session, household: Household, entry_id: UUID, by_id: UUID) -> None:
    """Two issues of the entry: the first is void, the second took its place and was printed."""
    key = {"office_id": household.office_id, "household_id": household.id}
    at, data = factories.at(date(2016, 5, 4)), f"%PDF-{SECRET}".encode()
    taken = session.scalar(select(func.count()).select_from(IssuedFormRecord)) or 0
    first, second = (
        IssuedFormRecord(
            id=new_id(),
            **key,
            form_code="K-04",
            edition="第1版",
            fiscal_year=2016,
            number=taken + place,
            mark="original",
            pages=1,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            issued_by=by_id,
            issued_at=at,
        )
        for place in (1, 2)
    )
    first.voided_by, first.voided_at, second.replaces = by_id, at, first.id
    run = PrintBatch(
        id=new_id(),
        office_id=household.office_id,
        printed_by=by_id,
        printed_at=at,
        mark="original",
        pages=1,
        sha256=second.sha256,
    )
    parts = [
        (
            IssuedSubject(**key, issued_id=form.id, subject_id=entry_id, version=1),
            IssuedFileContent(**key, issued_id=form.id, recipient=NAME, data=data),
        )
        for form in (first, second)
    ]
    # At once: on PostgreSQL no number is committed without its file.
    session.add(first)
    session.flush()
    session.add_all((second, run))
    session.flush()
    session.add_all(part for pair in parts for part in pair)
    session.add(IssuedVoidText(**key, issued_id=first.id, reason=SECRET))
    session.add(PrintedIssue(**key, batch_id=run.id, issued_id=second.id))
    session.flush()


def _add_paper(session: Session, household: Household, person_id: UUID, by_id: UUID) -> PaperRecord:
    """A paper that was settled without a decision."""
    papers = select(func.count()).select_from(PaperRecord)
    number = 1 + (session.scalar(papers) or 0)
    key = {"office_id": household.office_id, "household_id": household.id}
    paper = PaperRecord(
        **key,
        fiscal_year=2016,
        number=number,
        kind="other",
        person_id=person_id,
        sheets=1,
        state=PaperState.SETTLED,
        received_by=by_id,
        received_at=factories.at(date(2016, 5, 2)),
        settled_at=factories.at(date(2016, 5, 3)),
    )
    factories.add(session, paper)
    key["paper_id"] = paper.id
    factories.add(session, PaperText(**key, from_whom=NAME, note=SECRET))
    step = PaperStepRecord(
        **key, number=1, state=PaperState.SETTLED, by_id=by_id, at=paper.received_at
    )
    factories.add(session, step)
    factories.add(session, PaperStepText(**key, number=1, reason=SECRET))
    _attach(session, paper)
    return paper


def _attach(session: Session, paper: PaperRecord) -> None:
    """A file of the old paper."""
    key = {"office_id": paper.office_id, "household_id": paper.household_id}
    data = SECRET.encode()
    record = AttachmentRecord(
        **key,
        paper_id=paper.id,
        kind=FileKind.PDF,
        pages=1,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        received_by=paper.received_by,
        received_at=paper.received_at,
    )
    factories.add(session, record)
    content = AttachmentContent(**key, attachment_id=record.id, name=f"{SECRET}.pdf", data=data)
    factories.add(session, content)


def _approved(session: Session, author_id: UUID | None) -> dict[str, Any]:
    assert author_id is not None
    return {"state": ApprovalState.APPROVED, "decided_by": session.get_one(Staff, author_id)}


def reopen(session: Session, household_id: UUID, day: date = date(2024, 9, 1)) -> None:
    """The household receives assistance again."""
    household = session.get_one(Household, household_id)
    household.state = HouseholdState.RECEIVING
    session.execute(
        update(HouseholdStatePeriod)
        .where(
            HouseholdStatePeriod.household_id == household_id,
            HouseholdStatePeriod.valid_to.is_(None),
        )
        .values(valid_to=day)
    )
    key = {"office_id": household.office_id, "household_id": household_id}
    factories.add(
        session, HouseholdStatePeriod(**key, state=HouseholdState.RECEIVING, valid_from=day)
    )


def head_of(session: Session, household_id: UUID) -> Person:
    """The person whose file it is."""
    found = select(Person).join(Member, Member.person_id == Person.id)
    return session.scalars(found.where(Member.household_id == household_id)).one()


def namesake(session: Session, staff: SignedInStaff, role: Role) -> SignedInStaff:
    """A second account of the same human being."""
    known = session.get_one(Staff, staff.staff_id)
    office = session.get_one(Office, staff.office_id)
    made = factories.make_staff(
        session, role, office=office, name=known.name.replace(" ", "\u3000"), kana=known.kana
    )
    return replace(factories.signed_in(session, made), is_training=staff.is_training)


def waiting_approval(session: Session, household_id: UUID) -> Approval:
    """A record of the file that still waits for its decision."""
    household = session.get_one(Household, household_id)
    entry = factories.make_entry(session, household, event_on=date(2016, 6, 1))
    return factories.make_approval(session, entry)
