"""Every cell of reach: role × relation to the household × visibility class. What the program says of somebody's
duty (`SignedInStaff`, the training office's use cases) and what PostgreSQL shows his login must be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from desktop.database.engine import make_engine
from desktop.database.reading import ReadingDoor
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.errors import NotPermittedError, ReasonNeededError
from desktop.domain.households import HouseholdFilter, HouseholdState, Relation, SafetyMarkKind
from desktop.domain.kana import fold
from desktop.domain.office import AssignmentKind, DatabaseKind, SignedInStaff
from desktop.domain.roles import Permission, Role
from desktop.models.households import Household, Member, PersonKey, SafetyMark
from desktop.models.office import (
    DatabaseInfo,
    District,
    Office,
    PersonAssignment,
    Staff,
    StaffAbsence,
)
from desktop.services.households import HouseholdService
from desktop.services.masters.seed import seed
from desktop.services.sign_in import SignIn
from tests.database.security.cells import Undone
from tests.support import factories
from tests.support.databases import FreshDatabases
from tests.support.factories import CLOCK, add, days_ago
from tests.support.people import PASSWORD, let_in

RELATIONS = (
    "own district",
    "deputy's district",
    "team's district",
    "supervised district",
    "district of an absent colleague",
    "team of an absent colleague",
    "district of a colleague who is back",
    "supervised by an absent supervisor",
    "person in care",
    "person in care who left",
    "person in care till yesterday",
    "district held till yesterday",
    "another's district",
    "other office",
)
SHIELDED = "支援措置 "
#: What opens without a reason, for roles with districts of their own.
NEAR = set(RELATIONS[:6]) | {"supervised by an absent supervisor", "person in care"}
HEAD_NAME = "秘匿 花子"
#: A member's name as search words have it.
WORD = fold("ヒトクハナコ")


@dataclass(frozen=True)
class Reaches:
    """The office: a person of each role, and each person's households by relation, plain and shielded."""

    engine: Engine
    people: Mapping[Role, SignedInStaff]
    households: Mapping[Role, Mapping[str, UUID]]


class _Maker:
    """Makes one person's surroundings. `authors` are people of each office who are near no household."""

    def __init__(
        self,
        session: Session,
        office: Office,
        other: Office,
        role: Role,
        authors: Mapping[UUID, Staff],
    ) -> None:
        self.session, self.office, self.other, self.authors = session, office, other, authors
        self.staff = factories.make_staff(session, role, office=office)
        self.households: dict[str, UUID] = {}

    def make(self) -> None:
        """Every relation, with a plain and a shielded household."""
        leader = factories.make_staff(self.session, Role.SUPERVISOR, office=self.office)
        away_leader = factories.make_staff(self.session, Role.SUPERVISOR, office=self.office)
        self.within("own district", leader=leader, main=self.staff)
        self.within("team's district", leader=leader)
        self.within("deputy's district", deputy=self.staff)
        self.within("supervised district", leader=self.staff)
        away = self.absent(until=None)
        self.within("district of an absent colleague", leader=away_leader, main=away)
        self.within("team of an absent colleague", leader=away_leader)
        self.within("district of a colleague who is back", main=self.absent(until=days_ago(1)))
        self.within("supervised by an absent supervisor", leader=self.absent(until=None))
        self.in_care("person in care")
        self.in_care("person in care who left", left=True)
        self.in_care("person in care till yesterday", ended=True)
        former = self.within("district held till yesterday")
        factories.assign(self.session, self.staff, former, until=days_ago(1))
        self.within(
            "another's district", main=factories.make_staff(self.session, office=self.office)
        )
        self.placed("other office", factories.make_district(self.session, self.other))

    def within(
        self,
        relation: str,
        *,
        leader: Staff | None = None,
        main: Staff | None = None,
        deputy: Staff | None = None,
    ) -> District:
        """Households in a district with these people."""
        district = factories.make_district(self.session, self.office)
        for staff, kind in (
            (leader, AssignmentKind.SUPERVISOR),
            (main, AssignmentKind.MAIN),
            (deputy, AssignmentKind.DEPUTY),
        ):
            if staff is not None:
                factories.assign(self.session, staff, district, kind)
        self.placed(relation, district)
        return district

    def absent(self, *, until: object) -> Staff:
        """Somebody away, for whom the person stands in."""
        away = factories.make_staff(self.session, office=self.office)
        absence = StaffAbsence(
            office_id=self.office.id,
            staff_id=away.id,
            substitute_id=self.staff.id,
            valid_from=days_ago(5),
            valid_to=until,
        )
        add(self.session, absence)
        return away

    def in_care(self, relation: str, *, left: bool = False, ended: bool = False) -> None:
        """Households in which somebody of the person's care lives or lived."""
        for household in self.placed(relation, factories.make_district(self.session, self.office)):
            person = factories.make_person(self.session, self.office)
            key = {"office_id": self.office.id, "person_id": person.id, "valid_from": days_ago(9)}
            member = Member(
                **key,
                household_id=household.id,
                relation=Relation.CHILD,
                is_head=False,
                valid_to=days_ago(1) if left else None,
            )
            add(self.session, member)
            care = PersonAssignment(
                **key, staff_id=self.staff.id, valid_to=days_ago(1) if ended else None
            )
            add(self.session, care)

    def placed(self, relation: str, district: District) -> list[Household]:
        """A plain and a shielded household with an entry each."""
        office = self.session.get_one(Office, district.office_id)
        made = []
        for prefix in ("", SHIELDED):
            head = factories.make_person(self.session, office, name=HEAD_NAME, kana="ヒトク")
            hidden: dict[str, Any] = {}
            if prefix:
                hidden = {"is_shielded": True, "head_name": "", "head_kana": ""}
            household = factories.make_household(
                self.session, district=district, head=head, **hidden
            )
            if prefix:
                _mark(self.session, household)
            author = self.authors[office.id]
            factories.make_entry(
                self.session, household, author, state="approved", approved_version=1
            )
            key = {"office_id": office.id, "household_id": household.id}
            self.session.add(PersonKey(**key, word=WORD))
            self.households[prefix + relation] = household.id
            made.append(household)
        return made


