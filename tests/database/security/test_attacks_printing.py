"""What the register of prints says of versions."""

from __future__ import annotations

from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Connection, Place, open_file, refused


def register(by: Connection, place: Place, entry_id: UUID, mark: str, version: int) -> str:
    """Note a print; the SQLSTATE where it is refused."""
    batch = new_id()
    key = (place.office.records.office_id, place.office.household_id)
    by.execute("BEGIN")
    by.execute(
        "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
        " VALUES (%s, %s, app.me(), now(), %s, 1, '')",
        (batch, key[0], mark),
    )
    insert = (
        "INSERT INTO printed_entry (batch_id, entry_id, version, office_id, household_id)"
        " VALUES (%s, %s, %s, %s, %s)"
    )
    said = refused(by, insert, (batch, entry_id, version, *key))
    if not said:
        by.execute("COMMIT")
    return said


@pytest.mark.parametrize("mark", ["original", "copy"])
def test_a_print_of_a_version_that_was_not_approved(place, mark):
    entry_id = place.submitted()
    with place.connect(place.office.records) as by, place.connect(place.office.supervisor) as boss:
        open_file(by, place.office.household_id)
        assert register(by, place, entry_id, mark, 1) in DENIED
        place.approve(entry_id, boss)
        assert register(by, place, entry_id, mark, 2) in DENIED
        assert register(by, place, entry_id, mark, 0) in DENIED
        assert register(by, place, entry_id, mark, 1) == ""


def test_a_draft_of_a_version_that_does_not_exist_or_is_anothers(place):
    given = place.draft()
    with place.connect(place.office.records) as by, place.connect(place.office.caseworker) as own:
        open_file(by, place.office.household_id)
        open_file(own, place.office.household_id)
        assert register(by, place, given.entry_id, "draft", 1) in DENIED
        assert register(own, place, given.entry_id, "draft", 7) in DENIED
        assert register(own, place, given.entry_id, "draft", 1) == ""
