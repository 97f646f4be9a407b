"""業務と成果 of an office, beside a plain list of the same households: the figures, each figure's list, the table of effort, movement, fairness.

Run: python -m tests.benchmarks.bench_effort [HOUSEHOLDS]. One household in two has a person with a decided group and a participation, six
acts of support within the year and a month's contact; half of those changed their group. Asked for by the section head. What is to be
reached for 3,000 households is 1 s for the figures and 200 ms for a list.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import process_time

from sqlalchemy import Engine, select, text

from desktop.database.bulk import bulk_insert_plain, without_checks
from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.models import Base
from desktop.models.households import Member
from tests.benchmarks.bench_support_groups import plain
from tests.benchmarks.large_office import large_office
from tests.benchmarks.timing import fresh_databases, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import SmallOffice
from tests.support.effort import OCTOBER, SEPTEMBER, YEAR
from tests.support.factories import TODAY, days_ago

HOUSEHOLDS = 3_000
_REACH, _REACH_OF_A_LIST = 1_000.0, 200.0
_ROUNDS, _ACTS = 5, 6
_COLUMNS = {
    "assessment": "id office_id household_id person_id kind made_on form_on rules_from rule proposed_group on_hold author_id saved_at",
    "support_group_decision": "id office_id household_id person_id assessment_id support_group how effective_from next_review_on"
    " decided_by decided_at",
    "participation": "id office_id household_id person_id programme consent_on consent_way starts_on noted_by noted_at",
    "activity": "id office_id household_id person_id done_on minutes kind place partner result is_void staff_id made_by made_at",
}
_GROUPS = ("G1a", "G2", "G3", "G4", "GW", "GX")
_KINDS = ("11", "13", "21", "33", "62", "81")
Rows = dict[str, list[tuple[object, ...]]]


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        for kind in ("sqlite", "postgresql"):
            measure(databases, kind, households)


def measure(databases: FreshDatabases, kind: str, households: int) -> None:
    """Each page in turn with a plain list of the same households."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(
            databases.sqlite(folder) if kind == "sqlite" else databases.postgresql()
        )
        engine = make_engine(url)
        office = large_office(engine, visible=households, households=households)
        fill(engine, office)
        head = office.desk(office.head)
        board = head.kpis.dashboard("office", YEAR)
        pages = {
            "figures": lambda: head.kpis.dashboard("office", YEAR),
            "table of effort": lambda: head.effort.table("office", OCTOBER, SEPTEMBER),
            "movement": lambda: head.kpis.flows("office", YEAR.first, TODAY),
            "fairness": lambda: head.kpis.fairness("office"),
        }
        beside = f"plain list of {plain(head):,} persons"
        for name, call in pages.items():
            found = rounds(call, lambda: plain(head), count=_ROUNDS)
            said = f"{kind}, {households:,} households, {name}"
            report(said, found, beside, reach=_REACH)
            print(
                f"    of which this process's own time: {own_time(call) * 1000:.0f} ms", flush=True
            )
        for figure in board.figures:
            if figure.cases:
                found = rounds(
                    lambda figure=figure: head.kpis.cases(figure),  # type: ignore[misc]
                    lambda: plain(head),
                    count=_ROUNDS,
                )
                said = f"{kind}, {households:,} households, list of {figure.kpi}: {len(figure.cases):,} rows"
                report(said, found, beside, reach=_REACH_OF_A_LIST)
        head.work.engine.dispose()
        office.work.engine.dispose()
        engine.dispose()


def own_time(call: Callable[[], object]) -> float:
    """Seconds of one call that this process itself worked: what a busy machine makes it wait is not in it."""
    before = process_time()
    call()
    return process_time() - before


def fill(engine: Engine, office: SmallOffice) -> None:
    """Decisions, participations and acts without the guards: they are what is read, not what is measured."""
    rows: Rows = {name: [] for name in _COLUMNS}
    with office.work() as session:
        people = session.execute(
            select(Member.household_id, Member.person_id).where(
                Member.office_id == office.head.office_id
            )
        ).all()
    for number, (household_id, person_id) in enumerate(people):
        if number % 2 == 0:
            _person(rows, office, (household_id.hex, person_id.hex), number // 2)
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
    for age in (200, 60) if which % 2 else (200,):
        made, assessment = days_ago(age).isoformat(), new_id().hex
        at, group = f"{made} 03:00:00.000000", _GROUPS[(which + age) % len(_GROUPS)]
        rows["assessment"].append(
            (
                *(assessment, office_id, *key, "periodic", made, made, made),
                *("R11", group, 0, author, at),
            )
        )
        rows["support_group_decision"].append(
            (
                *(new_id().hex, office_id, *key, assessment, group, "supervisor", made),
                *(days_ago(age - 90).isoformat(), office.supervisor.staff_id.hex, at),
            )
        )
    began = days_ago(100).isoformat()
    rows["participation"].append(
        (
            *(new_id().hex, office_id, *key, "employment", began, "signed", began),
            *(author, f"{began} 03:00:00.000000"),
        )
    )
    for number in range(_ACTS):
        day = days_ago((which * 7 + number * 29) % 180).isoformat()
        rows["activity"].append(
            (
                *(new_id().hex, office_id, *key, day, 40, _KINDS[number], "none", "", "done"),
                *(0, author, author, f"{day} 03:00:00.000000"),
            )
        )


if __name__ == "__main__":
    main()
