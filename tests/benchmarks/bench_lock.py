"""What the lock costs: everyday work through policies, guards, tickets and audit, beside the same without.

    python -m tests.benchmarks.bench_lock URL [--import-rows N]

URL is an administrator's, of a large office made by `banso-admin training create` on PostgreSQL; its longest file of a
caseworker is filled to 300 entries first. Each line: the services by the person, behind the lock; beside it the same
services and statements over an administrator's connection that passes policies and fires no trigger (so without
foreign keys too, which flatters it), moving submissions and writing tickets as the training office does. Both in turn.
What does not grow with the office stands in `bench_case_file`: 110,000 beside 3,000 households.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from unittest.mock import patch
from uuid import UUID

import psycopg
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from desktop.database import moving, reading
from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.approvals import Decision, Move
from desktop.domain.clock import SystemClock
from desktop.domain.households import HouseholdFilter
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryInput, MetPerson, SavedEntry, SegmentKind
from desktop.domain.review import ReviewCard
from desktop.domain.roles import Role
from desktop.models import Base
from desktop.models.approvals import Approval
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff
from desktop.models.records import EntryRecord
from desktop.services.ledger_import import LedgerImport
from desktop.services.supervision import SupervisionService
from tests.benchmarks.bench_case_file import ENTRIES, FACTS
from tests.benchmarks.bench_ledger_import import write_ledger
from tests.benchmarks.timing import Times, fresh_databases, milliseconds, report, rounds
from tests.services.ledger_import.ledgers import TRAINING, empty_office
from tests.support import factories
from tests.support.desk import Desk, services_of
from tests.support.people import PASSWORD, let_in

CLOCK = SystemClock()
BESIDE = "without the lock"
WRITERS, EACH_WRITES = 50, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Who is measured: the same people behind the lock, or over a connection that passes it."""

    worker: Desk
    supervisor: Desk


def main() -> None:
    """Run all comparisons and print them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--import-rows", type=int, default=110_000)
    asked = parser.parse_args()
    admin = make_engine(asked.url)
    with passing_the_lock(asked.url) as passing:
        with Session(admin) as session:
            worker = person(session, AssignmentKind.MAIN)
            file = longest_file(session, worker)
            supervisor = supervisor_of(session, file)
            entries = session.scalar(select(func.count()).select_from(EntryRecord))
        for staff in (worker, supervisor):
            let_in(admin, staff)
        behind = Side(
            worker=at_desk(engine_as(admin, worker), worker),
            supervisor=at_desk(engine_as(admin, supervisor), supervisor),
        )
        beside = Side(worker=at_desk(passing(), worker), supervisor=at_desk(passing(), supervisor))
        print(f"{entries:,} entries")
        fill(behind.worker, file)
        gc.freeze()  # as the program does once its window is there
        compare_reading(behind, beside, file)
        compare_writing(behind, beside, file)
        compare_writers(admin, passing)
        for desk in (behind.worker, behind.supervisor):
            desk.work.engine.dispose()
    admin.dispose()
    compare_import(asked.import_rows)


@contextmanager
def passing_the_lock(url: str) -> Iterator[Callable[[], Engine]]:
    """Makes an administrator's engines without triggers; doors that the server keeps work there as on SQLite."""
    made: list[Engine] = []

    def make() -> Engine:
        engine = make_engine(url)
        made.append(engine)

        @event.listens_for(engine, "connect")
        def no_triggers(connection: psycopg.Connection[object], _record: object) -> None:
            connection.execute("SET session_replication_role = replica")
            connection.commit()

        return engine

    with (
        patch.object(reading, "is_postgresql", lambda engine: engine not in made),
        patch.object(moving, "_on_server", lambda session: session.get_bind() not in made),
    ):
        yield make
    for engine in made:
        engine.dispose()