def _mark(session: Session, household: Household) -> None:
    mark = SafetyMark(
        office_id=household.office_id,
        household_id=household.id,
        kind=SafetyMarkKind.SHIELDED,
        valid_from=days_ago(30),
    )
    session.add(mark)


def make_reaches(engine: Engine) -> Reaches:
    """Set the office up, by an administrator of the server."""
    work = UnitOfWork(engine)
    with work() as session:
        office = factories.make_office(session)
        other = factories.make_office(session)
        seed(session, office.id, CLOCK.now())
        add(session, DatabaseInfo(kind=DatabaseKind.TRAINING, created_at=CLOCK.now()))
        authors = {o.id: factories.make_staff(session, office=o) for o in (office, other)}
        makers = {role: _Maker(session, office, other, role, authors) for role in Role}
        for maker in makers.values():
            maker.make()
    sign_in = SignIn(work, CLOCK)
    return Reaches(
        engine=engine,
        people={role: sign_in.sign_in(maker.staff.login) for role, maker in makers.items()},
        households={role: maker.households for role, maker in makers.items()},
    )


@pytest.fixture(scope="module")
def training(
    fresh_databases: FreshDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Reaches]:
    """The office on SQLite."""
    folder: Path = tmp_path_factory.mktemp("reaches")
    with fresh_databases.sqlite(folder) as url:
        engine = make_engine(url)
        yield make_reaches(engine)
        engine.dispose()


@pytest.fixture(scope="module")
def server(fresh_databases: FreshDatabases) -> Iterator[Reaches]:
    """The office on PostgreSQL."""
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        yield make_reaches(engine)
        engine.dispose()


@dataclass(frozen=True)
class Seen:
    """The households (by relation) of which one side shows what; `names` are those of shielded ones."""

    directory: frozenset[str]
    facts: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]
    opened: frozenset[str]
    opened_with_reason: frozenset[str]
    content_before: frozenset[str]
    content: frozenset[str]


def expected(role: Role, person: SignedInStaff) -> Seen:
    """What the matrix and the roles say, from the relations alone."""
    home = set(RELATIONS) - {"other office"}
    finds, opens = person.may(Permission.FIND_HOUSEHOLDS), person.may(Permission.OPEN_CASE_FILES)
    near = home if person.is_office_wide else NEAR
    near = near if opens else set()
    all_home = _both(home if finds else set())
    return Seen(
        directory=all_home,
        facts=_both(near),
        words=_both(near),
        names=frozenset(SHIELDED + relation for relation in near),
        opened=_both(near),
        opened_with_reason=_both(home if opens else set()),
        content_before=frozenset(),
        content=_both(home if opens else set()),
    )


