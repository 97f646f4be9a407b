"""Members of staff as the database knows them: on PostgreSQL each test person connects as himself.

So every use case is tested behind the real grants, policies and guards. SQLite has no people: there the
test's own engine serves everybody.
"""

from __future__ import annotations

from datetime import datetime

import psycopg
from sqlalchemy import Engine, event, text

from desktop.database.engine import is_postgresql, make_engine
from desktop.database.security.names import ACCOUNTS, STAFF, group
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import Clock
from desktop.domain.office import SignedInStaff

PASSWORD = "shiken-no-aikotoba"  # noqa: S105 - of invented people
_CLOCK = """
CREATE OR REPLACE FUNCTION app.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp AS
$$ SELECT coalesce(nullif(current_setting('test.now', true), '')::timestamptz, clock_timestamp()) $$
"""


def let_tests_set_the_clock(url: str) -> None:
    """Make the database of the tests take the time of day from the connection that asks."""
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text(_CLOCK))
    engine.dispose()


def work_of(work: UnitOfWork, staff: SignedInStaff, clock: Clock) -> UnitOfWork:
    """The unit of work of one person: on PostgreSQL over a connection of his own, whose clock is the test's."""
    if not is_postgresql(work.engine):
        return work
    let_in(work.engine, staff)
    return UnitOfWork(engine_of(work.engine, staff.login, clock.now()))


def let_in(engine: Engine, staff: SignedInStaff) -> None:
    """Give the person a login with the groups of his roles, as the account functions would: by their owner."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"SET LOCAL ROLE {ACCOUNTS}")
        known = connection.scalar(
            text("SELECT true FROM pg_roles WHERE rolname = :login"), {"login": staff.login}
        )
        if not known:
            connection.exec_driver_sql(
                f"CREATE ROLE \"{staff.login}\" LOGIN PASSWORD '{PASSWORD}' IN ROLE {STAFF}"
            )
        groups = ", ".join(group(role) for role in sorted(staff.roles))
        connection.exec_driver_sql(f'GRANT {groups} TO "{staff.login}"')


def engine_of(engine: Engine, login: str, now: datetime) -> Engine:
    """The person's engine; it goes when the test's own engine goes."""
    url = engine.url.set(username=login, password=PASSWORD)
    own = make_engine(url.render_as_string(hide_password=False))

    def set_clock(connection: psycopg.Connection[tuple[object, ...]], _record: object) -> None:
        connection.execute(f"SET test.now = '{now.isoformat()}'".encode())
        connection.commit()

    event.listen(own, "connect", set_clock)
    event.listen(engine, "engine_disposed", lambda _engine: own.dispose())
    return own
