"""Use cases of printing. Rendering is the reports' work; jobs put both together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, case, select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import CaseRecordForm, FormMark
from desktop.domain.households import Identity
from desktop.domain.imprint import Imprint
from desktop.domain.issued_forms import Subject
from desktop.domain.office import SignedInStaff
from desktop.domain.printing import Piece, PrintLogRow, ReadyToPrint
from desktop.domain.reading import Purpose
from desktop.domain.records import Entry, EntryState
from desktop.domain.roles import Permission
from desktop.models.issued_forms import IssuedFormRecord, IssuedSubject, PrintedIssue
from desktop.models.records import EntryRecord, PrintedEntry
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch
from desktop.services.printing.forms import position_labels, printed_entry
from desktop.services.printing.log import RECORD, latest_runs
from desktop.services.printing.waiting import ready
from desktop.services.records.loading import load_entries, newest_version, valid_version

#: Entries read at a time; keeps parameter lists short on both engines.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class PrintService:
    """Printing for the signed-in person."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff
    reading: ReadingDoor

    @needs(Permission.PRINT_RECORDS)
    def waiting(self, district_ids: Collection[UUID] = ()) -> tuple[ReadyToPrint, ...]:
        """What was approved and never printed, form by form, by district and case number."""
        with self.work() as session:
            return ready(session, self.staff, self.clock.today(), district_ids)

    @needs(Permission.PRINT_DRAFTS)
    def prepare(
        self, entry_ids: Sequence[UUID], mark: FormMark
    ) -> tuple[Piece[CaseRecordForm], ...]:
        """The pieces of these entries, one a household, by case number.

        The tickets are committed first. An original or a copy takes approved entries only, in their valid version,
        and is the work of records staff; a draft shows the newest version.
        """
        self._refuse_unless_draft(mark)
        purpose = Purpose.BATCH if self.staff.may(Permission.PRINT_RECORDS) else Purpose.FILE
        self.reading.open(purpose, self._households_of(entry_ids))
        today = self.clock.today()
        files: dict[UUID, list[Entry]] = defaultdict(list)
        with self.work() as session:
            for part in _parts(entry_ids):
                for entry in load_entries(
                    session,
                    self.staff,
                    EntryRecord.id.in_(part),
                    version=_version_on(mark),
                    today=today,
                ):
                    _refuse_unapproved(entry, mark)
                    files[entry.household_id].append(entry)
            if sum(map(len, files.values())) < len(set(entry_ids)):
                raise NotPermittedError("記録が見つからないか、まだ提出されていません。")
            bars = (
                identities(session, self.staff, files.keys(), today, opened=True) if files else {}
            )
            imprint = imprint_of(session, self.staff, self.clock, mark)
        return tuple(
            _piece(household_id, entries, _form(imprint, bars[household_id], tuple(entries)))
            for household_id, entries in sorted(
                files.items(), key=lambda item: bars[item[0]].case_number
            )
        )

    @needs(Permission.PRINT_DRAFTS)
    def record(
        self, batch_id: UUID, entry_ids: Sequence[UUID], mark: FormMark, *, pages: int, sha256: str
    ) -> None:
        """Note a print run: who, when, which entries in which version, the PDF's hash. Repeating it changes nothing."""
        self._refuse_unless_draft(mark)
        with self.work() as session:
            if not note_batch(
                session,
                batch_id,
                mark,
                staff=self.staff,
                at=self.clock.now(),
                pages=pages,
                sha256=sha256,
            ):
                return
            for part in _parts(entry_ids):
                rows = session.execute(
                    select(
                        EntryRecord.id,
                        EntryRecord.household_id,
                        _version_on(mark),
                    ).where(EntryRecord.id.in_(part), EntryRecord.office_id == self.staff.office_id)
                )
                session.add_all(
                    PrintedEntry(
                        batch_id=batch_id,
                        entry_id=entry_id,
                        version=version,
                        office_id=self.staff.office_id,
                        household_id=household_id,
                    )
                    for entry_id, household_id, version in rows
                )

    @needs(Permission.PRINT_RECORDS)
    def runs(self, limit: int = 100) -> tuple[PrintLogRow, ...]:
        """The latest print runs of all forms, newest first."""
        with self.work() as session:
            return latest_runs(session, self.staff, limit)

    @needs(Permission.PRINT_RECORDS)
    def entries_of(self, batch_id: UUID) -> tuple[UUID, ...]:
        """The entries of an earlier run, for a copy."""
        office = self.staff.office_id
        with self.work() as session:
            noted = select(PrintedEntry.entry_id).where(
                PrintedEntry.batch_id == batch_id, PrintedEntry.office_id == office
            )
            issued = (
                select(IssuedSubject.subject_id)
                .join(PrintedIssue, PrintedIssue.issued_id == IssuedSubject.issued_id)
                .join(IssuedFormRecord, IssuedFormRecord.id == IssuedSubject.issued_id)
                .where(
                    PrintedIssue.batch_id == batch_id,
                    PrintedIssue.office_id == office,
                    IssuedFormRecord.form_code == RECORD,
                )
            )
            return tuple(dict.fromkeys((*session.scalars(noted), *session.scalars(issued))))

    def _refuse_unless_draft(self, mark: FormMark) -> None:
        if mark is not FormMark.DRAFT and not self.staff.may(Permission.PRINT_RECORDS):
            raise NotPermittedError("正本と写しを印刷できるのは記録・庶務職員だけです。")

    def _households_of(self, entry_ids: Sequence[UUID]) -> set[UUID]:
        found: set[UUID] = set()
        with self.work() as session:
            for part in _parts(entry_ids):
                found.update(
                    session.scalars(
                        select(EntryRecord.household_id).where(
                            EntryRecord.id.in_(part), EntryRecord.office_id == self.staff.office_id
                        )
                    )
                )
        return found


def _piece(
    household_id: UUID, entries: Sequence[Entry], form: CaseRecordForm
) -> Piece[CaseRecordForm]:
    return Piece(
        data=form,
        household_id=household_id,
        subject_ids=tuple(entry.entry_id for entry in entries),
        subjects=tuple(
            Subject(subject_id=entry.entry_id, version=entry.approved_version) for entry in entries
        ),
    )


def _form(imprint: Imprint, bar: Identity, entries: tuple[Entry, ...]) -> CaseRecordForm:
    return CaseRecordForm(
        imprint=imprint,
        case_number=bar.case_number,
        head_name=bar.head_name,
        district_name=f"{bar.district_code} {bar.district_name}",
        entries=tuple(printed_entry(entry) for entry in entries),
        position_labels=position_labels(entries),
    )


def _version_on(mark: FormMark) -> ColumnElement[int]:
    """A draft shows what is being written; of an approved entry that is nothing, even after a change was given up."""
    if mark is not FormMark.DRAFT:
        return valid_version()
    return case((EntryRecord.state == EntryState.APPROVED, valid_version()), else_=newest_version())


def _refuse_unapproved(entry: Entry, mark: FormMark) -> None:
    if mark is not FormMark.DRAFT and entry.approved_version is None:
        raise NotPermittedError("承認されていない記録は「案」でだけ印刷できます。")


def _parts(entry_ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(entry_ids), _BATCH):
        yield entry_ids[start : start + _BATCH]
