"""The grid of monthly papers of a caseload of 100, beside a plain list of the same people; and the radar's questions about an office.

Run: python -m tests.benchmarks.bench_monthly_papers [HOUSEHOLDS]. Every household's head has a decided group (G2 or G3 of two) and
declares every month; half of the reports of the last months came. The office holds HOUSEHOLDS (3,000) households, of which the
caseworker sees 100.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Collection
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, select, text

from desktop.database.bulk import bulk_insert_plain, without_checks
from desktop.database.engine import make_engine
from desktop.domain.dates import months_later
from desktop.domain.ids import new_id
from desktop.models import Base
from desktop.models.households import Household, Member, Person
from desktop.services.supervision import SupervisionService, service
from desktop.services.supervision.rules_monthly_papers import LatePaper, MonthsWithoutPaper
from tests.benchmarks.large_office import large_office
from tests.benchmarks.timing import fresh_databases, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import CLOCK, TODAY, days_ago

HOUSEHOLDS = 3_000
#: Milliseconds to be reached by the grid: it is opened at once; by the radar's rules over the office.
_REACH, _REACH_OF_RADAR = 200.0, 2_000.0
_ROUNDS, _MONTHS = 7, 6
_COLUMNS = {
    "assessment": "id office_id household_id person_id kind made_on form_on rules_from rule proposed_group on_hold author_id saved_at",
    "support_group_decision": "id office_id household_id person_id assessment_id support_group how effective_from next_review_on"
    " decided_by decided_at",
    "declaration_duty": "id office_id household_id person_id kind cycle valid_from given_by given_at",
    "paper": "id office_id household_id fiscal_year number kind person_id sheets state received_by received_at",
}
Rows = dict[str, list[tuple[object, ...]]]


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        for kind in ("sqlite", "postgresql"):
            measure(databases, kind, households)


def measure(databases: FreshDatabases, kind: str, households: int) -> None:
    """The grid, then the two rules of the radar, each in turn with a plain list of the same people."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(
            databases.sqlite(folder) if kind == "sqlite" else databases.postgresql()
        )
        engine = make_engine(url)
        office = large_office(engine, visible=households, households=households)
        fill(engine, office)
        clerk = office.desk(office.caseworker)
        month = months_later(TODAY.replace(day=1), -1)
        own = [d for owner in clerk.monthly_papers.owners() for d in owner.district_ids]
        grid = rounds(
            lambda: len(clerk.monthly_papers.grid(own, month).rows),
            lambda: plain(clerk, own),
            count=_ROUNDS,
        )
        count = len(clerk.monthly_papers.grid(own, month).rows)
        report(
            f"{kind}, grid of {count:,} people in an office of {households:,} households",
            grid,
            f"plain list of {plain(clerk, own):,} persons",
            reach=_REACH,
        )
        head = office.desk(office.head)
        radar = SupervisionService(head.work, CLOCK, office.head)
        with patch.object(service, "RULES", (LatePaper(), MonthsWithoutPaper())):
            asked = rounds(lambda: len(radar.findings()), lambda: plain_office(head), count=_ROUNDS)
            found = len(radar.findings())
        report(
            f"{kind}, E20 and E21 of {households:,} households: {found:,} questions",
            asked,
            f"plain list of {plain_office(head):,} persons",
            reach=_REACH_OF_RADAR,
        )
        head.work.engine.dispose()
        clerk.work.engine.dispose()
        office.work.engine.dispose()
        engine.dispose()


def plain(desk: Desk, district_ids: Collection[UUID]) -> int:
    """The members of the same households with their names."""
    return _list(desk, Household.district_id.in_(district_ids))


def plain_office(desk: Desk) -> int:
    """The same for the whole office."""
    return _list(desk, Household.office_id == desk.staff.office_id)


def _list(desk: Desk, where: ColumnElement[bool]) -> int:
    with desk.work() as session:
        rows = session.execute(
            select(Household.id, Household.case_number, Person.id, Person.name)
            .join(Member, Member.household_id == Household.id)
            .join(Person, Person.id == Member.person_id)
            .where(where, Member.valid_from <= TODAY)
        ).all()
    return len(rows)


def fill(engine: Engine, office: SmallOffice) -> None:
    """Groups, cycles and papers without the guards: they are what is read, not what is measured."""
    rows: Rows = {name: [] for name in _COLUMNS}
    with office.work() as session:
        people = session.execute(
            select(Member.household_id, Member.person_id).where(
                Member.office_id == office.head.office_id, Member.is_head
            )
        ).all()
    for number, (household_id, person_id) in enumerate(people):
        _person(rows, office, (household_id.hex, person_id.hex), number)
    tables = [Base.metadata.tables[name] for name in _COLUMNS]
    with engine.begin() as connection, without_checks(connection, tables):
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in tables:
            bulk_insert_plain(connection, table, _COLUMNS[table.name].split(), rows[table.name])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_server = engine.dialect.name == "postgresql"
        connection.execute(text("VACUUM ANALYZE" if is_server else "ANALYZE"))


def _person(rows: Rows, office: SmallOffice, key: tuple[str, str], number: int) -> None:
    office_id, author = office.caseworker.office_id.hex, office.caseworker.staff_id.hex
    made, assessment = days_ago(200).isoformat(), new_id().hex
    at = f"{made} 03:00:00.000000"
    group = ("G2", "G3")[number % 2]
    rows["assessment"].append(
        (
            *(assessment, office_id, *key, "periodic", made, made, made),
            *("R11", group, 0, author, at),
        )
    )
    rows["support_group_decision"].append(
        (
            *(new_id().hex, office_id, *key, assessment, group, "supervisor", made),
            *(days_ago(-20).isoformat(), office.supervisor.staff_id.hex, at),
        )
    )
    since = days_ago(200).replace(day=1).isoformat()
    rows["declaration_duty"].append(
        (new_id().hex, office_id, *key, "income", "income_monthly", since, author, at)
    )
    for back in range(_MONTHS):
        if (number + back) % 2:
            continue
        day = f"{months_later(TODAY.replace(day=1), -back).replace(day=1).isoformat()} 03:00:00.000000"
        rows["paper"].append(
            (
                *(new_id().hex, office_id, key[0], 2024, number * _MONTHS + back + 1),
                *("job_search_report", key[1], 1, "received", author, day),
            )
        )


if __name__ == "__main__":
    main()
