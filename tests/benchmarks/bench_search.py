"""The search over many entries as three people: section head (whole office), supervisor of eight districts, a caseworker alone in one.

Beside it LIKE over the same texts by the same person: on PostgreSQL under the policies, with a ticket that opens every file of
that person. Every search is a ticket, its reading and its fifty snippets; what it finds is held against a slow exact scan.
Run: python -m tests.benchmarks.bench_search [ENTRIES] [sqlite|postgresql].
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, select, text

from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.office import AssignmentKind, SignedInStaff
from desktop.domain.search import PAGE, SearchAsked, SearchNoun
from desktop.domain.search_text import fold_text, read_query, says
from desktop.models.households import Household
from desktop.models.office import Assignment, District, Staff
from desktop.models.records import EntryRecord, SegmentText
from tests.benchmarks.large_office import large_office
from tests.benchmarks.many_entries import fill
from tests.benchmarks.timing import fresh_databases, report, rounds
from tests.support import factories
from tests.support.databases import FreshDatabases
from tests.support.desk import Desk, SmallOffice
from tests.support.factories import days_ago

ENTRIES, A_HOUSEHOLD, CHUNK = 100_000, 100, 20_000
#: Milliseconds to be reached by any word, warm (DESIGN section 8).
_REACH = 300.0
#: Fewer where LIKE alone takes seconds.
_ROUNDS, _FEW, _LARGE = 10, 5, 500_000
#: One character, two, more; everywhere, often, seldom, hardly ever, never.
WORDS = (
    "訪",
    "通院",
    "糖尿病",
    "ｶﾙﾃ",
    "行旅病人",
    "滲出性中耳炎",
    "令和4年5月",
    "通院 -就労",
    "就労 骨折",
    "無い言葉",
)
#: What a search can be narrowed by, with the word that a fifth of the entries have.
NARROWED: Mapping[str, Callable[[SmallOffice], dict[str, Any]]] = {
    "a kind nobody used": lambda _office: {"kind": "telephone"},
    "an author of everything": lambda office: {"author_id": office.caseworker.staff_id},
    "the last month": lambda _office: {"first": days_ago(30)},
    "a month long ago": lambda _office: {"first": days_ago(2_000), "last": days_ago(1_970)},
}
#: Districts of the supervisor.
_TEAM = 8
_TICKET = (
    "INSERT INTO ticket (id, office_id, staff_id, purpose, reason, opened_at, valid_until, xid)"
    " VALUES (:ticket, :office, :staff, 'search', 'all', now() - interval '1 minute', now() + interval '1 day', '1')"
)
_OPENED = "INSERT INTO ticket_household (ticket_id, household_id, outside_duty) SELECT :ticket, h, false FROM unnest(CAST(:ids AS uuid[])) h"


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    kinds = sys.argv[2:] or ["sqlite", "postgresql"]
    with ExitStack() as stack:
        databases = stack.enter_context(fresh_databases())
        for kind in kinds:
            measure(databases, kind, entries)


def measure(databases: FreshDatabases, kind: str, entries: int) -> None:
    """Each word in turn with LIKE over the texts."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(
            databases.sqlite(folder) if kind == "sqlite" else databases.postgresql()
        )
        engine = make_engine(url)
        households = max(1, entries // A_HOUSEHOLD)
        office = large_office(engine, visible=households, households=households)
        fill(engine, office, entries)
        people = three_people(office)
        exact = scanned(engine, office, people)
        for who, person in people.items():
            desk = office.desk(person)
            with opened_whole(engine, office, person):
                for words in WORDS:
                    where = f"{kind}, {entries:,} entries, {who}"
                    measure_word(desk, words, where, _FEW if entries >= _LARGE else _ROUNDS)
                    assert first_page(desk, words) == exact[who, words], (who, words)
                for name, narrowed in NARROWED.items():
                    where = f"{kind}, {entries:,} entries, {who}, {name}"
                    measure_word(desk, "通院", where, _FEW, **narrowed(office))
            desk.work.engine.dispose()
        print(f"{kind}: all {len(exact)} pages are those of an exact scan", flush=True)
        office.work.engine.dispose()
        engine.dispose()


def three_people(office: SmallOffice) -> dict[str, SignedInStaff]:
    """The section head, the supervisor of eight districts, and a caseworker whose supervisor has no other district."""
    with office.work() as session:
        staff = session.get_one(Staff, office.supervisor.staff_id)
        known = office.caseworker.district_ids | office.outsider.district_ids
        mine = select(Assignment.staff_id, Assignment.district_id).where(
            Assignment.kind == AssignmentKind.MAIN, Assignment.district_id.not_in(known)
        )
        others = session.execute(mine.order_by(Assignment.district_id).limit(_TEAM)).all()
        for row in others[1:]:
            factories.assign(
                session,
                staff,
                session.get_one(District, row.district_id),
                AssignmentKind.SUPERVISOR,
            )
        alone = others[0].staff_id if others else office.caseworker.staff_id
        return {
            "head": office.head,
            "supervisor": factories.signed_in(session, staff),
            "caseworker": factories.signed_in(session, session.get_one(Staff, alone)),
        }


def scanned(
    engine: Engine, office: SmallOffice, people: Mapping[str, SignedInStaff]
) -> dict[tuple[str, str], list[UUID]]:
    """The slow answer: every text is folded and read, newest first, until each person has a page of each query."""
    terms = {words: read_query(words) for words in WORDS}
    households = {who: household_ids(office, person) for who, person in people.items()}
    found: dict[tuple[str, str], list[UUID]] = {(w, q): [] for w in people for q in WORDS}
    newest = (
        select(EntryRecord.id, EntryRecord.household_id, SegmentText.text)
        .join(SegmentText, SegmentText.entry_id == EntryRecord.id)
        .order_by(EntryRecord.event_on.desc(), EntryRecord.id.desc())
        .execution_options(yield_per=CHUNK)
    )
    with engine.connect() as connection:
        for row in connection.execute(newest):
            folded = fold_text(row.text)
            for words, asked in terms.items():
                if says(folded, asked):
                    for who, near in households.items():
                        if row.household_id in near and len(found[who, words]) < PAGE:
                            found[who, words].append(row.id)
    return found


def household_ids(office: SmallOffice, person: SignedInStaff) -> frozenset[UUID]:
    """The files whose entries the person finds."""
    h = Household
    near = (
        h.office_id == person.office_id
        if person.is_office_wide
        else h.district_id.in_(person.duty_district_ids)
    )
    with office.work() as session:
        return frozenset(session.scalars(select(h.id).where(near)))


def first_page(desk: Desk, words: str) -> list[UUID]:
    """The entries that the search shows first."""
    asked = SearchAsked(words=words, is_widened=False, noun=SearchNoun.ENTRY)
    return [hit.row_id for hit in desk.search.find(asked).hits]


def measure_word(desk: Desk, words: str, where: str, count: int, **narrowed: Any) -> None:
    """One word as the person searches for it."""
    asked = SearchAsked(words=words, is_widened=False, **narrowed)
    total = desk.search.find(asked).total
    word = words.split(maxsplit=1)[0]
    times = rounds(lambda: desk.search.find(asked), lambda: like(desk, word), count=count)
    report(f"{where}, {words}: {total:,} found", times, "LIKE", reach=_REACH)


def like(desk: Desk, word: str) -> int:
    """What a program without an index does: read every text that the person may read, newest fifty."""
    statement = text(
        "SELECT s.entry_id FROM segment s JOIN entry e ON e.id = s.entry_id WHERE s.text LIKE :word"
        " ORDER BY e.event_on DESC, e.id DESC LIMIT 50"
    )
    with desk.work() as session:
        return len(session.execute(statement, {"word": f"%{word}%"}).all())


@contextmanager
def opened_whole(engine: Engine, office: SmallOffice, person: SignedInStaff) -> Iterator[None]:
    """A ticket that opens every file of the person, for LIKE under the policies; nothing where there are none."""
    if engine.dialect.name != "postgresql":
        yield
        return
    ticket = {"ticket": new_id(), "office": person.office_id, "staff": person.staff_id}
    ids = list(household_ids(office, person))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(_TICKET), ticket)
        connection.execute(text(_OPENED), {"ticket": ticket["ticket"], "ids": ids})
    yield
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table, column in (("ticket_household", "ticket_id"), ("ticket", "id")):
            connection.execute(text(f"DELETE FROM {table} WHERE {column} = :ticket"), ticket)  # noqa: S608


if __name__ == "__main__":
    main()