def compare_reading(behind: Side, beside: Side, file: UUID) -> None:
    """What everybody opens all day."""

    def mine(side: Side, typed: str = "") -> object:
        given = HouseholdFilter(text=typed, district_ids=tuple(side.worker.staff.district_ids))
        return side.worker.households.page(given, 0)

    def opened(side: Side) -> None:
        fresh = at_desk(side.worker.work.engine, side.worker.staff)  # no ticket is held yet
        fresh.households.open_file(file)
        assert len(fresh.records.chronicle(file)) >= ENTRIES

    def radar(side: Side) -> object:
        return SupervisionService(side.supervisor.work, CLOCK, side.supervisor.staff).findings()

    works: dict[str, Callable[[Side], object]] = {
        "my households": mine,
        "my households, filtered while typing": lambda side: mine(side, "さ"),
        f"open a file of {ENTRIES} entries with text, ticket and all": opened,
        "supervisor's pending": lambda side: side.supervisor.approvals.queue(),
        "supervisor's radar": radar,
    }
    for what, work in works.items():
        report(what, rounds(partial(work, behind), partial(work, beside), count=20), BESIDE)


def compare_writing(behind: Side, beside: Side, file: UUID) -> None:
    """Save, submit, open in the review pane, approve: each timed apart."""
    steps = ("save", "submit", "open in the review pane", "approve")
    found = {step: Times([], []) for step in steps}
    for round_ in range(31):
        for number, side in enumerate((behind, beside)):
            for step, taken in zip(steps, through_the_desks(side, file), strict=True):
                if round_:  # the first warms up
                    found[step][number].append(taken)
    for step, times in found.items():
        report(step, times, BESIDE)


def through_the_desks(side: Side, file: UUID) -> Iterator[float]:
    given = visit(side.worker, file)
    saved: list[SavedEntry] = []
    yield milliseconds(lambda: saved.append(side.worker.records.save(given)))
    entry = saved[0]
    yield milliseconds(
        lambda: side.worker.records.submit(entry.entry_id, entry.version, Impact.NONE)
    )
    with side.supervisor.work() as session:
        approval = session.scalars(
            select(Approval.id).where(Approval.subject_id == entry.entry_id)
        ).one()
    cards: list[ReviewCard] = []
    yield milliseconds(lambda: cards.append(side.supervisor.approvals.card(approval)))
    row = cards[0].row
    decision = Decision(
        approval_id=approval,
        move=Move.APPROVE,
        root_version=row.root_version,
        content_hash=row.content_hash,
    )
    yield milliseconds(lambda: side.supervisor.approvals.decide(decision))


def compare_writers(admin: Engine, passing: Callable[[], Engine]) -> None:
    """So many people save and submit at once, each in a file of his own."""
    with Session(admin) as session:
        signed = (factories.signed_in(session, staff) for staff in caseworkers(session))
        people = list(islice((staff for staff in signed if staff.district_ids), WRITERS))
        files = {staff.login: longest_file(session, staff) for staff in people}
    for staff in people:
        let_in(admin, staff)
    own = [engine_as(admin, staff) for staff in people]
    sides = (
        [at_desk(engine, staff) for engine, staff in zip(own, people, strict=True)],
        [at_desk(passing(), staff) for staff in people],
    )
    times, seconds = Times([], []), Times([], [])
    for _ in range(2):
        for number, side in enumerate(sides):
            begun = perf_counter()
            times[number].extend(all_at_once(side, files))
            seconds[number].append(perf_counter() - begun)
            for desk in side:  # a server has about a hundred connections
                desk.work.engine.dispose()
    report(f"{WRITERS} writers at once, save and submit", times, BESIDE)
    for name, took in zip(("behind the lock", BESIDE), seconds, strict=True):
        print(f"  {name}: {2 * WRITERS * EACH_WRITES / sum(took):.0f} entries a second")


