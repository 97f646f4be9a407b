"""Transfers at psql: forged decisions, numbers and steps, other teams and offices, and removal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from desktop.domain.transfers import TransferMove
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY
from tests.support.transfers import (
    MOVED,
    OTHER,
    a_transfer,
    do,
    know_other_offices,
    shield,
    the_transfer,
)

TABLES = (
    *("transfer", "transfer_text", "transfer_enclosure", "transfer_step"),
    *("transfer_step_text", "printed_transfer"),
)
SAVE = "SELECT app.save_transfer(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
MOVE = "SELECT app.move_transfer(%s, %s, %s, %s, %s)"
CONFIRM = "SELECT app.confirm_transfer(%s, %s)"
PRINTED = "SELECT app.note_printed_transfer(%s, %s)"
BATCH = (
    "INSERT INTO print_batch (id, office_id, printed_by, printed_at, mark, pages, sha256)"
    " VALUES (%s, %s, %s, now(), 'plain', 1, %s)"
)
UNKNOWN = UUID(int=7)


@pytest.fixture(scope="module", autouse=True)
def given(place: Place) -> UUID:
    """A draft of the caseworker waits."""
    know_other_offices(place.office.work, place.office.caseworker)
    transfer = a_transfer(place.office)
    place.desk(place.office.caseworker).transfers.save(transfer)
    return transfer.transfer_id


@pytest.fixture
def clerk(place: Place) -> Iterator[Connection]:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    yield connection
    place.hang_up()


@pytest.fixture
def supervisor(place: Place) -> Iterator[Connection]:
    """The supervisor at psql, with the household's file open."""
    connection = place.connect(place.office.supervisor)
    open_file(connection, place.office.household_id)
    yield connection
    place.hang_up()


def saving(place: Place, **forged: object) -> tuple[object, ...]:
    """What the program hands over when a transfer is drafted, with some values forged."""
    given = {
        "id": new_id(),
        "household": place.office.household_id,
        "version": 0,
        "moved_on": MOVED,
        "destination": OTHER,
        "consent": "not_needed",
        "consent_on": None,
        "enclosures": ["case_record"],
        "needs": "",
        "dangers": "",
        "agreed": "",
        **forged,
    }
    return tuple(given.values())


def version(place: Place, transfer: UUID) -> int:
    """The version as it stands."""
    return int(place.truth("SELECT version FROM transfer WHERE id = %s", (transfer,))[0][0])


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_written_by_hand(clerk: Connection, table: str):
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED
    assert refused(clerk, f"UPDATE {table} SET office_id = office_id") in DENIED
    assert refused(clerk, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED


def test_the_book_of_numbers_is_nobodys(clerk: Connection):
    assert refused(clerk, "SELECT * FROM transfer_book") in DENIED
    assert refused(clerk, "UPDATE transfer_book SET last_number = 0") in DENIED


@pytest.mark.parametrize(
    "change",
    [
        *("state = 'approved'", "number = 7", "sent_on = '2024-10-01'", "saved_by = saved_by"),
        *("acknowledged_on = '2024-10-01'", "confirmed_at = now()", "moved_on = moved_on"),
    ],
)
def test_a_transfer_is_not_rewritten(clerk: Connection, change: str):
    assert refused(clerk, f"UPDATE transfer SET {change}") in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"moved_on": None}, "BS422"),
        ({"moved_on": date(2026, 1, 1)}, "BS422"),
        ({"destination": "nowhere"}, "BS422"),
        ({"destination": None}, "BS422"),
        ({"consent": "perhaps"}, "BS422"),
        ({"consent": None}, "BS422"),
        ({"consent": "given"}, "BS422"),
        ({"consent_on": TODAY}, "BS422"),
        ({"enclosures": ["gold"]}, "BS422"),
        ({"enclosures": [None]}, "BS422"),
        ({"needs": "長" * 2001}, "BS422"),
        ({"household": UNKNOWN}, "BS403"),
        ({"household": None}, "BS403"),
        ({"version": 1}, "BS403"),
        ({"version": None}, "BS403"),
        ({}, "BS409"),
    ],
    ids=lambda value: "-".join(value) or "second" if isinstance(value, dict) else value,
)
def test_a_draft_is_judged(place: Place, clerk: Connection, forged, code):
    before = place.truth("SELECT count(*) FROM transfer")
    assert refused(clerk, SAVE, saving(place, **forged)) == code
    assert place.truth("SELECT count(*) FROM transfer") == before


