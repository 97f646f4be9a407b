"""The use cases of the import: look first, then take in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.database.staging import begin_import, staging
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.errors import UserError
from desktop.domain.ledger import (
    AskCancelled,
    LedgerMapping,
    LedgerReport,
    OfficeSetup,
    RecordsReport,
    ReportProgress,
)
from desktop.domain.ledger_columns import (
    HEAD_COLUMNS,
    MANDATORY_COLUMNS,
    MANDATORY_RECORD_COLUMNS,
    LedgerColumn,
    RecordColumn,
)
from desktop.domain.office import DatabaseKind, SignedInStaff
from desktop.domain.roles import Permission
from desktop.models.imports import LedgerImport as ImportRow
from desktop.models.office import DatabaseInfo, Office
from desktop.services.ledger_import.cells import CellReader
from desktop.services.ledger_import.compare import compare
from desktop.services.ledger_import.contradictions import find_contradictions
from desktop.services.ledger_import.csv_table import CsvTable, Header
from desktop.services.ledger_import.disposed import drop_disposed, drop_disposed_records
from desktop.services.ledger_import.findings import Findings
from desktop.services.ledger_import.identify import identify
from desktop.services.ledger_import.ledger_facts import FACTS
from desktop.services.ledger_import.mapping import load_mapping
from desktop.services.ledger_import.number_watch import NumberWatch
from desktop.services.ledger_import.old_records import (
    drop_known,
    fill_records,
    find_households,
    store_records,
)
from desktop.services.ledger_import.reporting import report
from desktop.services.ledger_import.run_context import Run
from desktop.services.ledger_import.scratch import fill_scratch
from desktop.services.ledger_import.steps import Steps
from desktop.services.ledger_import.take_in import take_in
from desktop.services.ledger_import.text_file import TextFile, examine
from desktop.services.permission import needs

_COMPARISONS = len(FACTS) + 7
_RECORD_STATEMENTS = 4


def _no_progress(_done: int, _total: int, _what: str) -> None:
    """Nobody watches."""


def _never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(frozen=True, slots=True)
class LedgerImport:
    """Takes over the ledger (台帳取込). `staff` is who signed in, or the office's set-up."""

    work: UnitOfWork
    clock: Clock
    staff: SignedInStaff | OfficeSetup = field(default_factory=OfficeSetup)

    @needs(Permission.IMPORT_LEDGER)
    def preview(
        self,
        path: Path,
        mapping: Path,
        progress: ReportProgress = _no_progress,
        cancelled: AskCancelled = _never,
    ) -> LedgerReport:
        """Say what the file would change and what is wrong with it; nothing is stored.

        Raises UserError for a file that cannot be read as a ledger at all.
        """
        return self._import(path, mapping, Steps(progress, cancelled), store=False)

    @needs(Permission.IMPORT_LEDGER)
    def run(
        self,
        path: Path,
        mapping: Path,
        progress: ReportProgress = _no_progress,
        cancelled: AskCancelled = _never,
    ) -> LedgerReport:
        """Take the file in, all or nothing. A report with problems means that nothing was stored (`applied`)."""
        return self._import(path, mapping, Steps(progress, cancelled), store=True)

    @needs(Permission.IMPORT_LEDGER)
    def preview_records(
        self,
        path: Path,
        mapping: Path,
        progress: ReportProgress = _no_progress,
        cancelled: AskCancelled = _never,
    ) -> RecordsReport:
        """Say which old records the file would bring; nothing is stored."""
        return self._import_records(path, mapping, Steps(progress, cancelled), store=False)

    @needs(Permission.IMPORT_LEDGER)
    def run_records(
        self,
        path: Path,
        mapping: Path,
        progress: ReportProgress = _no_progress,
        cancelled: AskCancelled = _never,
    ) -> RecordsReport:
        """Take old records (旧システム記録) in as read-only entries, all or nothing."""
        return self._import_records(path, mapping, Steps(progress, cancelled), store=True)

    def _import(self, path: Path, mapping_path: Path, steps: Steps, *, store: bool) -> LedgerReport:
        mapping = load_mapping(mapping_path)
        file = examine(path, mapping.encoding, steps.ask)
        steps.lines = file.lines
        with self.work() as session, staging(session.connection()):
            run = self._begin(session, steps)
            refuse_earlier_day(run)
            found = _read_and_compare(run, file, mapping)
            if store and not found.problem_total and not found.changes_nothing:
                begin_import(session.connection(), run.office_id, file.sha256)
                take_in(run, found.new_households + found.changed_households)
                self._log(run, file, found)
                found = replace(found, applied=True)
        return found

    def _import_records(
        self, path: Path, mapping_path: Path, steps: Steps, *, store: bool
    ) -> RecordsReport:
        mapping = load_mapping(mapping_path)
        file = examine(path, mapping.encoding, steps.ask)
        steps.lines = file.lines
        with self.work() as session, staging(session.connection()):
            run = self._begin(session, steps)
            found = _read_records(run, file, mapping)
            if store and not found.problem_total and found.new:
                steps.store(_RECORD_STATEMENTS)
                begin_import(session.connection(), run.office_id, file.sha256)
                store_records(run, self.clock.now())
                found = replace(found, applied=True)
        return found

    def _begin(self, session: Session, steps: Steps) -> Run:
        return Run(
            session=session,
            office_id=office_of(session, self.staff),
            today=self.clock.today(),
            findings=Findings(),
            steps=steps,
        )

    def _log(self, run: Run, file: TextFile, found: LedgerReport) -> None:
        staff = self.staff if isinstance(self.staff, SignedInStaff) else None
        run.session.add(
            ImportRow(
                office_id=run.office_id,
                imported_by=staff.staff_id if staff else None,
                imported_at=self.clock.now(),
                sha256=file.sha256,
                taken_over_on=run.today,
                rows=found.rows,
                new=found.new_rows,
                changed=found.changed_rows,
                vanished=found.vanished_households,
            )
        )


