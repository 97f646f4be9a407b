"""Use cases of printing. Rendering is the reports' work; jobs put both together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, select

from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import NotPermittedError
from desktop.domain.forms import CaseRecordForm, FormMark
from desktop.domain.households import Identity
from desktop.domain.imprint import Imprint
from desktop.domain.office import SignedInStaff
from desktop.domain.printing import PrintLogRow, PrintQueueRow
from desktop.domain.reading import Purpose
from desktop.domain.records import Entry, EntryOrigin, EntryState
from desktop.domain.roles import Permission
from desktop.models.households import Household
from desktop.models.office import District, Staff
from desktop.models.records import EntryRecord, PrintBatch, PrintedEntry
from desktop.services.households.identity import identities
from desktop.services.imprints import imprint_of
from desktop.services.masters import lookup
from desktop.services.permission import needs
from desktop.services.printing.batches import note_batch
from desktop.services.printing.forms import position_labels, printed_entry
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
    def waiting(self, district_ids: Collection[UUID] = ()) -> tuple[PrintQueueRow, ...]:
        """Approved entries whose valid version was never printed as the original, by district and case number."""
        where = [
            EntryRecord.office_id == self.staff.office_id,
            EntryRecord.approved_at.is_not(None),
            EntryRecord.origin == EntryOrigin.OFFICE,
            ~_printed_as_original(),
        ]
        if district_ids:
            where.append(Household.district_id.in_(district_ids))
        with self.work() as session:
            kinds = lookup.entry_kinds(session, self.staff.office_id, self.clock.today())
            rows = session.execute(
                select(EntryRecord, Household, District.code, Staff.name)
                .join(Household, Household.id == EntryRecord.household_id)
                .join(District, District.id == Household.district_id)
                .outerjoin(Staff, Staff.id == EntryRecord.author_id)
                .where(*where)
                .order_by(
                    District.code, Household.case_number, EntryRecord.event_on, EntryRecord.id
                )
            ).all()
            shielded = {h.id for _, h, _, _ in rows if h.is_shielded}
            names = (
                identities(session, self.staff, shielded, self.clock.today()) if shielded else {}
            )
            return tuple(
                PrintQueueRow(
                    entry_id=e.id,
                    version=e.approved_version or e.version,
                    household_id=h.id,
                    case_number=h.case_number,
                    head_name=names[h.id].head_name if h.id in names else h.head_name,
                    district_code=code,
                    kind_label=kinds[e.kind].label if e.kind in kinds else e.kind,
                    event_on=e.event_on,
                    author=author or "",
                    approved_at=e.approved_at,
                )
                for e, h, code, author in rows
                if e.approved_at is not None
            )

    @needs(Permission.PRINT_DRAFTS)
    def prepare(self, entry_ids: Sequence[UUID], mark: FormMark) -> tuple[CaseRecordForm, ...]:
        """The forms of these entries, one a household, by case number.

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
            _form(imprint, bars[household_id], tuple(entries))
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
        """The latest print runs, newest first."""
        with self.work() as session:
            rows = session.execute(
                select(
                    PrintBatch,
                    Staff.name,
                    func.count(PrintedEntry.entry_id),
                    func.count(PrintedEntry.household_id.distinct()),
                )
                .join(Staff, Staff.id == PrintBatch.printed_by)
                # Runs of policies stand in the files; this is the log of the case records.
                .join(PrintedEntry, PrintedEntry.batch_id == PrintBatch.id)
                .where(PrintBatch.office_id == self.staff.office_id)
                .group_by(PrintBatch.id, Staff.name)
                .order_by(PrintBatch.printed_at.desc(), PrintBatch.id.desc())
                .limit(limit)
            )
            return tuple(
                PrintLogRow(
                    batch_id=batch.id,
                    printed_at=batch.printed_at,
                    printed_by=name,
                    mark=FormMark[batch.mark.upper()].value,
                    entries=entries,
                    households=households,
                    pages=batch.pages,
                    sha256=batch.sha256,
                )
                for batch, name, entries, households in rows
            )

    @needs(Permission.PRINT_RECORDS)
    def entries_of(self, batch_id: UUID) -> tuple[UUID, ...]:
        """The entries of an earlier run, for a copy."""
        with self.work() as session:
            return tuple(
                session.scalars(
                    select(PrintedEntry.entry_id).where(
                        PrintedEntry.batch_id == batch_id,
                        PrintedEntry.office_id == self.staff.office_id,
                    )
                )
            )

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


def _form(imprint: Imprint, bar: Identity, entries: tuple[Entry, ...]) -> CaseRecordForm:
    return CaseRecordForm(
        imprint=imprint,
        case_number=bar.case_number,
        head_name=bar.head_name,
        district_name=f"{bar.district_code} {bar.district_name}",
        entries=tuple(printed_entry(entry) for entry in entries),
        position_labels=position_labels(entries),
    )


def _printed_as_original() -> ColumnElement[bool]:
    return (
        select(PrintedEntry.entry_id)
        .join(
            PrintBatch,
            and_(
                PrintBatch.id == PrintedEntry.batch_id,
                PrintBatch.mark == FormMark.ORIGINAL.name.lower(),
            ),
        )
        .where(
            PrintedEntry.entry_id == EntryRecord.id,
            PrintedEntry.version == EntryRecord.approved_version,
        )
        .exists()
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