def test_words_are_written_with_the_file_open_only(place: Place):
    place.close_files_of(place.office.caseworker)
    closed = place.connect(place.office.caseworker)
    assert refused(closed, SAVE, saving(place)) == "BS403"
    assert rows(closed, "SELECT state FROM transfer") != []
    assert rows(closed, "SELECT needs FROM transfer_text") == []
    open_file(closed, place.office.household_id)
    assert rows(closed, "SELECT needs FROM transfer_text") != []


def test_only_a_second_person_decides_and_with_the_file_open(
    place: Place, clerk: Connection, given: UUID
):
    move = (given, version(place, given), "approve", "", None)
    assert refused(clerk, MOVE, move) == "BS403"
    place.close_files_of(place.office.supervisor)
    assert refused(place.connect(place.office.supervisor), MOVE, move) == "BS403"


def test_whoever_only_signs_twice_is_still_one_person(place: Place, given: UUID, supervisor):
    taken_over = saving(place, id=given, version=version(place, given))
    with supervisor.transaction(force_rollback=True):
        supervisor.execute(SAVE, taken_over)
        move = (given, version(place, given) + 1, "approve", "", None)
        assert refused(supervisor, MOVE, move) == "BS403"


@pytest.mark.parametrize(
    ("move", "words", "on"),
    [
        *(("send", "", TODAY), ("acknowledge", "見本", TODAY), ("acknowledged", "", TODAY)),
        *(("drafted", "", None), (None, "", None)),
    ],
)
def test_no_step_is_skipped(place: Place, supervisor: Connection, given: UUID, move, words, on):
    assert refused(supervisor, MOVE, (given, version(place, given), move, words, on)) == "BS409"


def test_a_stale_or_missing_version_is_refused(place: Place, supervisor: Connection, given: UUID):
    for shown in (0, version(place, given) + 1, None):
        assert refused(supervisor, MOVE, (given, shown, "approve", "", None)) == "BS409"
    assert refused(supervisor, MOVE, (UNKNOWN, 1, "approve", "", None)) == "BS403"


def test_no_letter_is_noted_as_printed_before_it_is_approved_or_in_another_run(
    place: Place, clerk: Connection, given: UUID
):
    assert refused(clerk, PRINTED, (new_id(), given)) == "BS403"
    me = place.office.caseworker
    with clerk.transaction(force_rollback=True):
        batch = new_id()
        clerk.execute(BATCH, (batch, me.office_id, me.staff_id, "ab" * 32))
        assert refused(clerk, PRINTED, (batch, given)) == "BS409"


def test_who_when_and_which_number_are_the_servers_own(place: Place, given: UUID):
    caseworker = place.desk(place.office.caseworker)
    do(place.desk(place.office.supervisor), place.office, TransferMove.APPROVE)
    do(caseworker, place.office, TransferMove.SEND, on=TODAY)
    told = place.truth(
        "SELECT number, state, by_id, (at AT TIME ZONE 'Asia/Tokyo')::date, stated_on FROM transfer_step"
        " WHERE transfer_id = %s ORDER BY number",
        (given,),
    )
    mine, theirs = place.office.caseworker.staff_id, place.office.supervisor.staff_id
    assert told == [
        (1, "drafted", mine, TODAY, None),
        (2, "approved", theirs, TODAY, None),
        (3, "sent", mine, TODAY, TODAY),
    ]
    assert the_transfer(caseworker, place.office).line.label == "6-0001"
    events = place.truth(
        "SELECT action, staff_id FROM audit.event WHERE tbl = 'transfer' AND row_key = %s ORDER BY seq",
        (str(given),),
    )
    assert events == [("insert", mine), ("update", theirs), ("update", mine)]


