"""Records of the former system (旧システム記録): read from a file, stored as read-only entries, each once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from sqlalchemy import and_, delete, func, insert, literal, null, select, update

from desktop.database.bulk import bulk_insert
from desktop.database.staging import OLD_RECORDS, count_staged
from desktop.domain.canonical import digest
from desktop.domain.errors import UserError
from desktop.domain.ids import new_id
from desktop.domain.ledger_columns import RecordColumn as C
from desktop.domain.records import ChangeKind, EntryOrigin, EntryState, SegmentKind
from desktop.domain.wording import is_set_phrase_only
from desktop.models.base import UtcDateTime
from desktop.models.records import EntryRecord, EntryVersion, LegacyAuthor, SegmentText
from desktop.services.ledger_import.cells import CellReader
from desktop.services.ledger_import.csv_table import CsvTable
from desktop.services.ledger_import.number_watch import NumberWatch
from desktop.services.ledger_import.run_context import HOUSEHOLD, Run, table_of
from desktop.services.ledger_import.scratch import filled_rows

_ENTRY = table_of(EntryRecord)
_ROWS_AT_ONCE = 1_000
_COLUMNS = tuple(column.name for column in OLD_RECORDS.columns if column.name != "household_id")
_KIND = "旧システム記録"
Values = tuple[object, ...]


def fill_records(run: Run, table: CsvTable, cells: CellReader[C], watch: NumberWatch) -> int:
    """Read all records into the scratch table and return how many there are."""
    connection = run.session.connection()
    rows = _records(run, table, cells, watch)
    count = 0
    while part := list(islice(rows, _ROWS_AT_ONCE)):
        count += bulk_insert(connection, OLD_RECORDS, _COLUMNS, part)
        run.steps.at_line(table.line)
    watch.refuse()
    if count == 0 and not run.findings.problem_total:
        raise UserError("記録が1件もありません。書き出しの条件を確かめてください。")
    count_staged(connection, OLD_RECORDS)
    return count


def find_households(run: Run) -> None:
    """Say which household each record belongs to; case numbers that are not there are problems."""
    known = and_(
        HOUSEHOLD.c.case_number == OLD_RECORDS.c.case_number,
        HOUSEHOLD.c.office_id == run.office_id,
    )
    run.session.execute(update(OLD_RECORDS).where(known).values(household_id=HOUSEHOLD.c.id))
    missing = (
        select(func.min(OLD_RECORDS.c.line).label("line"))
        .where(OLD_RECORDS.c.household_id.is_(None), OLD_RECORDS.c.case_number != "")
        .group_by(OLD_RECORDS.c.case_number)
        .order_by("line")
    )
    for line in run.session.scalars(missing).yield_per(_ROWS_AT_ONCE):
        run.findings.problem(
            line, C.CASE_NUMBER, "このケース番号の世帯がありません。先に台帳を取り込んでください。"
        )
    run.steps.next("照合しています")


def drop_known(run: Run) -> int:
    """Take out what is already stored or comes twice in the file; return how many are left."""
    other = OLD_RECORDS.alias("other")
    twice = (
        select(1)
        .select_from(other)
        .where(
            other.c.content_hash == OLD_RECORDS.c.content_hash, other.c.line < OLD_RECORDS.c.line
        )
        .correlate(OLD_RECORDS)
    )
    stored = (
        select(1)
        .select_from(_ENTRY)
        .where(
            _ENTRY.c.household_id == OLD_RECORDS.c.household_id,
            _ENTRY.c.event_on == OLD_RECORDS.c.event_on,
            _ENTRY.c.content_hash == OLD_RECORDS.c.content_hash,
            _ENTRY.c.origin == EntryOrigin.LEGACY,
        )
        .correlate(OLD_RECORDS)
    )
    # One after the other: a record that is dropped as stored must not keep its double.
    run.session.execute(delete(OLD_RECORDS).where(twice.exists()))
    run.session.execute(delete(OLD_RECORDS).where(stored.exists()))
    run.steps.next("照合しています")
    return run.session.scalar(select(func.count()).select_from(OLD_RECORDS)) or 0


def store_records(run: Run, at: datetime) -> None:
    """Store what is left: entry, version, text and the author's name as the former system had it."""
    r = OLD_RECORDS.c
    now = literal(at, UtcDateTime())
    common = {"office_id": literal(run.office_id), "household_id": r.household_id}
    version = {
        "change": literal(ChangeKind.WRITING.value),
        "kind": r.kind,
        "saved_at": now,
        "content_hash": r.content_hash,
    }
    entry = {
        **common,
        **version,
        "id": r.entry_id,
        "origin": literal(EntryOrigin.LEGACY.value),
        "state": literal(EntryState.APPROVED.value),
        "event_on": r.event_on,
        "recorded_at": now,
        "version": literal(1),
        "approved_version": literal(1),
        "is_annulled": literal(False),  # noqa: FBT003 - SQL
        "body_length": r.body_length,
        "body_digest": r.body_digest,
        "body_sketch": literal(0),
        "body_is_set_phrase": r.body_is_set_phrase,
        "number": null(),
    }
    keyed = {**common, "entry_id": r.entry_id}
    text = {
        "version": literal(1),
        "segment_id": r.segment_id,
        "position": literal(0),
        "kind": literal(SegmentKind.LEGACY.value),
        "source": literal(""),
        "text": r.text,
    }
    for table, values, where in (
        (_ENTRY, entry, r.line > 0),
        (table_of(EntryVersion), {**keyed, **version, "version": literal(1)}, r.line > 0),
        (table_of(SegmentText), {**keyed, **text}, r.line > 0),
        (table_of(LegacyAuthor), {**keyed, "name": r.author}, r.author != ""),
    ):
        found = select(*values.values()).select_from(OLD_RECORDS).where(where)
        run.session.execute(insert(table).from_select(tuple(values), found))
        run.steps.next("保存しています")


def _records(
    run: Run, table: CsvTable, cells: CellReader[C], watch: NumberWatch
) -> Iterator[Values]:
    for line, row in filled_rows(table, cells.width, watch, run.findings):
        cells.at(line, row)
        record = _record(run, cells)
        if record is not None:
            yield record


def _record(run: Run, cells: CellReader[C]) -> Values | None:
    case_number = cells.number(C.CASE_NUMBER)
    event_on = cells.day(C.EVENT_ON)
    if event_on is None and not cells.raw(C.EVENT_ON):
        cells.problem(C.EVENT_ON, "空欄です。")
    elif event_on is not None and event_on > run.today:
        cells.problem(C.EVENT_ON, "取込日より後の日付です。")
    text = cells.needed(C.TEXT, cells.raw(C.TEXT).replace("\r\n", "\n").replace("\r", "\n"))
    if event_on is None:
        return None
    kind, author = cells.text(C.KIND) or _KIND, cells.text(C.AUTHOR)
    plain = "".join(text.split())
    content = digest(
        {
            "case_number": case_number,
            "event_on": event_on,
            "kind": kind,
            "author": author,
            "text": text,
        }
    )
    body = hashlib.sha256(plain.encode()).hexdigest()
    fixed = (new_id(), cells.line, case_number, event_on, kind, author, text, content)
    return (*fixed, len(plain), body, is_set_phrase_only(text), new_id())
