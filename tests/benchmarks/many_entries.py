"""Entries of ten years for the search, made at once: words that stand in many, in some, in hardly any, and signs at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from time import perf_counter
from uuid import UUID

from sqlalchemy import Connection, Engine, select, text

from desktop.database import search_here
from desktop.database.bulk import bulk_insert_plain, without_checks
from desktop.database.security.search_sql import INDEX_MISSING
from desktop.domain.ids import new_id
from desktop.models import Base
from desktop.models.households import Household
from tests.benchmarks.large_office import COLUMNS
from tests.support.desk import SmallOffice
from tests.support.factories import days_ago

CHUNK = 20_000
_COLUMNS = {
    **COLUMNS,
    "search_text": "noun row_id office_id household_id event_on author_id kind only_for folded",
}
_DAYS = 3_600
#: So many entries are made one by one; PostgreSQL copies them until there are enough.
_MADE = 50_000
_INDEX = "SELECT pg_get_indexdef('ix_search_text_grams'::regclass)"
_OFTEN = ("通院", "服薬", "就労", "面接", "体調", "家賃", "買物", "食事")
_SOMETIMES = (
    "糖尿病",
    "カルテ",
    "骨折",
    "ヘルパー",
    "求職活動",
    "障害年金",
    "民生委員",
    "介護認定",
)
_SELDOM = ("行旅病人", "滲出性中耳炎", "ヤングケアラー")
_SIGNS = "日月火水木金土山川田町市村人口手足目耳心気力男女子父母兄弟姉妹車電話書類年金病薬店仕事時間分半今朝昼夜"


def fill(engine: Engine, office: SmallOffice, entries: int) -> None:
    """Entries without guards and triggers, then the text of the search at once, as a new office is filled."""
    on_server = engine.dialect.name == "postgresql"
    with office.work() as session:
        of_office = Household.office_id == office.head.office_id
        households = list(session.scalars(select(Household.id).where(of_office)))
    made = min(entries, _MADE) if on_server else entries
    rows = _rows(office, households, made)
    tables = [Base.metadata.tables[name] for name in ("entry", "segment")]
    marks = [perf_counter()]
    with engine.begin() as connection:
        if on_server:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            search_here.take_away(connection)
        with without_checks(connection, tables):
            while chunk := list(islice(rows, CHUNK)):
                for table, part in zip(tables, zip(*chunk, strict=True), strict=True):
                    bulk_insert_plain(connection, table, COLUMNS[table.name].split(), part)
    marks.append(perf_counter())
    with engine.begin() as connection:
        index = connection.scalar(text(_INDEX)) if on_server else None
        if index:
            connection.execute(text("DROP INDEX ix_search_text_grams"))
            connection.execute(text(INDEX_MISSING))
            marks.append(perf_counter())
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for number in range(1, entries // made):
                _copy(connection, number)
        else:
            search_here.prepare(connection)
            marks.append(perf_counter())
    marks.append(perf_counter())
    with engine.begin() as connection:
        if index:
            connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
            connection.exec_driver_sql(index)
    marks.append(perf_counter())
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if on_server else "ANALYZE"))
        written, folded, copied, indexed = (b - a for a, b in pairwise(marks))
        print(
            f"{engine.dialect.name}, {entries:,} entries: {made:,} written in {written:.0f} s, their text of the search in"
            f" {folded:.0f} s, copied until there are enough in {copied:.0f} s, index of pairs in {indexed:.0f} s;"
            f" {_sizes(connection, on_server=on_server)}",
            flush=True,
        )


def _copy(connection: Connection, number: int) -> None:
    """The entries made first once more, each on another day: the same words, in as large a share of all."""
    if number == 1:
        connection.execute(
            text("CREATE TEMPORARY TABLE made AS SELECT id AS entry_id, id AS made_id FROM entry")
        )
    connection.execute(text("UPDATE made SET made_id = gen_random_uuid()"))
    day = f"date '{days_ago(0)}' - ((:number * 37 + abs(hashtext(m.made_id::text)::bigint)) % {_DAYS})::integer"
    for table, key, changed in (
        ("entry", "id", {"id": "m.made_id", "event_on": day}),
        ("segment", "entry_id", {"entry_id": "m.made_id", "segment_id": "gen_random_uuid()"}),
        ("search_text", "row_id", {"row_id": "m.made_id", "event_on": day}),
    ):
        columns = _COLUMNS[table].split()
        values = ", ".join(changed.get(name, f"t.{name}") for name in columns)
        connection.execute(
            text(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values}"  # noqa: S608 - names of ours
                f" FROM made m JOIN {table} t ON t.{key} = m.entry_id"
            ),
            {"number": number},
        )


def _rows(
    office: SmallOffice, households: Sequence[UUID], entries: int
) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    chance, office_id = random.Random(8), office.head.office_id.hex
    author = office.caseworker.staff_id.hex
    for number in range(entries):
        household, entry = households[number % len(households)].hex, new_id().hex
        day = days_ago(chance.randrange(_DAYS)).isoformat()
        at = f"{day} 03:00:00.000000"
        yield (
            (
                entry, office_id, household, None, None, "home_visit", "office", "approved", "writing", day, at, at,
                author, 1, "0", 0, 20, "0", 0,
            ),
            (entry, 1, new_id().hex, office_id, household, 0, "facts", "", _text(chance)),
        )  # fmt: skip


def _text(chance: random.Random) -> str:
    """Some 120 characters: words that stand in many entries, in some, in hardly any, and signs at random."""
    words = ["訪問した。", *(chance.choice(_OFTEN) for _ in range(2))]
    if chance.random() < 0.02:
        words.append(chance.choice(_SOMETIMES))
    if chance.random() < 0.0003:
        words.append(chance.choice(_SELDOM))
    if chance.random() < 0.1:
        words.append(
            f"R{chance.randrange(1, 7)}.{chance.randrange(1, 13)}.{chance.randrange(1, 29)}"
        )
    words += ["".join(chance.choices(_SIGNS, k=12)) + "。" for _ in range(8)]
    chance.shuffle(words)
    return "".join(words)


def _sizes(connection: Connection, *, on_server: bool) -> str:
    if not on_server:
        pages = connection.scalar(text("PRAGMA page_count")) or 0
        return f"file {pages * 4096 / 2**20:.0f} MB"
    sizes = {
        "index of pairs": "pg_relation_size('ix_search_text_grams')",
        "search_text whole": "pg_total_relation_size('search_text')",
        "its rows": "pg_relation_size('search_text')",
        "segment whole": "pg_total_relation_size('segment')",
    }
    return ", ".join(
        f"{name} {(connection.scalar(text(f'SELECT {size}')) or 0) / 2**20:.0f} MB"
        for name, size in sizes.items()
    )
