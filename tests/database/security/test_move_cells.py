"""Every cell of the move table: submission × move × person. The domain's table, the training office's use cases
and PostgreSQL's functions (as raw SQL with that person's login) must say the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from desktop.database.engine import make_engine
from desktop.database.reading import ReadingDoor
from desktop.domain.approvals import MOVES, Decision, Move, Submission, refusal
from desktop.domain.errors import ConflictError, NotPermittedError
from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.records import EntryState
from desktop.domain.roles import Permission, Role
from desktop.services.approvals import ApprovalService
from desktop.services.records import EntrySubject, RecordService
from tests.database.security.cells import ENTRIES, PEOPLE, SHAPES, Cells, Undone, make_cells
from tests.support.databases import FreshDatabases
from tests.support.factories import CLOCK
from tests.support.people import PASSWORD, let_in

ALLOWED, REFUSED, STALE = "allowed", "refused", "stale"
_SAYS = {"BS403": REFUSED, "42501": REFUSED, "BS428": REFUSED, "BS409": STALE}

Connection = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def training(
    fresh_databases: FreshDatabases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cells]:
    """The office on SQLite."""
    folder: Path = tmp_path_factory.mktemp("cells")
    with fresh_databases.sqlite(folder) as url:
        engine = make_engine(url)
        yield make_cells(engine)
        engine.dispose()


@pytest.fixture(scope="module")
def server(fresh_databases: FreshDatabases) -> Iterator[Cells]:
    """The office on PostgreSQL."""
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        cells = make_cells(engine)
        for name, person in cells.people.items():
            let_in(engine, replace(person, roles=frozenset(PEOPLE[name])))
        yield cells
        engine.dispose()


@contextmanager
def connected(cells: Cells, who: str) -> Iterator[Connection]:
    """A raw connection of the person."""
    url = cells.engine.url
    with psycopg.connect(
        host=url.host,
        port=url.port,
        user=cells.people[who].login,
        password=PASSWORD,
        dbname=url.database,
    ) as connection:
        connection.execute("SELECT set_config('test.now', %s, false)", (CLOCK.now().isoformat(),))
        connection.commit()
        yield connection


def says(connection: Connection, statement: str, values: tuple[object, ...]) -> str:
    """What a statement of the person leads to; nothing of it stays."""
    try:
        connection.execute(statement.encode(), values)
    except psycopg.Error as error:
        return _SAYS.get(error.sqlstate or "", str(error))
    finally:
        connection.rollback()
    return ALLOWED


def judged(cells: Cells, person: SignedInStaff, move: Move, submission: Submission) -> str:
    """What the domain's table says, after the person's permissions."""
    needed = Permission.WRITE_RECORDS if move is Move.WITHDRAW else Permission.DECIDE_APPROVALS
    if not person.may(needed) or person.office_id != cells.people["author"].office_id:
        return REFUSED
    positions = person.positions_in(cells.district_id)
    if refusal(submission, move, staff_id=person.staff_id, positions=positions) is None:
        return ALLOWED
    return REFUSED if submission.state in MOVES[move].from_states else STALE


def here(cells: Cells, person: SignedInStaff, move: Move, shape: str) -> str:
    """What the training office's use case does; nothing of it stays."""
    approval_id, _ = cells.submissions[shape]
    work = Undone(cells.engine)
    reading = ReadingDoor(work, CLOCK, person)
    subject = EntrySubject()
    try:
        if move is Move.WITHDRAW:
            entry_id = cells.subjects[shape]
            RecordService(work, CLOCK, person, reading, subject).withdraw(entry_id)
        else:
            service = ApprovalService(work, CLOCK, person, reading, {"entry": subject})
            service.decide(_decision(move, approval_id, cells.hashes[shape]))
    except NotPermittedError:
        return REFUSED
    except ConflictError:
        return STALE
    return ALLOWED


def there(server: Cells, connection: Connection, move: Move, shape: str) -> str:
    """What PostgreSQL's function does with the person's own login; nothing of it stays."""
    approval_id, _ = server.submissions[shape]
    if move is Move.WITHDRAW:
        return says(connection, "SELECT app.withdraw(%s)", (approval_id,))
    given = _decision(move, approval_id, server.hashes[shape])
    position = given.position.value if given.position else None
    return says(
        connection,
        "SELECT app.decide(%s, %s, 1, %s, 'read', %s, NULL, %s)",
        (approval_id, move.value, given.content_hash, given.text, position),
    )


def _decision(move: Move, approval_id: UUID, content_hash: str) -> Decision:
    return Decision(
        approval_id=approval_id,
        move=move,
        root_version=1,
        content_hash=content_hash,
        text="読んで考えたこと",
        position=Role.DIRECTOR if move is Move.CIRCULATE else None,
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_a_move_is_allowed_to_the_same_people_everywhere(
    shape: str, training: Cells, server: Cells
):
    wrong = []
    seen = set()
    for who in PEOPLE:
        here_person, there_person = training.people[who], server.people[who]
        with connected(server, who) as connection:
            for move in (m for m in Move if m is not Move.SUBMIT):
                expected = judged(training, here_person, move, training.submissions[shape][1])
                found = (
                    judged(server, there_person, move, server.submissions[shape][1]),
                    here(training, here_person, move, shape),
                    there(server, connection, move, shape),
                )
                seen.add(expected)
                if set(found) != {expected}:
                    wrong.append((who, move.value, expected, *found))
    assert not wrong
    assert seen - {STALE} >= {REFUSED}


@pytest.mark.parametrize("state", ENTRIES)
def test_an_entry_is_submitted_by_who_writes_it_and_nobody_else(
    state: str, training: Cells, server: Cells
):
    entry_state, version, _, changed_by = ENTRIES[state]
    writer = changed_by or "author"
    wrong = []
    for who in PEOPLE:
        open_to_writer = entry_state in {EntryState.DRAFT, EntryState.RETURNED}
        expected = {ALLOWED} if open_to_writer else {STALE}
        if who != writer:
            expected = {REFUSED}
        with connected(server, who) as connection:
            there_says = says(
                connection,
                "SELECT app.submit('entry', %s, %s)",
                (server.entries[state], version),
            )
        found = (
            _submitted_here(training, training.people[who], training.entries[state], version),
            there_says,
        )
        if set(found) != expected:
            wrong.append((who, expected, *found))
    assert not wrong


def _submitted_here(cells: Cells, person: SignedInStaff, entry_id: UUID, version: int) -> str:
    work = Undone(cells.engine)
    reading = ReadingDoor(work, CLOCK, person)
    try:
        RecordService(work, CLOCK, person, reading, EntrySubject()).submit(
            entry_id, version, Impact.NONE
        )
    except NotPermittedError:
        return REFUSED
    except ConflictError:
        return STALE
    return ALLOWED
