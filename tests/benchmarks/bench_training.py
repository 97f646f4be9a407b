"""Making a training office, beside writing rows of the same kind through the ORM's unit of work.

Run: python -m tests.benchmarks.bench_training [HOUSEHOLDS ...] [--database URL]. Without --database on SQLite files in a
temporary folder; with it on that (empty) PostgreSQL database, for one size. CPU and wall seconds, rows a second, memory.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from time import perf_counter, process_time
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop.database import migrate
from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.records import SegmentKind
from desktop.models.records import SegmentText
from desktop.services import training

TODAY = date(2026, 11, 24)
SIZES = (30, 240, 3000)
ORM_ROWS = 20_000
TEXT = "定期の訪問。主と居室で面接した。通院は途切れていない。家賃の領収書を確認した。" * 3


class Measured(NamedTuple):
    rows: int
    cpu: float
    wall: float


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("households", nargs="*", type=int, default=SIZES)
    arguments.add_argument("--database")
    args = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for number, households in enumerate(args.households):
            url = args.database or f"sqlite:///{folder}/{number}.sqlite"
            made = measured(url, households)
            print(f"{households:>7,} households: {line(made)}, memory at most {most_memory()}")
        orm = through_the_orm(f"sqlite:///{folder}/orm.sqlite")
        print(f"the ORM, {ORM_ROWS:,} segments:  {line(orm)}")


def measured(url: str, households: int) -> Measured:
    cpu, wall = process_time(), perf_counter()
    made = training.create(url, households=households, seed=1, today=TODAY)
    return Measured(sum(made.rows.values()), process_time() - cpu, perf_counter() - wall)


def through_the_orm(url: str) -> Measured:
    """Rows of the largest table, written the ordinary way (references unchecked, as in the bulk)."""
    migrate.upgrade(url)
    engine = make_engine(url)
    ids = new_id(), new_id(), new_id()
    with Session(engine) as session:
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        cpu, wall = process_time(), perf_counter()
        session.add_all(segment(*ids) for _ in range(ORM_ROWS))
        session.flush()
        found = Measured(ORM_ROWS, process_time() - cpu, perf_counter() - wall)
        session.rollback()
    engine.dispose()
    return found


def segment(entry_id, office_id, household_id) -> SegmentText:
    return SegmentText(
        entry_id=entry_id,
        version=1,
        segment_id=new_id(),
        office_id=office_id,
        household_id=household_id,
        position=0,
        kind=SegmentKind.FACTS,
        source="本人の話",
        text=TEXT,
    )


def line(found: Measured) -> str:
    return f"{found.wall:7.1f} s ({found.cpu:.1f} s CPU), {found.rows:,} rows, {found.rows / found.wall:,.0f} rows/s"


def most_memory() -> str:
    if sys.platform == "win32":
        return "unknown"
    import resource  # noqa: PLC0415 - not on Windows

    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    main()
