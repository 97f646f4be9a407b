"""The promises of an entry. Once the entry was handed in, another wording is another promise.

Its identity tells which promise it rewords, so that one that was kept under its old wording is kept under the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.records import EntryInput, Promise
from desktop.models.records import EntryRecord, PromiseRow, PromiseText

_Words = tuple[str, str, date | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """A stored promise: its words, whether the newest version still says it, and when it was kept."""

    words: _Words
    is_said: bool
    kept_on: date | None


def successor(promise_id: UUID, version: int) -> UUID:
    """The identity under which a version says this promise in other words; it sorts where the first one did.

    Kept are the time and the counter of the UUIDv7, which alone parts promises of one millisecond; the random end is
    told anew. The database computes the same (`app.reworded_promise`).
    """
    told = sha256(f"{promise_id}:{version}".encode()).hexdigest()
    return UUID(f"{promise_id.hex[:24]}{told[:8]}")


def reworded(session: Session, record: EntryRecord, given: EntryInput) -> EntryInput:
    """The input with a new identity for every promise that was handed in and now says something else."""
    if record.number is None or not given.promises:
        return given
    known = _known(session, record)
    taken = {p.promise_id for p in given.promises if _stays(p, known)}
    free = {k.words: i for i, k in known.items() if k.is_said and i not in taken}
    said = list[Promise]()
    for promise in given.promises:
        if promise.promise_id in known and promise.promise_id not in taken:
            words = _words(promise)
            next_id = successor(promise.promise_id, record.version + 1)
            kept_on = promise.kept_on or known[promise.promise_id].kept_on
            said.append(replace(promise, promise_id=free.pop(words, next_id), kept_on=kept_on))
        else:
            said.append(promise)
    return replace(given, promises=tuple(said))


def store(session: Session, record: EntryRecord, given: EntryInput) -> None:
    """Store the promises that the entry's newest version says."""
    before = select(PromiseRow).where(PromiseRow.entry_id == record.id)
    rows = {row.id: row for row in session.scalars(before)} if record.version > 1 else {}
    said = {promise.promise_id for promise in given.promises}
    for row in rows.values():
        if row.id not in said and row.to_version is None:
            row.to_version = record.version
    _add(session, record, [p for p in given.promises if p.promise_id not in rows])
    if record.number is not None:
        return
    for promise in given.promises:
        if promise.promise_id in rows:
            rows[promise.promise_id].due_on = promise.due_on
            rows[promise.promise_id].to_version = None
            text = session.get_one(PromiseText, promise.promise_id)
            text.who, text.what = promise.who, promise.what


def carry_kept(session: Session, entry_id: UUID) -> None:
    """Promises that were noted as kept while a change reworded them are kept in their new words too."""
    found = select(PromiseRow).where(PromiseRow.entry_id == entry_id)
    by_version = sorted(session.scalars(found), key=lambda row: row.from_version)
    for row in by_version:
        if row.kept_on is not None:
            continue
        before = [p.kept_on for p in by_version if successor(p.id, row.from_version) == row.id]
        row.kept_on = next(iter(before), None)


def _add(session: Session, record: EntryRecord, new: list[Promise]) -> None:
    if not new:
        return
    owner = {"office_id": record.office_id, "household_id": record.household_id}
    session.add_all(
        PromiseRow(
            id=p.promise_id,
            entry_id=record.id,
            due_on=p.due_on,
            kept_on=p.kept_on,
            from_version=record.version,
            **owner,
        )
        for p in new
    )
    session.flush()
    session.add_all(
        PromiseText(promise_id=p.promise_id, who=p.who, what=p.what, **owner) for p in new
    )


def _known(session: Session, record: EntryRecord) -> dict[UUID, _Known]:
    rows = session.execute(
        select(PromiseRow, PromiseText.who, PromiseText.what)
        .join(PromiseText, PromiseText.promise_id == PromiseRow.id)
        .where(PromiseRow.entry_id == record.id)
    )
    return {
        row.id: _Known((who, what, row.due_on), row.to_version is None, row.kept_on)
        for row, who, what in rows
    }


def _stays(promise: Promise, known: dict[UUID, _Known]) -> bool:
    found = known.get(promise.promise_id)
    return found is not None and found.is_said and found.words == _words(promise)


def _words(promise: Promise) -> _Words:
    return promise.who, promise.what, promise.due_on
