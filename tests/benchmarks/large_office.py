"""A database of many households, written at once: one office that is looked at, and others beside it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Connection, Engine, Table, text
from sqlalchemy.orm import Session

from desktop.database.bulk import bulk_insert_plain, without_checks
from desktop.domain.ids import new_id
from desktop.domain.records import SegmentKind
from desktop.domain.roles import Role
from desktop.domain.search_words import beyond, directory_words, list_order, person_words
from desktop.models import Base
from desktop.models.households import Household
from desktop.models.office import Office
from tests.support import factories
from tests.support.desk import SmallOffice, small_office

DISTRICT_SIZE = 100
CHUNK = 10_000
FAMILIES = tuple(zip("青赤石上大岡川木黒小坂沢白関高竹谷中西野林東古松三村森山吉若",
                     ["アオ", "アカ", "イシ", "ウエ", "オオ", "オカ", "カワ", "キ", "クロ", "コ", "サカ", "サワ", "シロ", "セキ", "タカ", "タケ", "タニ", "ナカ", "ニシ", "ノ", "ハヤシ", "ヒガシ", "フル", "マツ", "ミ", "ムラ", "モリ", "ヤマ", "ヨシ", "ワカ"], strict=True))  # fmt: skip
ENDINGS = (("田", "ダ"), ("原", "ハラ"), ("本", "モト"), ("島", "シマ"), ("井", "イ"))
GIVEN = (
    ("試一", "シイチ"),
    ("仮子", "カリコ"),
    ("見太", "ミタ"),
    ("架奈", "カナ"),
    ("例美", "レイミ"),
)
TOWNS = tuple(f"{tree}{kind}" for tree in "桜松竹梅杉桐楓椿柳桂" for kind in ("町", "台", "ヶ丘"))
STATES = ("receiving",) * 10 + ("suspended", "closed")
TYPES = ("elderly", "disabled", "ill", "mother_child", "other")
COLUMNS = {
    "household": "id office_id case_number district_id state household_type head_name head_kana sort_key "
    "member_count is_shielded version",
    "person": "id office_id person_number name kana birth_date sex version",
    "member": "id office_id household_id person_id relation is_head valid_from",
    "household_key": "office_id word household_id",
    "person_key": "office_id word household_id",
    "contact": "id office_id household_id happened_on method place result_code is_home_visit is_absence",
    "entry": "id office_id household_id contact_id number kind origin state change event_on recorded_at saved_at "
    "author_id version content_hash is_annulled body_length body_digest body_sketch",
    "entry_version": "entry_id version office_id household_id change kind contact_id saved_at content_hash",
    "segment": "entry_id version segment_id office_id household_id position kind source text",
}
OF_ENTRIES = frozenset({"contact", "entry", "entry_version", "segment"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where made-up households go: an office, its districts, and who writes there."""

    office_id: UUID
    district_ids: Sequence[UUID]
    author_id: UUID


def large_office(
    engine: Engine, *, visible: int, households: int, with_entries: bool = False
) -> SmallOffice:
    """A small office that has grown to `visible` households, and a second office with all the others.

    With entries every household has one, so that its rows lie between those of a file that is opened.
    """
    small = small_office(engine)
    with small.work() as session:
        here = _here(session, small, visible)
        there = _there(session, households - visible)
    tables = [
        Base.metadata.tables[name] for name in COLUMNS if with_entries or name not in OF_ENTRIES
    ]
    with engine.begin() as connection, without_checks(connection, tables):
        if _is_server(engine):  # not a line of the audit trail for each made-up row
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for place, count in ((here, visible - 1), (there, households - visible)):
            for start in range(0, count, CHUNK):
                _write(connection, tables, place, range(start, min(start + CHUNK, count)))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if _is_server(engine) else "ANALYZE"))
    return small


def _is_server(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


def _here(session: Session, small: SmallOffice, households: int) -> Place:
    office = session.get_one(Office, small.caseworker.office_id)
    own = session.get_one(Household, small.household_id).district_id
    others = _districts(session, office, households)
    return Place(
        office_id=office.id, district_ids=[own, *others], author_id=small.caseworker.staff_id
    )


def _there(session: Session, households: int) -> Place:
    office = factories.make_office(session)
    author = factories.make_staff(session, office=office)
    districts = [
        factories.make_district(session, office).id, *_districts(session, office, households)
    ]  # fmt: skip
    return Place(office_id=office.id, district_ids=districts, author_id=author.id)


def _districts(session: Session, office: Office, households: int) -> list[UUID]:
    """Districts of a caseworker's size, each with its own."""
    found = []
    for _ in range(households // DISTRICT_SIZE):
        district = factories.make_district(session, office)
        factories.make_staff(session, Role.CASEWORKER, office=office, district=district)
        found.append(district.id)
    return found


def _write(
    connection: Connection, tables: list[Table], place: Place, numbers: Iterable[int]
) -> None:
    rows: dict[str, list[tuple[object, ...]]] = {name: [] for name in COLUMNS}
    for number in numbers:
        for name, row in _case(number, place):
            rows[name].append(row)
    for table in tables:
        bulk_insert_plain(connection, table, COLUMNS[table.name].split(), rows[table.name])


def _case(number: int, place: Place) -> Iterator[tuple[str, tuple[object, ...]]]:
    chance = random.Random(number)
    family, ending, given = (chance.choice(words) for words in (FAMILIES, ENDINGS, GIVEN))
    name = f"{family[0]}{ending[0]}　{given[0]}"
    kana = f"{family[1]}{ending[1]}　{given[1]}"
    born = date(1935, 1, 1) + timedelta(days=chance.randrange(25_000))
    block = f"{chance.randrange(9) + 1}丁目{chance.randrange(40) + 1}番{chance.randrange(20) + 1}号"
    address = f"架空県架空市{chance.choice(TOWNS)}{block}"
    case_number = f"{number + 1:06}"
    office, household, person = place.office_id.hex, new_id().hex, new_id().hex
    district = place.district_ids[number % len(place.district_ids)].hex
    yield "household", (
        household, office, case_number, district, chance.choice(STATES), chance.choice(TYPES), name, kana,
        list_order(case_number, kana), 1, 0, 1,
    )  # fmt: skip
    yield "person", (person, office, f"{number:08}", name, kana, born.isoformat(), "unknown", 1)
    yield "member", (new_id().hex, office, household, person, "head", 1, "2020-04-01")
    directory = directory_words(case_number, name, kana)
    for word in directory:
        yield "household_key", (office, word, household)
    for word in beyond(person_words(name, kana, born, address), directory):
        yield "person_key", (office, word, household)
    yield from _entry(place, household, factories.days_ago(chance.randrange(1800)))


def _entry(place: Place, household: str, day: date) -> Iterator[tuple[str, tuple[object, ...]]]:
    office, entry, contact = place.office_id.hex, new_id().hex, new_id().hex
    at = f"{day.isoformat()} 03:00:00.000000"
    yield "contact", (contact, office, household, day.isoformat(), "visit", "home", "11", 1, 0)
    yield "entry", (
        entry, office, household, contact, 1, "home_visit", "office", "draft", "writing", day.isoformat(), at, at,
        place.author_id.hex, 1, "0", 0, 20, "0", 0,
    )  # fmt: skip
    yield "entry_version", (
        entry, 1, office, household, "writing", "home_visit", contact, at, "0",
    )  # fmt: skip
    yield "segment", (
        entry, 1, new_id().hex, office, household, 0, SegmentKind.FACTS.value, "", "居室で世帯主と面接した。",
    )  # fmt: skip