def all_at_once(desks: Sequence[Desk], files: dict[str, UUID]) -> list[float]:
    found: list[float] = []
    failed: list[BaseException] = []

    def writes(desk: Desk) -> None:
        try:
            for _ in range(EACH_WRITES):
                given = visit(desk, files[desk.staff.login])
                found.append(milliseconds(partial(save_and_submit, desk, given)))
        except BaseException as error:  # noqa: BLE001 - told by the caller
            failed.append(error)

    threads = [threading.Thread(target=writes, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return found


def compare_import(rows: int) -> None:
    """A ledger into an empty office, by records staff and past the lock."""
    with fresh_databases() as databases, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.csv"
        write_ledger(path, rows)
        seconds = []
        for behind in (True, False):
            with databases.postgresql() as url:
                admin = make_engine(url)
                work = empty_office(admin)
                with work() as session:
                    clerk = factories.signed_in(
                        session, factories.make_staff(session, Role.RECORDS_STAFF)
                    )
                let_in(admin, clerk)
                if (
                    not behind
                ):  # foreign keys stay: they are most of the cost of rows without the lock
                    with admin.begin() as connection:
                        for table in Base.metadata.sorted_tables:
                            connection.exec_driver_sql(
                                f"ALTER TABLE {table.name} DISABLE TRIGGER USER"
                            )
                engine = engine_as(admin, clerk) if behind else admin
                work = UnitOfWork(engine)
                importing = (
                    LedgerImport(work, CLOCK, clerk) if behind else LedgerImport(work, CLOCK)
                )
                begun = perf_counter()
                found = importing.run(path, TRAINING)
                seconds.append(perf_counter() - begun)
                if found.problem_total:
                    raise SystemExit(found.problems[0].full_sentence)
                engine.dispose()
                admin.dispose()
    print(
        f"import of a ledger of {rows:,} rows: {seconds[0]:.1f} s | {BESIDE}: {seconds[1]:.1f} s"
        f" | ratio {seconds[0] / seconds[1]:.2f}"
    )


def visit(desk: Desk, file: UUID) -> EntryInput:
    """An ordinary visit of today, as typed."""
    given = desk.records.blank(file, "home_visit")
    segments = tuple(
        replace(s, text=FACTS if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
    )
    head = next(m for m in desk.households.open_file(file).members if m.is_head)
    met = (MetPerson(label=head.name, person_id=head.person_id),)
    return replace(given, segments=segments, result_code="11", started_at=480, met=met)


def save_and_submit(desk: Desk, given: EntryInput) -> None:
    saved = desk.records.save(given)
    desk.records.submit(saved.entry_id, saved.version, Impact.NONE)


def fill(desk: Desk, file: UUID) -> None:
    """So many entries as the measured file has."""
    while len(desk.records.chronicle(file)) < ENTRIES:
        for _ in range(20):
            save_and_submit(desk, visit(desk, file))


def at_desk(engine: Engine, staff: SignedInStaff) -> Desk:
    """One person's services over this engine."""
    return services_of(UnitOfWork(engine), staff, CLOCK)


def person(session: Session, kind: AssignmentKind) -> SignedInStaff:
    """Whoever holds the most districts of a kind today, as signed in."""
    found = session.scalars(
        select(Staff)
        .join(Assignment, Assignment.staff_id == Staff.id)
        .where(Assignment.kind == kind, Assignment.valid_to.is_(None), Staff.active_to.is_(None))
        .group_by(Staff.id)
        .order_by(func.count().desc(), Staff.id)
        .limit(1)
    ).one()
    return factories.signed_in(session, found)


def caseworkers(session: Session) -> Sequence[Staff]:
    """People with a district of their own today in which somebody wrote."""
    written = select(Household.district_id).join(
        EntryRecord, EntryRecord.household_id == Household.id
    )
    return session.scalars(
        select(Staff)
        .where(
            Staff.active_to.is_(None),
            select(Assignment.id)
            .where(
                Assignment.staff_id == Staff.id,
                Assignment.kind == AssignmentKind.MAIN,
                Assignment.valid_to.is_(None),
                Assignment.district_id.in_(written),
            )
            .exists(),
        )
        .order_by(Staff.id)
    ).all()


def supervisor_of(session: Session, file: UUID) -> SignedInStaff:
    """Who supervises the household's district today."""
    district = session.get_one(Household, file).district_id
    found = session.scalars(
        select(Staff)
        .join(Assignment, Assignment.staff_id == Staff.id)
        .where(
            Assignment.kind == AssignmentKind.SUPERVISOR,
            Assignment.district_id == district,
            Assignment.valid_to.is_(None),
        )
        .limit(1)
    ).one()
    return factories.signed_in(session, found)


def longest_file(session: Session, staff: SignedInStaff) -> UUID:
    """The household of the person's districts with the most entries."""
    return session.scalars(
        select(EntryRecord.household_id)
        .join(Household, Household.id == EntryRecord.household_id)
        .where(Household.district_id.in_(staff.district_ids))
        .group_by(EntryRecord.household_id)
        .order_by(func.count().desc())
        .limit(1)
    ).one()


def engine_as(admin: Engine, staff: SignedInStaff) -> Engine:
    """The person's own connection."""
    url = admin.url.set(username=staff.login, password=PASSWORD)
    return make_engine(url.render_as_string(hide_password=False))


if __name__ == "__main__":
    main()
