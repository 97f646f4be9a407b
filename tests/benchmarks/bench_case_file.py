"""Opening a case file with 300 entries, and saving and submitting an entry, on both databases.

Run: python -m tests.benchmarks.bench_case_file. Beside the opening stands the same rows read by plain SQL in one
statement with no dataclasses; beside save and submit stands one bare insert and commit on the same connection.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

from sqlalchemy import text

from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.records import EntryInput, MetPerson, SegmentKind
from tests.support.databases import FreshDatabases
from tests.support.desk import Desk, SmallOffice, small_office

ENTRIES = 300
ROUNDS = 40
FACTS = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。" * 8
PLAIN_SQL = text(
    "SELECT e.*, s.text FROM entry e JOIN segment s ON s.entry_id = e.id AND s.version = e.version "
    "WHERE e.household_id = :household ORDER BY e.event_on, e.id, s.position"
)


def main() -> None:
    folder = FreshDatabases.make_folder()
    databases = FreshDatabases(folder, "bench")
    with ExitStack() as stack:
        files = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.callback(databases.close)
        for name, url in (
            ("sqlite", stack.enter_context(databases.sqlite(files))),
            ("postgresql", stack.enter_context(databases.postgresql())),
        ):
            engine = make_engine(url)
            measure(name, small_office(engine))
            engine.dispose()


def measure(name: str, office: SmallOffice) -> None:
    """Fill one file and time the reads and writes in turn."""
    caseworker, supervisor = office.desk(office.caseworker), office.desk(office.supervisor)
    for _ in range(ENTRIES):
        caseworker.records.save(visit(office, caseworker))
    opened = rounds(lambda: open_file(office, caseworker), lambda: plain_read(office))
    saved = rounds(lambda: save_and_submit(office, caseworker), lambda: bare_insert(office))
    report(f"{name}: open a file of {ENTRIES} entries", opened, "plain SQL")
    report(f"{name}: save and submit an entry", saved, "bare insert and commit")
    report(
        f"{name}: supervisor's queue",
        rounds(supervisor.approvals.queue, lambda: plain_read(office)),
        "-",
    )


def rounds(
    ours: Callable[[], object], theirs: Callable[[], object]
) -> tuple[list[float], list[float]]:
    """Milliseconds of both, in turn, so that a busy machine slows both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for call, found in zip((ours, theirs), times, strict=True):
            start = perf_counter()
            call()
            found.append((perf_counter() - start) * 1000)
    return times


def report(what: str, times: tuple[list[float], list[float]], beside: str) -> None:
    ours, theirs = times
    print(
        f"{what}: p50 {median(ours):.1f} ms, p95 {p95(ours):.1f} ms | {beside}: p50 {median(theirs):.1f} ms, "
        f"p95 {p95(theirs):.1f} ms | ratio of p50 {median(ours) / median(theirs):.1f}"
    )


def p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def visit(office: SmallOffice, desk: Desk) -> EntryInput:
    given = desk.records.blank(office.household_id, "home_visit")
    segments = tuple(
        replace(s, text=FACTS if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    met = (MetPerson(label="架空 花子", person_id=office.person_id),)
    return replace(given, segments=segments, result_code="11", started_at=600, met=met)


def open_file(office: SmallOffice, desk: Desk) -> None:
    desk.households.open_file(office.household_id)
    assert len(desk.records.chronicle(office.household_id)) >= ENTRIES


def plain_read(office: SmallOffice) -> None:
    with office.work() as session:
        session.execute(PLAIN_SQL, {"household": _sql_id(office, office.household_id)}).all()


def save_and_submit(office: SmallOffice, desk: Desk) -> None:
    saved = desk.records.save(visit(office, desk))
    desk.records.submit(saved.entry_id, saved.version)


def bare_insert(office: SmallOffice) -> None:
    with office.work() as session:
        session.execute(
            text("INSERT INTO office (id, code, name) VALUES (:id, :code, '比較')"),
            {"id": _sql_id(office, new_id()), "code": new_id().hex},
        )


def _sql_id(office: SmallOffice, key: UUID) -> UUID | str:
    return key if office.work.engine.dialect.name == "postgresql" else key.hex


if __name__ == "__main__":
    main()
