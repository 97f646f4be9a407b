"""Issuing 200 small PDFs beside plain inserts of the same bytes, on both databases, in turn.

    python -m tests.benchmarks.bench_issue [count]

Ours: `IssuedForms.issue` by a caseworker with his own login, each form its own transaction: number under the lock,
facts, bytes, hash, audit. Beside: one INSERT of the same bytes into a table without any rule, each its own transaction.
The server of the benchmark waits for no disk (as in the tests), so what is measured is work, not the disk.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from sqlalchemy import Engine, LargeBinary, bindparam, func, select, text

from desktop.database.engine import make_engine
from desktop.domain.issued_forms import Drawn, RegisterQuery
from desktop.services.printing import IssuedForms
from tests.benchmarks.timing import fresh_databases, milliseconds, report, rounds
from tests.support.databases import FreshDatabases
from tests.support.desk import small_office
from tests.support.issued_forms import issued_forms, slip

COUNT = 200
#: Issues a second that are to be reached.
A_SECOND = 200
#: A one-page form with its font subset.
SIZE = 40_000


def main(count: int) -> None:
    """Both databases, one after the other."""
    with fresh_databases() as databases:
        for name in ("sqlite", "postgresql"):
            with _engine(databases, name) as engine:
                _compare(name, engine, count)


@contextmanager
def _engine(databases: FreshDatabases, name: str) -> Iterator[Engine]:
    with TemporaryDirectory() as folder, ExitStack() as open_:
        made = databases.sqlite(Path(folder)) if name == "sqlite" else databases.postgresql()
        engine = make_engine(open_.enter_context(made))
        yield engine
        engine.dispose()


def _compare(name: str, engine: Engine, count: int) -> None:
    office = small_office(engine)
    service = issued_forms(office, office.caseworker)
    blob = "bytea" if name == "postgresql" else "blob"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE plain (number integer, data {blob})"))
    data = b"%PDF-" + os.urandom(SIZE)
    insert = text("INSERT INTO plain VALUES (1, :data)").bindparams(
        bindparam("data", type_=LargeBinary())
    )

    def ours() -> None:
        service.issue(slip(office), lambda _stamp: Drawn(data=data, pages=1))

    def beside() -> None:
        with engine.begin() as connection:
            connection.execute(insert, {"data": data})

    before = _cpu(name, service)
    for _ in range(count):
        ours()
    each = (_cpu(name, service) - before) * 1000 / count
    print(
        f"{name}: {each:.1f} ms of processor an issue, program and server together: {1000 / each:.0f} a second"
    )
    times = rounds(ours, beside, count=count)
    report(f"{name}: issue {SIZE // 1000} kB", times, "plain INSERT", reach=1000 / A_SECOND)
    print(
        f"{name}: by p50 {1000 / median(times.ours):.0f} issues a second,"
        f" {1000 / median(times.theirs):.0f} plain INSERTs a second",
        flush=True,
    )
    _read(service, name)


def _cpu(name: str, service: IssuedForms) -> float:
    """Seconds of processor that this program and its server process have used; on a busy machine they tell more."""
    if name == "sqlite":
        return process_time()
    with service.work() as session:
        pid = session.scalar(select(func.pg_backend_pid()))
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _read(service: IssuedForms, name: str) -> None:
    """Reading them all again, compared with their hashes, as a reprint does."""
    lines = service.register(RegisterQuery()).lines
    took = milliseconds(lambda: service.files_of([line.issued_id for line in lines]))
    listed = milliseconds(lambda: service.register(RegisterQuery()))
    print(
        f"{name}: {len(lines)} read again and compared with their hashes: {took:.0f} ms"
        f" | a page of the register: {listed:.0f} ms",
        flush=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