def office_of(session: Session, staff: SignedInStaff | OfficeSetup) -> UUID:
    """The office of whoever signed in, or the only one of the database."""
    if isinstance(staff, SignedInStaff):
        return staff.office_id
    offices = session.scalars(select(Office.id).limit(2)).all()
    if len(offices) != 1:
        raise UserError(
            "福祉事務所が登録されていません。先に banso-admin database create で作ってください。"
            if not offices
            else "福祉事務所が複数あります。記録・庶務職員としてサインインして取り込んでください。"
        )
    return offices[0]


def refuse_earlier_day(run: Run) -> None:
    """Raise UserError where a ledger of a later day was already taken in."""
    last = run.session.scalar(
        select(ImportRow.taken_over_on)
        .where(ImportRow.office_id == run.office_id)
        .order_by(ImportRow.taken_over_on.desc())
        .limit(1)
    )
    if last is not None and last > run.today:
        raise UserError(
            "この日付より後の台帳がすでに取り込まれています。取込日を確かめてください。"
        )


def refuse_real_in_training(session: Session, *, is_training_file: bool) -> None:
    """Raise UserError where real cases would come into a training office, which can protect nobody's data."""
    kind = session.scalar(select(DatabaseInfo.kind))
    on_file = session.get_bind().dialect.name == "sqlite"
    if (on_file or kind is DatabaseKind.TRAINING) and not is_training_file:
        raise UserError(
            "研修用の事務所には、研修用の事務所から書き出した台帳だけを取り込めます（1行目に研修用の印がありません）。"
        )


def _read_and_compare(run: Run, file: TextFile, mapping: LedgerMapping) -> LedgerReport:
    table = CsvTable(file.read(), mapping.delimiter)
    table.read_marker()
    refuse_real_in_training(run.session, is_training_file=table.is_training)
    header = table.read_header(mapping.columns, MANDATORY_COLUMNS)
    _refuse_without_head(header)
    cells: CellReader[LedgerColumn] = CellReader(header, mapping, run.today, run.findings)
    numbered = {header.places[c] for c in _NUMBERED} | {
        place for place in range(len(header.names)) if place not in header.places.values()
    }
    watch = NumberWatch(header.names, numbered)
    if header.unused:
        run.findings.notice(0, "、".join(header.unused), "取り込まない列です。")
    rows = fill_scratch(run.session.connection(), table, cells, watch, run.today, run.steps)
    run.steps.compare(_COMPARISONS)
    drop_disposed(run)
    identify(run)
    find_contradictions(run)
    compare(run)
    return report(run, encoding=file.encoding_label, is_training=table.is_training, rows=rows)


def _read_records(run: Run, file: TextFile, mapping: LedgerMapping) -> RecordsReport:
    table = CsvTable(file.read(), mapping.delimiter)
    table.read_marker()
    refuse_real_in_training(run.session, is_training_file=table.is_training)
    header = table.read_header(mapping.record_columns, MANDATORY_RECORD_COLUMNS)
    cells: CellReader[RecordColumn] = CellReader(header, mapping, run.today, run.findings)
    watch = NumberWatch(header.names, {header.places[RecordColumn.CASE_NUMBER]})
    rows = fill_records(run, table, cells, watch)
    run.steps.compare(2)
    find_households(run)
    drop_disposed_records(run)
    new = drop_known(run)
    return RecordsReport(
        applied=False,
        encoding=file.encoding_label,
        is_training=table.is_training,
        rows=rows,
        new=new,
        known=rows - new,
        problem_total=run.findings.problem_total,
        problems=tuple(run.findings.problems),
    )


_NUMBERED = (LedgerColumn.CASE_NUMBER, LedgerColumn.PERSON_NUMBER)


def _refuse_without_head(header: Header[LedgerColumn]) -> None:
    if not any(column in header.places for column in HEAD_COLUMNS):
        raise UserError(
            "必要な列がありません：「続柄」または「世帯主区分」。対応表を確かめてください。"
        )
