"""Candidates for a conference, what does not change, and the register of an office, beside a plain list of the same households.

Run: python -m tests.benchmarks.bench_support_groups [HOUSEHOLDS]. One household in two has an assessment; of those one in three was
never decided, one decided as proposed, one decided and assessed again with another proposal. Asked for by the section head, whose duty
is the office. What is to be reached for 3,000 households is 2 s, for 110,000 half a minute.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import Engine, select, text

from desktop.database.bulk import bulk_insert_plain, without_checks
from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.models import Base
from desktop.models.households import Household, Member, Person
from tests.benchmarks.large_office import large_office
from tests.benchmarks.timing import fresh_databases, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import TODAY, days_ago

HOUSEHOLDS = 3_000
#: Milliseconds to be reached by an office of the size, and by a larger one.
_REACH, _REACH_OF_LARGE = 2_000.0, 30_000.0
_ROUNDS = 5
_COLUMNS = {
    "assessment": "id office_id household_id person_id kind made_on form_on rules_from rule proposed_group on_hold author_id saved_at",
    "support_group_decision": "id office_id household_id person_id assessment_id support_group how effective_from next_review_on"
    " decided_by decided_at",
}
Rows = dict[str, list[tuple[object, ...]]]


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        for kind in ("sqlite", "postgresql"):
            measure(databases, kind, households)


def measure(databases: FreshDatabases, kind: str, households: int) -> None:
    """Each list in turn with a plain list of the same households."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(
            databases.sqlite(folder) if kind == "sqlite" else databases.postgresql()
        )
        engine = make_engine(url)
        office = large_office(engine, visible=households, households=households)
        fill(engine, office)
        head = office.desk(office.head)
        lists = {
            "agenda_candidates": lambda: len(head.groups.agenda_candidates().rows),
            "unchanged": lambda: len(head.groups.unchanged().rows),
            "register": lambda: len(head.groups.register().rows),
        }
        for name, call in lists.items():
            found = rounds(call, lambda: plain(head), count=_ROUNDS)
            report(
                f"{kind}, {households:,} households, {name}: {call():,} rows",
                found,
                f"plain list of {plain(head):,} persons",
                reach=_REACH if households <= HOUSEHOLDS else _REACH_OF_LARGE,
            )
        head.work.engine.dispose()
        office.work.engine.dispose()
        engine.dispose()


def plain(desk: Desk) -> int:
    """The members of the same households with their names."""
    with desk.work() as session:
        rows = session.execute(
            select(Household.id, Household.case_number, Person.id, Person.name)
            .join(Member, Member.household_id == Household.id)
            .join(Person, Person.id == Member.person_id)
            .where(Household.office_id == desk.staff.office_id, Member.valid_from <= TODAY)
        ).all()
    return len(rows)


def fill(engine: Engine, office: SmallOffice) -> None:
    """Assessments and decisions without the guards: they are what is read, not what is measured."""
    rows: Rows = {name: [] for name in _COLUMNS}
    with office.work() as session:
        people = session.execute(
            select(Member.household_id, Member.person_id).where(
                Member.office_id == office.head.office_id
            )
        ).all()
    for number, (household_id, person_id) in enumerate(people):
        if number % 2 == 0:
            _person(rows, office, (household_id.hex, person_id.hex), number // 2 % 3)
    tables = [Base.metadata.tables[name] for name in _COLUMNS]
    with engine.begin() as connection, without_checks(connection, tables):
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table in tables:
            bulk_insert_plain(connection, table, _COLUMNS[table.name].split(), rows[table.name])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_server = engine.dialect.name == "postgresql"
        connection.execute(text("VACUUM ANALYZE" if is_server else "ANALYZE"))


def _person(rows: Rows, office: SmallOffice, key: tuple[str, str], which: int) -> None:
    office_id, author = office.caseworker.office_id.hex, office.caseworker.staff_id.hex
    days = (200, 100) if which else (200,)
    groups = ("G2", "G4" if which == 1 else "G2")
    for number, age in enumerate(days):
        made, assessment = days_ago(age).isoformat(), new_id().hex
        at = f"{made} 03:00:00.000000"
        rows["assessment"].append(
            (
                *(assessment, office_id, *key, "periodic", made, made, made),
                *("R11", groups[number], 0, author, at),
            )
        )
        if which and number == 0:
            rows["support_group_decision"].append(
                (
                    *(new_id().hex, office_id, *key, assessment, "G2", "supervisor", made),
                    *(days_ago(20).isoformat(), office.supervisor.staff_id.hex, at),
                )
            )


if __name__ == "__main__":
    main()
