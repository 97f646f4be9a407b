"""The redacted copy of a case record (開示用の写し): its values, and the issue that goes with its print run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database import disclosing, issuing
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.disclosures import (
    CHANGED_SINCE_REVIEW,
    DisclosureMove,
    DisclosureSheet,
    DisclosureState,
)
from desktop.domain.disclosures_forms import DisclosureCopy, ReasonsList
from desktop.domain.disclosures_marks import Part, PartKey, parts_of
from desktop.domain.disclosures_redaction import Redaction, redact
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.forms import CaseRecordForm, PrintedEntry
from desktop.domain.imprint import FormMark
from desktop.domain.issued_forms import PrintedRun
from desktop.domain.office import SignedInStaff
from desktop.domain.records import Entry, Segment
from desktop.domain.roles import Permission
from desktop.models.records import PrintBatch
from desktop.services.disclosures.service import DisclosureService
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch
from desktop.services.printing.forms import position_labels, printed_entry

_NOT_REVIEWED = (
    "「開示用」の写しは、査察指導員の確認が済んでから印刷できます。先に「案」で確かめてください。"
)


@dataclass(frozen=True, slots=True)
class DisclosurePrinting:
    """Printing of copies for the signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.SEE_DISCLOSURES)
    def prepare(self, disclosure_id: UUID, mark: FormMark) -> DisclosureCopy:
        """The copy as it stands: a proof (案) at any time, the copy to issue once it was looked at a second time.

        Struck text is replaced here; it is in no field of what is returned. Raises ConflictError where something
        changed after the second look.
        """
        sheet = DisclosureService(self.work, self.clock, self.staff, self.reading).sheet(
            disclosure_id
        )
        if mark is FormMark.DISCLOSED:
            if sheet.row.state is not DisclosureState.REVIEWED:
                raise NotPermittedError(_NOT_REVIEWED)
            if sheet.is_changed:
                raise ConflictError(CHANGED_SINCE_REVIEW)
        with self.work() as session:
            return self._copy(session, sheet, mark)

    @needs(Permission.SEE_DISCLOSURES)
    def record_proof(
        self, batch_id: UUID, disclosure_ids: Sequence[UUID], *, pages: int, sha256: str
    ) -> None:
        """Note a print run of proofs (案). Repeating it changes nothing."""
        now = self.clock.now()
        with self.work() as session:
            if not note_batch(
                session,
                batch_id,
                FormMark.DRAFT,
                staff=self.staff,
                at=now,
                pages=pages,
                sha256=sha256,
            ):
                return
            acting = disclosing.Acting(staff=self.staff, at=now)
            for disclosure_id in disclosure_ids:
                disclosing.note_draft(session, acting, disclosure_id, batch_id)

    @needs(Permission.SEE_DISCLOSURES)
    def record_issue(self, run: PrintedRun, drawn: Sequence[tuple[UUID, str]]) -> None:
        """Note that issued copies went to paper: each request is settled with exactly what was reviewed.

        `drawn` are requests with the hash of what they were made of. Repeating it changes nothing. Raises ConflictError where something changed after the second look.
        """
        now = self.clock.now()
        with self.work() as session:
            if session.get(PrintBatch, run.batch_id) is not None:
                return
            issuing.note_printed(session, self.staff, run, now)
            acting = disclosing.Acting(staff=self.staff, at=now)
            for disclosure_id, content_hash in drawn:
                disclosing.move(
                    session,
                    acting,
                    disclosure_id,
                    DisclosureMove.ISSUE,
                    shown_hash=content_hash,
                    batch_id=run.batch_id,
                )

    def _copy(self, session: Session, sheet: DisclosureSheet, mark: FormMark) -> DisclosureCopy:
        row = sheet.row
        redaction = redact(parts_of(sheet.entries, sheet.person_id, sheet.marks), sheet.marks)
        today = self.clock.today()
        bar = identities(session, self.staff, [row.household_id], today, opened=True)[
            row.household_id
        ]
        imprint = imprint_of(session, self.staff, self.clock, mark)
        record = CaseRecordForm(
            imprint=imprint,
            case_number=bar.case_number,
            head_name="" if sheet.left_out.is_head_blank else bar.head_name,
            district_name=f"{bar.district_code} {bar.district_name}",
            entries=tuple(redacted_entry(entry, redaction) for entry in sheet.entries),
            position_labels=position_labels(sheet.entries),
        )
        reasons = ReasonsList(
            imprint=imprint,
            case_number=bar.case_number,
            request_label=row.label,
            asked_on=row.asked_on,
            records_from=row.records_from,
            records_to=row.records_to,
            entries=len(sheet.entries),
            bars=redaction.bars,
            reasons=sheet.reasons,
            left_out=sheet.left_out,
        )
        return DisclosureCopy(
            imprint=imprint,
            disclosure_id=row.disclosure_id,
            household_id=row.household_id,
            content_hash=sheet.content_hash,
            record=record,
            reasons=reasons,
        )


def redacted_entry(entry: Entry, redaction: Redaction) -> PrintedEntry:
    """The entry as the copy shows it. Wordings before a correction are out; whoever is struck as writer stamps nowhere."""

    def text(part: Part, segment: Segment | None = None) -> str:
        key = PartKey(
            entry_id=entry.entry_id,
            version=entry.version,
            part=part,
            segment_id=segment.segment_id if segment else None,
        )
        return redaction.text(key)

    segments = tuple(
        replace(s, text=text(Part.TEXT, s), source=text(Part.SOURCE, s)) for s in entry.segments
    )
    printed = printed_entry(
        replace(entry, segments=segments, replaced=(), author=text(Part.AUTHOR))
    )
    return replace(
        printed,
        place_label=text(Part.PLACE),
        met=text(Part.MET),
        instruction=text(Part.INSTRUCTION),
    )