def test_days_and_words_of_a_receipt_are_judged(place: Place, clerk: Connection, given: UUID):
    shown = version(place, given)
    for on in (None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        assert refused(clerk, MOVE, (given, shown, "acknowledge", "見本", on)) == "BS422"
    for words in (None, " \u3000", "長" * 101):
        assert refused(clerk, MOVE, (given, shown, "acknowledge", words, TODAY)) == "BS422"
    assert refused(clerk, MOVE, (given, shown, "withdraw", " ", None)) == "BS422"


def test_a_shielded_household_waits_for_the_confirmation(place: Place, clerk: Connection):
    me = place.office.caseworker
    do(place.desk(me), place.office, TransferMove.WITHDRAW, "見本")
    place.desk(me).transfers.save(a_transfer(place.office))
    do(place.desk(place.office.supervisor), place.office, TransferMove.APPROVE)
    transfer = the_transfer(place.desk(me), place.office).line.transfer_id
    shown = version(place, transfer)
    assert refused(clerk, CONFIRM, (transfer, shown)) == "BS409"
    shield(place.office)
    try:
        assert refused(clerk, MOVE, (transfer, shown, "send", "", TODAY)) == "BS409"
        with clerk.transaction(force_rollback=True):
            batch = new_id()
            clerk.execute(BATCH, (batch, me.office_id, me.staff_id, "ab" * 32))
            assert refused(clerk, PRINTED, (batch, transfer)) == "BS409"
        clerk.execute(CONFIRM, (transfer, shown))
        clerk.execute(MOVE, (transfer, shown + 1, "send", "", TODAY))
    finally:
        shield(place.office, is_shielded=False)
    assert place.truth("SELECT confirmed_by FROM transfer WHERE id = %s", (transfer,)) == [
        (me.staff_id,)
    ]


def test_another_team_neither_sees_nor_acts(place: Place, given: UUID):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    for table in ("transfer", "transfer_step", "transfer_enclosure"):
        assert rows(outsider, f"SELECT office_id FROM {table}") == []
    assert refused(outsider, SAVE, saving(place)) == "BS403"
    shown = version(place, given)
    assert refused(outsider, MOVE, (given, shown, "withdraw", "x", None)) == "BS403"
    assert refused(outsider, CONFIRM, (given, shown)) == "BS403"


def test_roles_without_the_right_are_refused(place: Place, given: UUID):
    head = place.connect(place.office.head)
    assert refused(head, SAVE, saving(place)) in DENIED
    assert refused(head, CONFIRM, (given, version(place, given))) in DENIED
    administrator = place.connect(place.administrator)
    assert refused(administrator, "SELECT id FROM transfer") in DENIED
    assert refused(administrator, MOVE, (given, 1, "withdraw", "x", None)) in DENIED


def test_another_office_is_another_world(place: Place, clerk: Connection, given: UUID):
    assert refused(clerk, SAVE, saving(place, household=place.foreign_id)) == "BS403"
    stranger = place.connect(place.stranger)
    assert rows(stranger, "SELECT id FROM transfer") == []
    assert refused(stranger, SAVE, saving(place)) == "BS403"
    assert refused(stranger, MOVE, (given, version(place, given), "withdraw", "x", None)) == "BS403"


@pytest.mark.parametrize(
    "inner",
    [
        "app.transferring_office(NULL, 'write_records')",
        "app.transfer_at_hand(NULL, 1)",
        "app.next_transfer_number(NULL, 2024)",
        "app.put_transfer_step(NULL, 'sent', NULL, '')",
        "app.put_transfer_parts(NULL, '{}', '{}')",
        "app.judge_transfer_decider(NULL)",
    ],
)
def test_inner_functions_are_not_called_from_outside(clerk: Connection, inner: str):
    assert refused(clerk, f"SELECT {inner}") in DENIED
