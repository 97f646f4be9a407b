"""Approving what one may not: own records, a second role, unread, another version, an old submission."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import psycopg
import pytest

from desktop.domain.office import SignedInStaff
from desktop.domain.policy_events import Impact
from desktop.domain.roles import Role
from tests.database.security.place import (
    DENIED,
    Connection,
    Place,
    answer_impact,
    decide,
    open_file,
    refused,
    rows,
)
from tests.support.desk import also_supervises


@pytest.fixture
def boss(place: Place) -> Connection:
    """The supervisor at psql, the file open."""
    connection = place.connect(place.office.supervisor)
    open_file(connection, place.office.household_id, "queue")
    return connection


def test_approvals_and_their_steps_are_written_by_nobody(place, boss):
    place.submitted()
    for table in ("approval", "approval_step", "approval_move", "approval_note"):
        assert refused(boss, f"UPDATE {table} SET office_id = office_id") == "42501"
        assert refused(boss, f"INSERT INTO {table} SELECT * FROM {table}") == "42501"
        assert refused(boss, f"DELETE FROM {table}") == "42501"


def test_the_functions_behind_the_door_are_closed(place, boss):
    entry_id = place.submitted()
    approval, _, _ = place.approval_of(entry_id)
    for call in (
        f"app.stamp('{approval}', 'approved', 'read')",
        f"app.settle_entry('{entry_id}', 'approved', 1)",
        f"app.begin_entry('{entry_id}', 1)",
        "app.may('decide_approvals')",
        "audit.put('x', 'entry', '', NULL, NULL, NULL)",
        "audit.begin_bulk(NULL, 'x')",
    ):
        assert refused(boss, f"SELECT {call}") == "42501"


def test_approving_without_having_read(place):
    entry_id = place.submitted()
    boss_id = (place.office.supervisor.staff_id,)
    place.truth(
        "DELETE FROM ticket_household h USING ticket t WHERE t.id = h.ticket_id AND t.staff_id = %s",
        boss_id,
    )
    place.truth("DELETE FROM ticket WHERE staff_id = %s", boss_id)
    approval, version, content_hash = place.approval_of(entry_id)
    boss = place.connect(place.office.supervisor)
    for shown in ("read", "list", None, "seen"):
        with pytest.raises(psycopg.Error) as error:
            decide(boss, approval, "approve", version, content_hash, shown=shown)
        assert error.value.sqlstate == "BS403"
    with pytest.raises(psycopg.Error) as error, boss.transaction():  # noqa: PT012 - one transaction
        open_file(boss, place.office.household_id, "queue")
        decide(boss, approval, "approve", version, content_hash)
    assert error.value.sqlstate == "BS403"


def test_approving_another_version_or_hash(place, boss):
    approval, version, content_hash = place.approval_of(place.submitted())
    for wrong in (
        (version + 1, content_hash),
        (version, "x"),
        (None, content_hash),
        (version, None),
    ):
        with pytest.raises(psycopg.Error) as error:
            decide(boss, approval, "approve", *wrong)
        assert error.value.sqlstate == "BS409"


def test_approving_the_own_record_by_a_second_role(place):
    """The author is made supervisor of his own district: his record goes to somebody above, and never to him."""
    author = also_supervises(place.office.work, place.office.outsider, place.far_id)
    place.truth(
        "INSERT INTO staff_role (id, office_id, staff_id, role, valid_from)"
        " VALUES (gen_random_uuid(), %s, %s, 'section_head', '2020-04-01')",
        (author.office_id, author.staff_id),
    )
    author = replace(author, roles=author.roles | {Role.SECTION_HEAD})
    by = place.connect(author)
    open_file(by, place.office.household_id, reason="応援")
    entry_id = place.submitted(author)
    approval, version, content_hash = place.approval_of(entry_id)
    open_file(by, place.office.household_id, "queue", reason="応援")
    for move in (
        "approve",
        "approve_with_instruction",
        "approve_for",
        "return",
        "hold",
        "send_higher",
    ):
        with pytest.raises(psycopg.Error) as error:
            decide(by, approval, move, version, content_hash, text="理由")
        assert error.value.sqlstate == "BS403"


def test_a_supervisor_of_another_district_and_a_stranger(place):
    approval, version, content_hash = place.approval_of(place.submitted())
    for staff in (place.stranger, place.office.caseworker, place.administrator):
        with pytest.raises(psycopg.Error) as error:
            decide(place.connect(staff), approval, "approve", version, content_hash)
        assert error.value.sqlstate in ("42501", "BS403")


def test_an_old_submission_passed_round_leaves_a_correction_alone(place, boss):
    """A read-only move on an approved submission does not bring its version back."""
    entry_id = place.submitted()
    place.approve(entry_id, boss)
    old, version, content_hash = place.approval_of(entry_id)
    records = place.desk(place.office.caseworker).records
    correction = records.start_correction(entry_id, "日付の誤り")
    decide(boss, old, "circulate", version, content_hash, position="director")
    assert place.truth("SELECT state FROM entry WHERE id = %s", (entry_id,)) == [("draft",)]
    records.submit(entry_id, correction.version, Impact.NONE)
    new, new_version, new_hash = place.approval_of(entry_id)
    decide(boss, old, "circulate", version, content_hash, position="director")
    assert place.truth("SELECT state FROM entry WHERE id = %s", (entry_id,)) == [("submitted",)]
    open_file(boss, place.office.household_id, "queue")
    decide(boss, new, "approve", new_version, new_hash)
    decide(boss, old, "circulate", version, content_hash, position="director")
    found = place.truth("SELECT state, approved_version FROM entry WHERE id = %s", (entry_id,))
    assert found == [("approved", new_version)]


def test_in_bulk_by_the_kind_of_the_entry_instead_of_its_version(place, boss):
    """A visit dressed up as a kind that the list may approve."""
    draft = place.draft()
    writer = place.connect(place.office.caseworker)
    bulk = rows(
        writer,
        "SELECT key FROM master WHERE table_name = 'entry_kinds' AND value ->> 'in_bulk' = 'true'",
    )
    writer.execute("UPDATE entry SET kind = %s WHERE id = %s", (bulk[0][0], draft.entry_id))
    answer_impact(writer, draft.entry_id, draft.shown_version)
    writer.execute("SELECT app.submit('entry', %s, %s)", (draft.entry_id, draft.shown_version))
    with pytest.raises(psycopg.Error) as error:
        decide(boss, *_with_move(place.approval_of(draft.entry_id)), shown="list")
    assert error.value.sqlstate == "BS403"


def _with_move(approval: tuple[UUID, int, str]) -> tuple[UUID, str, int, str]:
    return approval[0], "approve", approval[1], approval[2]


def test_withdrawing_what_somebody_else_submitted(place):
    approval, _, _ = place.approval_of(place.submitted())
    staff: SignedInStaff = place.office.outsider
    assert refused(place.connect(staff), "SELECT app.withdraw(%s)", (approval,)) == "BS403"
    assert refused(place.connect(place.stranger), "SELECT app.withdraw(%s)", (approval,)) == "BS403"


def test_deciding_is_not_for_caseworkers(place, writer):
    entry_id = place.submitted()
    approval, version, content_hash = place.approval_of(entry_id)
    with pytest.raises(psycopg.Error) as error:
        decide(writer, approval, "approve", version, content_hash)
    assert error.value.sqlstate in DENIED
