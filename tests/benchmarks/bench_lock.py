"""What the lock costs: a caseworker's and a supervisor's everyday reading through policies, beside the same without.

    python -m tests.benchmarks.bench_lock URL

URL is an administrator's, of a large office made by `banso-admin training create` on PostgreSQL. The
person gets a login for the run. Each line: the same statements of the same services by the person (policies,
tickets, audit) and by the administrator, who passes the policies.
An administrator needs no ticket, so the cost of one stands beside the reading that follows it.
"""

from __future__ import annotations

import argparse
from uuid import UUID

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from desktop.database.engine import make_engine
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import SystemClock
from desktop.domain.households import HouseholdFilter
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.reading import Purpose
from desktop.models.households import Household
from desktop.models.office import Assignment, Staff
from desktop.models.records import EntryRecord
from desktop.services.approvals import ApprovalService
from desktop.services.households import HouseholdService
from desktop.services.records import EntrySubject, RecordService
from desktop.services.records.loading import load_entries
from tests.benchmarks.timing import report, rounds
from tests.support import factories
from tests.support.people import PASSWORD, let_in

CLOCK = SystemClock()


def main() -> None:
    """Run the comparison and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    asked = parser.parse_args()
    admin = make_engine(asked.url)
    with Session(admin) as session:
        worker, supervisor = (
            person(session, AssignmentKind.MAIN),
            person(session, AssignmentKind.SUPERVISOR),
        )
        file = longest_file(session, worker)
        entries = session.scalar(
            select(func.count()).select_from(EntryRecord).where(EntryRecord.household_id == file)
        )
    print(f"file of {entries} entries")
    for staff in (worker, supervisor):
        let_in(admin, staff)
    own = {staff.login: engine_as(admin, staff) for staff in (worker, supervisor)}
    free = UnitOfWork(admin)

    def files(work: UnitOfWork) -> None:
        given = HouseholdFilter(district_ids=tuple(worker.district_ids))
        HouseholdService(work, CLOCK, worker, ReadingDoor(work, CLOCK, worker)).page(given, 0)

    def chronicle(work: UnitOfWork) -> None:
        with work() as session:
            load_entries(session, worker, EntryRecord.household_id == file, today=CLOCK.today())

    def queue(work: UnitOfWork) -> None:
        door = ReadingDoor(work, CLOCK, supervisor)
        ApprovalService(work, CLOCK, supervisor, door, {"entry": EntrySubject()}).queue()

    by_worker, by_supervisor = UnitOfWork(own[worker.login]), UnitOfWork(own[supervisor.login])
    RecordService(
        by_worker, CLOCK, worker, ReadingDoor(by_worker, CLOCK, worker), EntrySubject()
    ).chronicle(file)
    beside = "without the lock"
    report("my households", rounds(lambda: files(by_worker), lambda: files(free)), beside)
    report(
        "file with text through a ticket",
        rounds(lambda: chronicle(by_worker), lambda: chronicle(free)),
        beside,
        reach=100,
    )
    report(
        "supervisor's pending", rounds(lambda: queue(by_supervisor), lambda: queue(free)), beside
    )
    report(
        "a ticket, committed and audited",
        rounds(
            lambda: ReadingDoor(by_worker, CLOCK, worker).open(Purpose.FILE, [file]),
            lambda: chronicle(by_worker),
        ),
        "reading the file then",
    )
    for engine in (*own.values(), admin):
        engine.dispose()


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
