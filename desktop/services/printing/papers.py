"""Printing at the counter: the values of 受付票 and 受領証, and the log of what came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.database import paper_linking
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import FormMark
from desktop.domain.master_tables import Master
from desktop.domain.office import SignedInStaff
from desktop.domain.paper_slips import PaperSlip, PrintNote, SlipForm, SlipPart
from desktop.domain.papers import NO_PAPER
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.office import Staff
from desktop.models.papers import PaperRecord, PrintedPaper
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.permission import needs

_Owner = aliased(Staff)


@dataclass(frozen=True, slots=True)
class PaperPrinting:
    """Slips and receipts for the signed-in person. Facts of the intake book only: no file is opened."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff

    @needs(Permission.RECEIVE_PAPERS)
    def prepare(self, paper_ids: Sequence[UUID], part: SlipPart) -> tuple[SlipForm, ...]:
        """The pieces of these papers, in the order of the book; what came out before is a reprint (再発行)."""
        with self.work() as session:
            limits = lookup.thresholds(session, self.staff.office_id, self.clock.today())
            imprint = imprint_of(session, self.staff, self.clock)
            is_reprint = _came_out(session, paper_ids, part)
            return tuple(
                SlipForm(
                    imprint=imprint,
                    slip=slip,
                    part=piece,
                    is_reprint=is_reprint,
                    is_beneath=number > 0 and limits.paper_slip_sheets == 1,
                )
                for slip in self._slips(session, paper_ids)
                for number, piece in enumerate(part.pieces)
            )

    @needs(Permission.RECEIVE_PAPERS)
    def record(
        self,
        batch_id: UUID,
        paper_ids: Sequence[UUID],
        mark: FormMark,
        *,
        pages: int,
        sha256: str,
        part: SlipPart,
    ) -> None:
        """Note a print run: who, when, which papers, the PDF's hash. Repeating it changes nothing."""
        note = PrintNote(batch_id=batch_id, part=part, mark=mark, pages=pages, sha256=sha256)
        with self.work() as session:
            paper_linking.note_printed(session, self.staff, paper_ids, note, self.clock.now())

    def _slips(self, session: Session, paper_ids: Sequence[UUID]) -> tuple[PaperSlip, ...]:
        kinds = lookup.labels(session, self.staff.office_id, Master.PAPER_KINDS, self.clock.today())
        rows = session.execute(
            select(PaperRecord, Household.case_number, Staff.name, _Owner.name)
            .join(Household, Household.id == PaperRecord.household_id)
            .join(Staff, Staff.id == PaperRecord.received_by)
            .outerjoin(_Owner, _Owner.id == PaperRecord.owner_id)
            .where(PaperRecord.id.in_(paper_ids))
            .order_by(PaperRecord.fiscal_year, PaperRecord.number)
        ).all()
        papers = [paper for paper, *_ in rows]
        if len(papers) != len(set(paper_ids)) or not all(
            paper_linking.may_print(session, self.staff, paper) for paper in papers
        ):
            raise NotPermittedError(NO_PAPER)
        return tuple(
            PaperSlip(
                paper_id=paper.id,
                fiscal_year=paper.fiscal_year,
                number=paper.number,
                case_number=case_number,
                kind_label=kinds.get(paper.kind, paper.kind),
                sheets=paper.sheets,
                received_at=paper.received_at,
                received_by=receiver,
                owner=owner or "",
            )
            for paper, case_number, receiver, owner in rows
        )


def _came_out(session: Session, paper_ids: Sequence[UUID], part: SlipPart) -> bool:
    """Whether the same part of one of the papers was printed before."""
    parts = tuple(SlipPart) if part is SlipPart.BOTH else (part, SlipPart.BOTH)
    before = session.scalar(
        select(PrintedPaper.batch_id)
        .where(PrintedPaper.paper_id.in_(paper_ids), PrintedPaper.part.in_(parts))
        .limit(1)
    )
    return before is not None
