"""Making a training office, beside writing the same rows plainly: executemany on SQLite, COPY on PostgreSQL.

Run: python -m tests.benchmarks.bench_training [HOUSEHOLDS ...] [--database URL] [--workers N]. Without --database on
SQLite files in a temporary folder and on a PostgreSQL server of its own; with it on that (empty) database, for one size.
The plain writing takes rows that are there already (up to 200,000 of each table) into tables with all their keys and
indexes, references unchecked: nothing is invented, composed or hashed. Seconds by phase, rows a second, memory.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from desktop.database import migrate
from desktop.database.engine import make_engine, parse_url
from desktop.database.loading import is_server
from desktop.services import training
from desktop.services.training.rows import COLUMNS
from tests.benchmarks.timing import fresh_databases

TODAY = date(2026, 11, 24)
SIZES = (30, 240, 3000)
MOST_ROWS = 200_000


class Written(NamedTuple):
    rows: int
    seconds: float


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("households", nargs="*", type=int, default=SIZES)
    arguments.add_argument("--database")
    arguments.add_argument("--workers", type=int)
    args = arguments.parse_args()
    if args.database:
        compared(args.database, args.households[0], args.workers)
        return
    with tempfile.TemporaryDirectory() as folder, fresh_databases() as databases:
        for number, households in enumerate(args.households):
            compared(f"sqlite:///{folder}/{number}.sqlite", households, args.workers)
            with databases.postgresql() as url:
                compared(url, households, args.workers)


def compared(url: str, households: int, workers: int | None) -> None:
    engine = "PostgreSQL" if is_server(url) else "SQLite"
    made, memory = created(url, households, workers), most_memory()
    plain = copied(url) if is_server(url) else executed(url)
    ours, theirs = made.rows / made.seconds, plain.rows / plain.seconds
    print(
        f"{households:>7,} households, {engine}: {made.rows:,} rows in {made.seconds:.1f} s, {ours:,.0f} rows/s | "
        f"plain {'COPY' if is_server(url) else 'executemany'} of {plain.rows:,} of them: {theirs:,.0f} rows/s | "
        f"ratio {ours / theirs:.2f} | {memory}",
        flush=True,
    )


def created(url: str, households: int, workers: int | None) -> Written:
    started, phases, cpu = perf_counter(), dict[str, float](), cpu_seconds()
    made = training.create(
        url,
        households=households,
        seed=1,
        today=TODAY,
        workers=workers,
        progress=lambda _done, _total, what: phases.setdefault(what, perf_counter()),
    )
    marks = [started, *phases.values(), perf_counter()]
    spent = (later - before for before, later in pairwise(marks))
    named = zip(("plan, empty tables", "rows", "keys, indexes, statistics"), spent, strict=True)
    told = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in named)
    print(f"        {told}; CPU without the server {cpu_seconds() - cpu:.1f} s", flush=True)
    return Written(sum(made.rows.values()), perf_counter() - started)


def cpu_seconds() -> float:
    """Of this process and of the workers that have ended."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def executed(url: str) -> Written:
    """The rows of an SQLite office once more, by executemany into a new file."""
    source = Path(str(parse_url(url).database))
    target = source.with_suffix(".plain")
    migrate.upgrade(f"sqlite:///{target.as_posix()}")
    found = Written(0, 0.0)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        for name, columns in COLUMNS.items():
            rows = old.execute(f"SELECT {', '.join(columns)} FROM {name} LIMIT {MOST_ROWS}").fetchall()  # noqa: S608  # fmt: skip
            statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
            started = perf_counter()
            new.executemany(statement, rows)
            new.commit()
            found = Written(found.rows + len(rows), found.seconds + perf_counter() - started)
    target.unlink()
    return found


def copied(url: str) -> Written:
    """The rows of a PostgreSQL office once more, by COPY into tables beside its own."""
    engine = make_engine(url)
    found = Written(0, 0.0)
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor:
            for name, columns in COLUMNS.items():
                rows, content = dumped(cursor, name, columns)
                cursor.execute(f"CREATE TEMP TABLE plain_{name} (LIKE {name} INCLUDING ALL)")
                started = perf_counter()
                with cursor.copy(f"COPY plain_{name} ({', '.join(columns)}) FROM STDIN") as copy:
                    for part in content:
                        copy.write(part)
                found = Written(found.rows + rows, found.seconds + perf_counter() - started)
                cursor.execute(f"DROP TABLE plain_{name}")
    engine.dispose()
    return found


def dumped(cursor: Any, name: str, columns: tuple[str, ...]) -> tuple[int, list[bytes]]:
    query = f"COPY (SELECT {', '.join(columns)} FROM {name} LIMIT {MOST_ROWS}) TO STDOUT"  # noqa: S608
    with cursor.copy(query) as copy:
        content = list(parts(copy))
    return int(cursor.rowcount), content


def parts(copy: Any) -> Iterator[bytes]:
    for part in copy:
        yield bytes(part)


def most_memory() -> str:
    if sys.platform == "win32":
        return "memory unknown"
    import resource  # noqa: PLC0415 - not on Windows

    own, worker = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return f"at most {own:.0f} MB here and {worker:.0f} MB in a worker or server program"


if __name__ == "__main__":
    main()
