"""The radar's rules on procedures and on people whom nobody assessed, each over an office, beside a plain list of its households.

Run: python -m tests.benchmarks.bench_procedures [HOUSEHOLDS]. Every household has a survey of the year (half of them open), an
explanation of the duty to report and a pension check, and every tenth one of each other kind.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine, select, text

from desktop.database.bulk import bulk_insert_plain, without_checks
from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.procedures import ProcedureKind
from desktop.models import Base
from desktop.models.households import Household, Member
from desktop.services.supervision import SupervisionService, service
from tests.benchmarks.large_office import large_office
from tests.benchmarks.timing import fresh_databases, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import SmallOffice
from tests.support.factories import CLOCK, TODAY, days_ago

HOUSEHOLDS = 3_000
#: Milliseconds to be reached by each rule over the office.
_REACH = 500.0
_ROUNDS = 5
_RULES = frozenset({"E05", "E06", "E07", "E12", "E13", "E14", "E16", "E17", "E18", "E19"})
_TABLE = "procedure_record"
_COLUMNS = (
    "id office_id household_id person_id kind begun_on confirmed_on ended_on year yen choice is_void"
    " made_by made_at"
)
_EACH = (ProcedureKind.TAX_SURVEY, ProcedureKind.DUTY, ProcedureKind.PENSION)
_TENTH = 10


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else HOUSEHOLDS
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        for kind in ("sqlite", "postgresql"):
            measure(databases, kind, households)


def measure(databases: FreshDatabases, kind: str, households: int) -> None:
    """Each rule in turn with a plain list of the office's households."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(
            databases.sqlite(folder) if kind == "sqlite" else databases.postgresql()
        )
        engine = make_engine(url)
        office = large_office(engine, visible=households, households=households)
        fill(engine, office)
        head = office.desk(office.head)
        radar = SupervisionService(head.work, CLOCK, office.head)

        def plain() -> int:
            with head.work() as session:
                of_office = Household.office_id == office.head.office_id
                return len(session.execute(select(Household.case_number).where(of_office)).all())

        for rule in (rule for rule in service.RULES if rule.info.rule in _RULES):
            with patch.object(service, "RULES", (rule,)):
                asked = rounds(lambda: len(radar.findings()), plain, count=_ROUNDS)
                found = len(radar.findings())
            report(
                f"{kind}, {rule.info.rule} of {households:,} households: {found:,} questions",
                asked,
                f"plain list of {plain():,} households",
                reach=_REACH,
            )
        head.work.engine.dispose()
        office.work.engine.dispose()
        engine.dispose()


def fill(engine: Engine, office: SmallOffice) -> None:
    """Procedures without the guards: they are what is read, not what is measured."""
    with office.work() as session:
        people = session.execute(
            select(Member.household_id, Member.person_id).where(
                Member.office_id == office.head.office_id, Member.is_head
            )
        ).all()
    rows = [
        _row(office, household_id.hex, person_id.hex, kind, number)
        for number, (household_id, person_id) in enumerate(people)
        for kind in ProcedureKind
        if kind in _EACH or number % _TENTH == 0
    ]
    table = Base.metadata.tables[_TABLE]
    with engine.begin() as connection, without_checks(connection, [table]):
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        bulk_insert_plain(connection, table, _COLUMNS.split(), rows)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_server = engine.dialect.name == "postgresql"
        connection.execute(text("VACUUM ANALYZE" if is_server else "ANALYZE"))


def _row(
    office: SmallOffice, household: str, person: str, kind: ProcedureKind, number: int
) -> tuple[object, ...]:
    is_survey = kind is ProcedureKind.TAX_SURVEY
    begun = days_ago(100 + number % 300).isoformat()
    ended = days_ago(70).isoformat() if is_survey and number % 2 else None
    return (
        *(new_id().hex, office.caseworker.office_id.hex, household, person, kind.value, begun),
        *(begun if number % 3 else None, ended, TODAY.year if is_survey else None),
        *(number % 5 if is_survey else None, "c1" if kind is ProcedureKind.KEPT else "", 0),
        *(office.caseworker.staff_id.hex, f"{begun} 03:00:00.000000"),
    )


if __name__ == "__main__":
    main()