def _both(relations: set[str]) -> frozenset[str]:
    return frozenset(relations) | {SHIELDED + relation for relation in relations}


def there(server: Reaches, role: Role) -> Seen:
    """What PostgreSQL shows the person's own login, by raw SQL."""
    person, households = server.people[role], server.households[role]
    let_in(server.engine, person)
    url = server.engine.url
    with psycopg.connect(
        host=url.host, port=url.port, user=person.login, password=PASSWORD, dbname=url.database
    ) as connection:
        connection.execute("SELECT set_config('test.now', %s, false)", (CLOCK.now().isoformat(),))
        connection.commit()

        def shown(statement: str) -> frozenset[str]:
            try:
                ids = {row[0] for row in connection.execute(statement.encode())}
            except psycopg.errors.InsufficientPrivilege:
                ids = set()
            connection.rollback()
            return frozenset(name for name, h in households.items() if h in ids)

        def opens(household_id: UUID, reason: str) -> bool:
            try:
                connection.execute(
                    "SELECT app.open_files('file', %s, %s)", ([household_id], reason)
                )
            except psycopg.Error as error:
                if error.sqlstate not in {"BS403", "BS428"}:
                    raise
                return False
            finally:
                connection.rollback()
            return True

        def opened(reason: str) -> frozenset[str]:
            return frozenset(name for name, h in households.items() if opens(h, reason))

        content = "SELECT household_id FROM segment"
        before = shown(content)
        with_reason = opened("電話当番")
        found = {
            "directory": shown("SELECT id FROM household"),
            "facts": shown("SELECT household_id FROM entry"),
            "words": shown(f"SELECT household_id FROM person_key WHERE word = '{WORD}'"),
            "names": shown(
                "SELECT h.id FROM household h JOIN member m ON m.household_id = h.id"
                " JOIN person p ON p.id = m.person_id WHERE h.is_shielded AND m.is_head"
            ),
            "opened": opened(""),
        }
        for name in with_reason:
            connection.execute(
                "SELECT app.open_files('file', %s, '電話当番')", ([households[name]],)
            )
        connection.commit()
        return Seen(
            **found,
            opened_with_reason=with_reason,
            content_before=before,
            content=shown(content),
        )


def here(training: Reaches, role: Role) -> Seen:
    """What the training office's use cases show. Tables have no policies there: reading is judged by the door."""
    person, households = training.people[role], training.households[role]
    work = Undone(training.engine)

    def service() -> HouseholdService:
        return HouseholdService(work, CLOCK, person, ReadingDoor(work, CLOCK, person))

    def opened(reason: str) -> frozenset[str]:
        found = set()
        for name, household_id in households.items():
            try:
                service().open_file(household_id, reason=reason)
            except (NotPermittedError, ReasonNeededError):
                continue
            found.add(name)
        return frozenset(found)

    listed, by_word = _found(service(), ""), _found(service(), "ヒトクハナコ")
    by_name = {name for name, h in households.items() if h in listed and listed[h] == HEAD_NAME}
    with_reason = opened("電話当番")
    return Seen(
        directory=frozenset(name for name, h in households.items() if h in listed),
        facts=frozenset(
            name
            for name, h in households.items()
            if h in listed and _has_duty(training.engine, person, h)
        ),
        words=frozenset(name for name, h in households.items() if h in by_word),
        names=frozenset(name for name in by_name if name.startswith(SHIELDED)),
        opened=opened(""),
        opened_with_reason=with_reason,
        content_before=frozenset(),
        content=with_reason,
    )


def _found(service: HouseholdService, text: str) -> dict[UUID, str]:
    given = HouseholdFilter(text=text, states=tuple(HouseholdState))
    try:
        return {row.household_id: row.head_name for row in service.page(given, 0, 1000)}
    except NotPermittedError:
        return {}


def _has_duty(engine: Engine, person: SignedInStaff, household_id: UUID) -> bool:
    with UnitOfWork(engine)() as session:
        district_id = session.get_one(Household, household_id).district_id
    return person.may(Permission.OPEN_CASE_FILES) and person.has_duty_for(household_id, district_id)


def test_everybody_reaches_the_same_on_both_databases(training: Reaches, server: Reaches):
    """All roles in one test: making the two offices takes longer than asking them, and a worker makes its own."""
    said = {role: expected(role, server.people[role]) for role in Role}
    assert {role: here(training, role) for role in Role} == said
    assert {role: there(server, role) for role in Role} == said
