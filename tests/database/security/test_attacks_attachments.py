"""Attached files at psql: forged receivers and hashes, other kinds, other offices, bytes without a ticket, removal."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest

from desktop.domain.attachments import MOST_BYTES
from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support import files
from tests.support.papers import a_paper

ATTACH = "SELECT app.attach_file(%s, %s, %s, %s, %s, %s)"
SLIP = files.a_pdf()


@pytest.fixture
def clerk(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


@pytest.fixture
def paper_id(place: Place) -> UUID:
    """A paper that the caseworker took in through the program."""
    given = a_paper(place.office.household_id)
    return place.desk(place.office.caseworker).papers.receive(given).paper_id


@pytest.fixture
def attachment_id(place: Place, paper_id: UUID) -> UUID:
    """A file that the caseworker attached through the program."""
    attached = place.desk(place.office.caseworker).attachments.attach(paper_id, SLIP, "slip.pdf")
    return attached.attachment_id


def attaching(paper_id: UUID, **forged: object) -> tuple[object, ...]:
    """What the program hands to app.attach_file, with some values forged."""
    given: dict[str, object] = {
        "id": new_id(),
        "paper": paper_id,
        "kind": "pdf",
        "pages": 1,
        "name": "slip.pdf",
        "data": SLIP,
        **forged,
    }
    return tuple(given.values())


def test_what_the_function_writes_is_the_servers_own(place: Place, clerk: Connection, paper_id):
    given = attaching(paper_id)
    clerk.execute(ATTACH, given)
    (row,) = place.truth(
        "SELECT received_by, size, sha256, household_id FROM attachment WHERE id = %s", (given[0],)
    )
    assert row == (
        place.office.caseworker.staff_id,
        len(SLIP),
        hashlib.sha256(SLIP).hexdigest(),
        place.office.household_id,
    )


def test_nothing_is_written_behind_the_function(clerk: Connection, paper_id, attachment_id):
    copied = (
        "INSERT INTO attachment SELECT household_id, paper_id, kind, pages, size, sha256, received_by, received_at,"
        " %s, office_id FROM attachment WHERE id = %s"
    )
    assert refused(clerk, copied, (new_id(), attachment_id)) in DENIED
    content = "INSERT INTO attachment_content VALUES (%s, %s, %s, 'x.pdf', 'x')"
    assert refused(clerk, content, (new_id(), new_id(), new_id())) in DENIED


@pytest.mark.parametrize(
    "change",
    ["sha256 = 'x'", "received_by = paper_id", "received_at = now()", "pages = 9", "paper_id = id"],
)
def test_what_was_attached_is_not_rewritten(clerk: Connection, attachment_id, change):
    assert (
        refused(clerk, f"UPDATE attachment SET {change} WHERE id = %s", (attachment_id,)) in DENIED
    )


@pytest.mark.parametrize("change", ["name = 'other.pdf'", "data = 'x'"])
def test_its_bytes_are_not_rewritten(clerk: Connection, attachment_id, change):
    statement = f"UPDATE attachment_content SET {change} WHERE attachment_id = %s"
    assert refused(clerk, statement, (attachment_id,)) in DENIED


@pytest.mark.parametrize("table", ["attachment", "attachment_content"])
def test_nothing_is_removed(clerk: Connection, attachment_id, table):
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED


@pytest.mark.parametrize(
    "forged",
    [
        {"data": b""},
        {"data": b"%PDF-" + bytes(MOST_BYTES)},
        {"data": b"MZ\x90"},
        {"kind": "jpeg"},
        {"kind": "docx"},
        {"kind": None},
        {"kind": "mail", "data": b"\0\0"},
        {"pages": 0},
        {"pages": 201},
        {"pages": None},
        {"name": " "},
        {"name": None},
        {"name": "a/b.pdf"},
        {"name": "a\u202eb.pdf"},
        {"name": "a" * 201},
    ],
    ids=lambda forged: str({k: str(v)[:12] for k, v in forged.items()}),
)
def test_what_the_program_would_not_send_is_refused(clerk: Connection, paper_id, forged):
    assert refused(clerk, ATTACH, attaching(paper_id, **forged)) == "BS422"


def test_a_file_without_bytes_is_refused(clerk: Connection, paper_id):
    assert refused(clerk, ATTACH, attaching(paper_id, data=None)) == "BS422"


def test_bytes_and_name_need_a_ticket_even_of_whoever_attached(place: Place, attachment_id):
    place.close_files_of(place.office.caseworker)
    clerk = place.connect(place.office.caseworker)
    read = "SELECT name, data FROM attachment_content WHERE attachment_id = %s"
    assert len(rows(clerk, "SELECT sha256 FROM attachment WHERE id = %s", (attachment_id,))) == 1
    assert rows(clerk, read, (attachment_id,)) == []
    open_file(clerk, place.office.household_id)
    assert rows(clerk, read, (attachment_id,)) == [("slip.pdf", SLIP)]


def test_another_team_neither_sees_nor_attaches(place: Place, paper_id, attachment_id):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    assert rows(outsider, "SELECT id FROM attachment") == []
    assert rows(outsider, "SELECT name FROM attachment_content") == []
    assert refused(outsider, ATTACH, attaching(paper_id)) == "BS403"


def test_hashes_of_others_are_not_asked_for(place: Place, attachment_id):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    digest = hashlib.sha256(SLIP).hexdigest()
    assert rows(outsider, "SELECT count(*) FROM attachment WHERE sha256 = %s", (digest,)) == [(0,)]


def test_another_office_is_another_world(place: Place, paper_id, attachment_id):
    stranger = place.connect(place.stranger)
    assert rows(stranger, "SELECT id FROM attachment") == []
    assert refused(stranger, ATTACH, attaching(paper_id)) == "BS403"
    assert refused(stranger, ATTACH, attaching(paper_id, id=attachment_id)) == "BS403"


def test_who_handles_no_papers_attaches_nothing(place: Place, paper_id):
    administrator = place.connect(place.administrator)
    assert refused(administrator, ATTACH, attaching(paper_id)) in DENIED
    assert refused(administrator, "SELECT app.paper_to_attach(%s)", (paper_id,)) in DENIED


def test_the_same_id_serves_only_the_same_try(place: Place, clerk: Connection, paper_id):
    given = attaching(paper_id)
    clerk.execute(ATTACH, given)
    clerk.execute(ATTACH, given)
    other = attaching(paper_id, id=given[0], data=files.a_pdf(2))
    assert refused(clerk, ATTACH, other) == "BS409"
    supervisor = place.connect(place.office.supervisor)
    assert refused(supervisor, ATTACH, given) == "BS409"


def test_the_trail_tells_of_the_hash_and_never_of_the_bytes(place: Place, attachment_id):
    ((detail,),) = place.truth(
        "SELECT detail -> 'new' FROM audit.event WHERE tbl = 'attachment_content' AND row_key = %s",
        (str(attachment_id),),
    )
    assert detail["sha256"] == hashlib.sha256(SLIP).hexdigest()
    assert "data" not in detail
