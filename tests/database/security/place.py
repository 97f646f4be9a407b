"""An office under attack: its people at raw connections of their own, and what they may reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import Engine

from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryInput, MetPerson, SegmentKind
from desktop.domain.roles import Role
from desktop.models.office import District, Office
from tests.support import factories
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.people import PASSWORD, let_in

Connection = psycopg.Connection[tuple[Any, ...]]
TEXT = "居室で世帯主と面接した。朝食をとり、薬をのんだことを本人から聞いた。居室は片付いていた。"

#: Refused by a grant, a policy or one of the database's own rules.
DENIED = ("42501", "BS403")


@dataclass
class Place:
    """The office and its people; `far_id` is a file of a colleague's district, `foreign_id` of another office."""

    engine: Engine
    office: SmallOffice
    administrator: SignedInStaff
    stranger: SignedInStaff
    far_id: UUID
    foreign_id: UUID
    foreign_district_id: UUID
    foreign_person_id: UUID
    _desks: dict[str, Desk] = field(default_factory=dict)
    _open: list[Connection] = field(default_factory=list)

    def desk(self, staff: SignedInStaff) -> Desk:
        """The person's services, made once."""
        if staff.login not in self._desks:
            self._desks[staff.login] = self.office.desk(staff)
        return self._desks[staff.login]

    def connect(self, staff: SignedInStaff, now: datetime | None = None) -> Connection:
        """A raw connection of the person, as psql would open it; it stays until the test closes it."""
        let_in(self.engine, staff)
        url = self.engine.url
        connection: Connection = psycopg.connect(
            host=url.host,
            port=url.port,
            user=staff.login,
            password=PASSWORD,
            dbname=url.database,
            autocommit=True,
        )
        instant = (now or factories.CLOCK.now()).isoformat()
        connection.execute("SELECT set_config('test.now', %s, false)", (instant,))
        self._open.append(connection)
        return connection

    def hang_up(self) -> None:
        """Close the connections of people."""
        while self._open:
            self._open.pop().close()

    def truth(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What really stands there, as the administrator of the server sees it."""
        with self.engine.begin() as connection:
            driver: Any = connection.connection.driver_connection
            cursor = driver.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    def close_files_of(self, staff: SignedInStaff) -> None:
        """Let every ticket of the person run out."""
        ended = (
            "UPDATE ticket SET valid_until = opened_at - interval '1 second' WHERE staff_id = %s"
        )
        self.truth(ended, (staff.staff_id,))

    def draft(self, by: SignedInStaff | None = None, **changes: Any) -> EntryInput:
        """A draft of a home visit that the person wrote through the program."""
        desk = self.desk(by or self.office.caseworker)
        given = desk.records.blank(self.office.household_id, "home_visit")
        segments = tuple(
            replace(s, text=TEXT if s.kind is SegmentKind.FACTS else s.text) for s in given.segments
        )
        met = (MetPerson(label="架空 花子", person_id=self.office.person_id),)
        plain: dict[str, Any] = {"segments": segments, "result_code": "11", "met": met}
        given = replace(given, **{**plain, **changes})
        saved = desk.records.save(given)
        return replace(given, shown_version=saved.version)

    def submitted(self, by: SignedInStaff | None = None) -> UUID:
        """An entry that waits for the supervisor; returns its id."""
        given = self.draft(by)
        self.desk(by or self.office.caseworker).records.submit(
            given.entry_id, given.shown_version, Impact.NONE
        )
        return given.entry_id

    def approval_of(self, entry_id: UUID) -> tuple[UUID, int, str]:
        """The newest submission of an entry: id, version, hash."""
        (found,) = self.truth(
            "SELECT id, root_version, content_hash FROM approval WHERE subject_id = %s"
            " ORDER BY round DESC LIMIT 1",
            (entry_id,),
        )
        return found[0], found[1], found[2]

    def approve(self, entry_id: UUID, by: Connection) -> None:
        """Read and approve as that connection's person."""
        approval, version, content_hash = self.approval_of(entry_id)
        open_file(by, self.office.household_id, "queue")
        decide(by, approval, "approve", version, content_hash)

    def close(self) -> None:
        """Close every raw connection."""
        self.hang_up()


def answer_impact(by: Connection, entry_id: UUID, version: int, answer: str = "none") -> None:
    """Answer 方針への影響 for a version, as the program does before it hands an entry in."""
    by.execute(
        "INSERT INTO policy_impact (id, office_id, entry_id, version, household_id, answer,"
        " answered_by, answered_at) SELECT gen_random_uuid(), e.office_id, e.id, %s, e.household_id,"
        " %s, coalesce(e.changed_by, e.author_id), now() FROM entry e WHERE e.id = %s",
        (version, answer, entry_id),
    )


def open_file(by: Connection, household_id: UUID, purpose: str = "file", reason: str = "") -> None:
    """Commit a ticket for one file."""
    by.execute("SELECT app.open_files(%s, %s, %s)", (purpose, [household_id], reason))


def decide(
    by: Connection,
    approval_id: UUID,
    move: str,
    version: int,
    content_hash: str,
    *,
    shown: str | None = "read",
    text: str = "",
    position: str | None = None,
) -> None:
    """Call the moving door directly."""
    by.execute(
        "SELECT app.decide(%s, %s, %s, %s, %s, %s, NULL, %s)",
        (approval_id, move, version, content_hash, shown, text, position),
    )


def refused(
    by: Connection, statement: str, values: Sequence[object] | Mapping[str, object] = ()
) -> str:
    """The SQLSTATE with which a statement is refused; "" where it went through. The transaction is gone after it."""
    try:
        by.execute(statement, values or None)
    except psycopg.Error as error:
        with suppress(psycopg.Error):
            by.rollback()
        return error.sqlstate or "connection"
    return ""


def rows(by: Connection, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """The rows a statement gives."""
    return by.execute(statement, values or None).fetchall()


def changed(by: Connection, statement: str, values: Sequence[object] = ()) -> int:
    """How many rows a statement changed."""
    return by.execute(statement, values or None).rowcount


def say_again(by: Connection, entry_id: UUID, content_hash: str) -> None:
    """Give the entry's version 2 the content of version 1, under this hash."""
    by.execute(
        "INSERT INTO entry_version (entry_id, version, office_id, household_id, change, kind, contact_id, saved_at,"
        " content_hash) SELECT entry_id, 2, office_id, household_id, change, kind, contact_id, saved_at, %s"
        " FROM entry_version WHERE entry_id = %s AND version = 1",
        (content_hash, entry_id),
    )
    by.execute(
        "INSERT INTO segment SELECT entry_id, 2, segment_id, office_id, household_id, position, kind, source, text"
        " FROM segment WHERE entry_id = %s AND version = 1",
        (entry_id,),
    )


def make_place(engine: Engine) -> Place:
    """Set the office up: the small one, a file of a colleague, an administrator, and another office."""
    office = small_office(engine)
    with office.work() as session:
        home = session.get_one(Office, office.caseworker.office_id)
        (far_district,) = office.outsider.district_ids
        far = factories.make_household(session, district=session.get_one(District, far_district))
        administrator = factories.make_staff(session, Role.ADMINISTRATOR, office=home)
        other = factories.make_office(session)
        district = factories.make_district(session, other)
        stranger = factories.make_staff(session, Role.CASEWORKER, office=other, district=district)
        head = factories.make_person(session, other)
        foreign = factories.make_household(session, district=district, head=head)
        return Place(
            engine=engine,
            office=office,
            administrator=factories.signed_in(session, administrator),
            stranger=factories.signed_in(session, stranger),
            far_id=far.id,
            foreign_id=foreign.id,
            foreign_district_id=district.id,
            foreign_person_id=head.id,
        )
