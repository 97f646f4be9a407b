"""Issuing 200 small PDFs beside plain inserts of the same bytes, on both databases, in turn.

    python -m tests.benchmarks.bench_issue [count]

Ours: `IssuedForms.issue` by a caseworker with his own login, each form its own transaction: number under the lock,
facts, bytes, hash, audit. Beside: one INSERT of the same bytes into a table without any rule, each its own transaction.
The server of the benchmark waits for no disk (as in the tests), so what is measured is work, not the disk.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, LargeBinary, bindparam, text

from desktop.database.engine import make_engine
from desktop.domain.issued_forms import Drawn, IssueStamp, RegisterQuery
from desktop.services.printing import IssuedForms
from tests.benchmarks.timing import fresh_databases, milliseconds
from tests.support.databases import FreshDatabases
from tests.support.desk import small_office
from tests.support.issued_forms import issued_forms, slip

COUNT = 200
ROUNDS = 5
#: A one-page form with its font subset.
SIZE = 40_000


def main(count: int) -> None:
    """Both databases, one after the other."""
    pages = [b"%PDF-" + os.urandom(SIZE) for _ in range(count)]
    with fresh_databases() as databases:
        for name in ("sqlite", "postgresql"):
            with _engine(databases, name) as engine:
                _compare(name, engine, pages)


@contextmanager
def _engine(databases: FreshDatabases, name: str) -> Iterator[Engine]:
    with TemporaryDirectory() as folder, ExitStack() as open_:
        made = databases.sqlite(Path(folder)) if name == "sqlite" else databases.postgresql()
        engine = make_engine(open_.enter_context(made))
        yield engine
        engine.dispose()


def _compare(name: str, engine: Engine, pages: list[bytes]) -> None:
    office = small_office(engine)
    service = issued_forms(office, office.caseworker)
    blob = "bytea" if name == "postgresql" else "blob"
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE plain (number integer, data {blob})"))

    def ours() -> None:
        for data in pages:
            service.issue(slip(office), _drawn(data))

    ours_ms, beside_ms = [], []
    for number in range(ROUNDS + 1):  # the first warms up
        found = milliseconds(ours), milliseconds(lambda: _insert(engine, pages))
        if number:
            ours_ms.append(found[0])
            beside_ms.append(found[1])
    each, plain = median(ours_ms) / len(pages), median(beside_ms) / len(pages)
    print(
        f"{name}: {len(pages)} issues of {SIZE // 1000} kB: {each:.2f} ms each, {1000 / each:.0f} a second"
        f" | plain INSERT: {plain:.2f} ms each, {1000 / plain:.0f} a second | ratio {each / plain:.1f}"
        f" | reach 200 a second: {'met' if each <= 5 else 'MISSED'}",
        flush=True,
    )
    _read(service, name)


def _drawn(data: bytes) -> Callable[[IssueStamp], Drawn]:
    return lambda _stamp: Drawn(data=data, pages=1)


def _insert(engine: Engine, pages: list[bytes]) -> None:
    statement = text("INSERT INTO plain VALUES (:number, :data)").bindparams(
        bindparam("data", type_=LargeBinary())
    )
    for number, data in enumerate(pages):
        with engine.begin() as connection:
            connection.execute(statement, {"number": number, "data": data})


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
