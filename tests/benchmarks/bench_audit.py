"""Sealing and verifying 1,000,000 audit events, beside reading the same rows in the same run.

Run: python -m tests.benchmarks.bench_audit [events]
"""

from __future__ import annotations

import sys

from sqlalchemy import Engine, text

from desktop.database.audit_trail.verify import verify
from desktop.database.engine import make_engine
from tests.benchmarks.timing import fresh_databases, milliseconds
from tests.support.trail import as_superuser, put_events

EVENTS = 1_000_000
SEALS = 1_000
#: Rows as the triggers write them, spread over transactions that are long finished: what an office does in a while.
FILL = """
INSERT INTO audit.event
SELECT x.*, audit.digest_of(x.seq, x.at, x.xid, x.login, x.staff_id, x.client, x.program, x.action, x.tbl, x.row_key,
                            x.household_id, x.office_id, x.detail)
  FROM (SELECT n AS seq, clock_timestamp() AS at, (3 + n / :per)::text::xid8 AS xid, 'test-0001' AS login,
               gen_random_uuid() AS staff_id, '192.0.2.1'::inet AS client, 'banso' AS program, 'insert' AS action,
               'entry' AS tbl, gen_random_uuid()::text AS row_key, gen_random_uuid() AS household_id,
               gen_random_uuid() AS office_id,
               jsonb_build_object('new', jsonb_build_object('id', n, 'state', 'draft', 'kind', 'visit', 'text',
                 repeat('架空の記録です。', 8))) AS detail
          FROM generate_series(1, :events) n) x
"""
#: Reading the same bytes without hashing anything.
BESIDE = "SELECT sum(length(digest) + length(detail::text)) FROM audit.event"


def main(events: int) -> None:
    """Fill, seal in one go, cut into many seals, verify; then find one altered row."""
    with fresh_databases() as databases, databases.postgresql() as url:
        engine = make_engine(url)
        _fill(engine, events)
        sealing = milliseconds(lambda: _seal_all(engine, events // SEALS))
        print(
            f"seal {events:,} events in seals of {events // SEALS:,}: {sealing / 1000:.1f} s",
            flush=True,
        )
        for _ in range(3):
            _round(engine)
        as_superuser(engine, "UPDATE audit.event SET login = 'x' WHERE seq = :n", n=events // 2)
        found = verify(engine)
        print(f"one altered row named: {[(f.fault.value, f.seq) for f in found.faults]}")
        engine.dispose()


def _fill(engine: Engine, events: int) -> None:
    put_events(engine, 1)
    with engine.connect() as connection:
        now = int(str(connection.scalar(text("SELECT pg_current_xact_id()"))))
    # Ids of transactions that were long before: every one below the present counter is finished.
    per = events // (now - 10) + 1
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX audit.ix_event_household"))
        connection.execute(text("DROP INDEX audit.ix_event_row"))
        connection.execute(text(FILL), {"events": events, "per": per})
        connection.execute(
            text("CREATE INDEX ix_event_household ON audit.event (household_id, at)")
        )
        connection.execute(text("CREATE INDEX ix_event_row ON audit.event (tbl, row_key)"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE audit.event"))


def _seal_all(engine: Engine, most: int) -> None:
    with engine.begin() as connection:
        while connection.scalar(text("SELECT audit.seal_now(:most)"), {"most": most}):
            pass


def _round(engine: Engine) -> None:
    with engine.connect() as connection:
        beside = milliseconds(lambda: connection.execute(text(BESIDE)).all())
    ours = milliseconds(lambda: _untouched(engine))
    print(
        f"verify: {ours / 1000:.1f} s | read the same rows: {beside / 1000:.1f} s | ratio {ours / beside:.1f}",
        flush=True,
    )


def _untouched(engine: Engine) -> None:
    found = verify(engine)
    if found.faults:
        raise AssertionError(found.faults)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS)
