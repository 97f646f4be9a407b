"""Reading the audit trail: a record's history field by field, and who opened a household's file.

Each asks first and reads then, in two transactions, so that the asking stands in the trail whatever becomes
of the reading (DESIGN section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import desc, exists, false, func, literal, or_, select, text
from sqlalchemy.orm import Session

from desktop.database.engine import is_postgresql
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.audit import PRINT, Access, FieldChange, RecordHistory
from desktop.domain.errors import NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.reading import Purpose
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.imports import Ticket, TicketHousehold
from desktop.models.issued_forms import PrintedIssue
from desktop.models.office import Staff
from desktop.models.papers import PrintedPaper
from desktop.models.records import PrintBatch, PrintedEntry
from desktop.models.support_policies import PrintedFile, PrintedPolicy
from desktop.services.permission import needs

#: What went to paper in a run, whose household each row names.
_PRINTED = (PrintedEntry, PrintedPolicy, PrintedFile, PrintedPaper, PrintedIssue)
#: Columns that say nothing to a reader: keys and measures.
_HIDDEN = frozenset(
    {"id", "office_id", "household_id", "entry_id", "segment_id", "content_hash", "approval_id"}
) | {"body_length", "body_digest", "body_sketch", "body_is_set_phrase", "subject_id"}


@dataclass(frozen=True, slots=True)
class HistoryService:
    """Histories for whoever may open the file: a ticket is taken as for the file itself."""

    work: UnitOfWork
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.OPEN_CASE_FILES)
    def record(self, household_id: UUID, entry_id: UUID, *, reason: str = "") -> RecordHistory:
        """What happened to an entry. Raises ReasonNeededError outside the duty, NotPermittedError for others' drafts."""
        self.reading.open(Purpose.FILE, [household_id], reason=reason)
        return _record(self.work, household_id, entry_id)

    @needs(Permission.OPEN_CASE_FILES)
    def accesses(self, household_id: UUID, *, reason: str = "") -> tuple[Access, ...]:
        """Who opened the file, the newest first. Raises ReasonNeededError outside the duty."""
        self.reading.open(Purpose.FILE, [household_id], reason=reason)
        return _accesses(self.work, self.staff, household_id)


@dataclass(frozen=True, slots=True)
class AuditService:
    """The same for the auditor (監査担当): every household of the office, without a ticket; each asking is noted."""

    work: UnitOfWork
    staff: SignedInStaff

    @needs(Permission.SEE_AUDIT)
    def record(self, household_id: UUID, entry_id: UUID) -> RecordHistory:
        """What happened to an entry."""
        return _record(self.work, household_id, entry_id)

    @needs(Permission.SEE_AUDIT)
    def accesses(self, household_id: UUID) -> tuple[Access, ...]:
        """Who opened the file, the newest first."""
        return _accesses(self.work, self.staff, household_id)


def _record(work: UnitOfWork, household_id: UUID, entry_id: UUID) -> RecordHistory:
    if not is_postgresql(work.engine):
        return RecordHistory(is_kept=False, changes=())
    _ask(work, household_id)
    with work() as session:
        found = session.execute(
            text("SELECT * FROM app.record_history(:entry)"), {"entry": entry_id}
        )
        changes = tuple(
            FieldChange(
                seq=row.seq,
                at=row.at,
                who=row.who,
                client=row.client or "",
                table=row.tbl,
                row=row.row_key,
                column=row.field,
                before=row.before,
                after=row.after,
            )
            for row in found
            if row.field not in _HIDDEN
        )
    return RecordHistory(is_kept=True, changes=changes)


def _accesses(work: UnitOfWork, staff: SignedInStaff, household_id: UUID) -> tuple[Access, ...]:
    if not is_postgresql(work.engine):
        with work() as session:
            return accesses_from_tickets(session, staff, household_id)
    _ask(work, household_id)
    with work() as session:
        found = session.execute(
            text("SELECT * FROM app.access_history(:household)"), {"household": household_id}
        )
        return tuple(
            Access(
                at=row.at,
                who=row.who or "",
                purpose=row.purpose,
                reason=row.reason,
                outside_duty=row.outside_duty,
                client=row.client or "",
            )
            for row in found
        )


def _ask(work: UnitOfWork, household_id: UUID) -> None:
    with work() as session:
        session.execute(select(func.app.ask_history(household_id)))


def accesses_from_tickets(
    session: Session, staff: SignedInStaff, household_id: UUID
) -> tuple[Access, ...]:
    """What the training office has instead of a trail: openings and prints, newest first. NotPermittedError elsewhere."""
    household = session.get(Household, household_id)
    if household is None or household.office_id != staff.office_id:
        raise NotPermittedError("この世帯は見つからないか、ほかの福祉事務所の世帯です。")
    tickets = (
        select(
            Ticket.opened_at.label("at"),
            Staff.name.label("who"),
            Ticket.purpose.label("purpose"),
            Ticket.reason.label("reason"),
            TicketHousehold.outside_duty.label("outside"),
        )
        .join(TicketHousehold, TicketHousehold.ticket_id == Ticket.id)
        .join(Staff, Staff.id == Ticket.staff_id)
        .where(TicketHousehold.household_id == household_id)
    )
    prints = (
        select(PrintBatch.printed_at, Staff.name, literal(PRINT), PrintBatch.mark, false())
        .join(Staff, Staff.id == PrintBatch.printed_by)
        .where(
            or_(
                *(
                    exists().where(
                        printed.batch_id == PrintBatch.id, printed.household_id == household_id
                    )
                    for printed in _PRINTED
                )
            )
        )
    )
    found = session.execute(tickets.union_all(prints).order_by(desc("at")))
    return tuple(
        Access(at=at, who=who, purpose=purpose, reason=reason, outside_duty=bool(outside))
        for at, who, purpose, reason, outside in found
    )
