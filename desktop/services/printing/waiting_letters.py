"""Letters that wait for paper: approved inquiries and transfers, and copies for disclosure after their second look."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from desktop.domain.clock import japan_day
from desktop.domain.disclosures import REQUESTER, DisclosureState
from desktop.domain.inquiries import InquiryState
from desktop.domain.roles import Permission
from desktop.domain.transfers import TransferState
from desktop.models.disclosures import Disclosure
from desktop.models.households import Household
from desktop.models.inquiries import Inquiry
from desktop.models.transfers import PrintedTransfer, TransferRecord
from desktop.services.masters import lookup
from desktop.services.printing.waiting_rows import Found, Waiting, issued, ready_row


def inquiries(waiting: Waiting) -> Iterator[Found]:
    """Inquiries (照会) that were approved and did not leave the office yet (K-19)."""
    i = Inquiry
    agencies = lookup.inquiry_agencies(waiting.session, waiting.staff.office_id, waiting.today)
    query = waiting.rows(i, i.asked_by, i.asked_at, i.state == InquiryState.APPROVED)
    for inquiry, household, code, author in waiting.session.execute(query):
        agency = agencies.get(inquiry.agency)
        yield ready_row(
            "K-19",
            inquiry.id,
            household,
            district_code=code,
            author=author,
            label=agency.name if agency else inquiry.agency,
            on=japan_day(inquiry.asked_at),
            since=inquiry.approved_at,
        )


def transfers(waiting: Waiting) -> Iterator[Found]:
    """Transfers (移管) that were approved and are not printed; of shielded households those whose envelope was compared."""
    t, printed = TransferRecord, PrintedTransfer
    on_paper = select(printed.transfer_id).where(printed.transfer_id == t.id).exists()
    query = waiting.rows(
        t,
        t.drafted_by,
        t.moved_on,
        t.state == TransferState.APPROVED,
        Household.is_shielded.is_(False) | t.confirmed_at.is_not(None),
        ~on_paper,
        ~issued("K-26", t.id),
    )
    offices = lookup.welfare_offices(waiting.session, waiting.staff.office_id, waiting.today)
    for transfer, household, code, author in waiting.session.execute(query):
        office = offices.get(transfer.destination)
        place = office.name if office else transfer.destination
        yield ready_row(
            "K-26",
            transfer.id,
            household,
            district_code=code,
            author=author,
            label="" if household.is_shielded else place,
            on=transfer.moved_on,
            since=transfer.state_at,
        )


def disclosures(waiting: Waiting) -> Iterator[Found]:
    """Copies for disclosure (開示) that somebody looked at a second time and that were not handed over (J-02)."""
    d = Disclosure
    if not waiting.staff.may(Permission.PREPARE_DISCLOSURES):
        return
    query = waiting.rows(d, d.prepared_by, d.due_on, d.state == DisclosureState.REVIEWED)
    for request, household, code, author in waiting.session.execute(query):
        yield ready_row(
            "J-02",
            request.id,
            household,
            district_code=code,
            author=author,
            label=REQUESTER[request.requester],
            on=request.due_on,
            since=request.reviewed_at,
        )
