"""Disposing of what one may not: with psql, as each of the office's people, and with the server in hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from desktop.database.audit_trail.verify import verify
from desktop.database.disposal_order import KEPT, OF_PERSONS, file_parts, is_part
from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from desktop.domain.roles import Role
from desktop.domain.seals import Fault
from desktop.models import Base
from tests.database.security.archive import CARRY_OUT, DECIDE, HOLD, Archive
from tests.database.security.place import DENIED, make_place, refused, rows
from tests.support import factories
from tests.support.disposal import NAME, SECRET, reopen
from tests.support.trail import as_superuser, seal

WRITTEN = ("disposal_list", "disposal_item", "disposal_decision", "tombstone", "hold", "hold_text")


@pytest.fixture
def archive(fresh_databases) -> Iterator[Archive]:
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        made = Archive(engine)
        yield made
        made.place.close()
        engine.dispose()


def test_nobody_writes_or_removes_rows_of_a_disposal_or_of_a_file(archive):
    list_id, _ = archive.approved()
    for name in archive.people:
        by = archive.at(name)
        for table in WRITTEN:
            for statement in (
                f"DELETE FROM {table}",
                f"UPDATE {table} SET office_id = office_id",
                f"INSERT INTO {table} SELECT * FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                assert refused(by, statement) == "42501", (name, statement)
        for part in file_parts():
            assert refused(by, f"DELETE FROM {part.name}") == "42501", (name, part.name)
        assert refused(by, "DELETE FROM person") == "42501"
        state = ("UPDATE disposal_list SET state = 'carried_out' WHERE id = %s", (list_id,))
        assert refused(by, *state) == "42501"


def test_the_functions_behind_the_door_are_closed(archive):
    list_id, _ = archive.approved()
    household = archive.old.old[0]
    for name in archive.people:
        for call in (
            f"app.dispose_file(i, l) FROM disposal_item i JOIN disposal_list l ON l.id = '{list_id}'",
            f"app.remove_rows('segment', 'true', '{household}', '{{}}')",
            f"app.blank_household('{household}')",
            "app.persons_of_file(NULL)",
            f"audit.begin_disposal('{list_id}')",
            "audit.end_disposal()",
            f"audit.dispose_details('{list_id}', '{list_id}', '{household}', NULL, '{{entry}}', '{{}}')",
            "audit.put_disposed('x', 'entry', NULL, 1)",
        ):
            assert refused(archive.at(name), f"SELECT {call}") == "42501", (name, call)


@pytest.mark.parametrize("who", ["caseworker", "outsider", "administrator"])
def test_only_records_staff_draw_up_and_carry_out_and_only_superiors_decide(archive, who):
    by = archive.at(who)
    values = (new_id(), list(archive.old.old))
    assert refused(by, "SELECT app.draw_up_disposal(%s, %s)", values) in DENIED
    made = archive.draw_up()
    for decision in ("approved", "rejected"):
        assert refused(by, DECIDE, (made[0], decision, made[1])) in DENIED
    made = archive.approved(archive.old.old[1])
    assert refused(by, CARRY_OUT, made) in DENIED
    assert refused(by, "SELECT app.withdraw_disposal(%s)", (made[0],)) in DENIED


def test_superiors_neither_draw_up_nor_carry_out(archive):
    made = archive.approved()
    for name in ("supervisor", "head", "director"):
        by = archive.at(name)
        values = (new_id(), list(archive.old.old[1:]))
        assert refused(by, "SELECT app.draw_up_disposal(%s, %s)", values) == "42501"
        assert refused(by, CARRY_OUT, made) == "42501"


def test_records_staff_decide_nothing(archive):
    list_id, content_hash = archive.draw_up()
    for name in ("records",):
        assert refused(archive.at(name), DECIDE, (list_id, "approved", content_hash)) == "42501"


def test_carrying_out_with_one_approval_or_none(archive):
    list_id, content_hash = archive.draw_up()
    assert refused(archive.at("records"), CARRY_OUT, (list_id, content_hash)) == "BS409"
    archive.at("supervisor").execute(DECIDE, (list_id, "approved", content_hash))
    assert refused(archive.at("records"), CARRY_OUT, (list_id, content_hash)) == "BS409"
    assert archive.still_there(archive.old.old[0])


def test_the_second_step_is_no_supervisors(archive):
    archive.people["second"] = archive.make(Role.SUPERVISOR)
    list_id, content_hash = archive.draw_up()
    archive.at("supervisor").execute(DECIDE, (list_id, "approved", content_hash))
    assert refused(archive.at("second"), DECIDE, (list_id, "approved", content_hash)) == "BS403"


def test_one_person_in_two_roles_draws_up_and_approves(archive):
    archive.people["records"] = archive.make(Role.RECORDS_STAFF, Role.SECTION_HEAD)
    list_id, content_hash = archive.draw_up()
    assert refused(archive.at("records"), DECIDE, (list_id, "approved", content_hash)) == "BS403"


def test_one_person_checks_and_approves(archive):
    list_id, content_hash = archive.draw_up()
    archive.at("head").execute(DECIDE, (list_id, "approved", content_hash))
    assert refused(archive.at("head"), DECIDE, (list_id, "approved", content_hash)) == "BS403"


def test_two_accounts_of_one_person_check_and_approve(archive):
    names = {"name": "架空　重子", "kana": "カクウ シゲコ"}
    archive.people["one"] = archive.make(Role.SUPERVISOR, **names)
    archive.people["two"] = archive.make(Role.DIRECTOR, **names | {"name": "架空 重子"})
    list_id, content_hash = archive.draw_up()
    archive.at("one").execute(DECIDE, (list_id, "approved", content_hash))
    assert refused(archive.at("two"), DECIDE, (list_id, "approved", content_hash)) == "BS403"


def test_who_gave_both_passwords_checks_and_approves(archive):
    """Also where the day of the first password is over when the second decision falls."""
    given = (
        "INSERT INTO password_reset (id, office_id, staff_id, by_id, at, valid_until)"
        " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s)"
    )
    now = factories.CLOCK.now()
    office_id, giver = archive.people["head"].office_id, archive.place.administrator.staff_id
    day_after = now + timedelta(days=2)
    for name, at in (("supervisor", now - timedelta(hours=1)), ("head", day_after)):
        who = archive.people[name].staff_id
        archive.place.truth(given, (office_id, who, giver, at, at))
    list_id, content_hash = archive.draw_up()
    archive.at("supervisor").execute(DECIDE, (list_id, "approved", content_hash))
    late = archive.place.connect(archive.people["head"], day_after + timedelta(hours=1))
    assert refused(late, DECIDE, (list_id, "approved", content_hash)) == "BS403"
    assert refused(archive.at("director"), DECIDE, (list_id, "approved", content_hash)) == ""


def test_a_household_smuggled_onto_an_approved_list(archive):
    """With the server in hand: the list's hash is what two people approved."""
    first, second, _ = archive.old.old
    list_id, content_hash = archive.approved(first)
    as_superuser(
        archive.engine,
        "INSERT INTO disposal_item SELECT list_id, CAST(:other AS uuid), office_id, case_number, retention_class,"
        " retention_label, protected_from, closed_on, kept_until FROM disposal_item WHERE list_id = :list",
        other=str(second),
        list=list_id,
    )
    assert refused(archive.at("records"), CARRY_OUT, (list_id, content_hash)) == "BS409"
    as_superuser(
        archive.engine,
        "UPDATE disposal_list SET content_hash = app.disposal_hash(id) WHERE id = :list",
        list=list_id,
    )
    forged = archive.hash_of(list_id)
    assert refused(archive.at("records"), CARRY_OUT, (list_id, forged)) == "BS409"
    assert archive.still_there(first)
    assert archive.still_there(second)


def test_a_held_or_reopened_household_or_one_still_kept(archive):
    held, opened, _ = archive.old.old
    first, second = archive.approved(held), archive.approved(opened)
    archive.at("caseworker").execute(HOLD, (new_id(), held, "debt"))
    with archive.old.work() as session:
        reopen(session, opened)
    assert refused(archive.at("records"), CARRY_OUT, first) == "BS409"
    assert refused(archive.at("records"), CARRY_OUT, second) == "BS409"
    values = (new_id(), [archive.old.lately_closed])
    assert refused(archive.at("records"), "SELECT app.draw_up_disposal(%s, %s)", values) == "BS409"
    assert archive.still_there(held)
    assert archive.still_there(opened)


def test_records_staff_lift_no_hold_and_strangers_set_none(archive):
    hold_id = new_id()
    household = archive.old.old[0]
    assert refused(archive.at("outsider"), HOLD, (new_id(), household, "debt")) == "BS403"
    assert refused(archive.at("administrator"), HOLD, (new_id(), household, "debt")) == "42501"
    archive.at("records").execute(HOLD, (hold_id, household, "appeal"))
    for name in ("records", "caseworker"):
        assert refused(archive.at(name), "SELECT app.end_hold(%s)", (hold_id,)) == "42501"
    assert refused(archive.at("supervisor"), HOLD, (new_id(), household, "gift")) == "BS422"
    archive.at("supervisor").execute("SELECT app.end_hold(%s)", (hold_id,))


def test_the_reason_of_a_hold_needs_a_ticket(archive):
    archive.at("records").execute(HOLD, (new_id(), archive.old.old[0], "debt"))
    assert rows(archive.at("supervisor"), "SELECT text FROM hold_text") == []
    assert len(rows(archive.at("supervisor"), "SELECT kind FROM hold")) == 1
    assert rows(archive.at("outsider"), "SELECT kind FROM hold") == []


def test_disposing_twice(archive):
    made = archive.approved()
    archive.at("records").execute(CARRY_OUT, made)
    assert refused(archive.at("records"), CARRY_OUT, made) == "BS409"
    values = (new_id(), [archive.old.old[0]])
    assert refused(archive.at("records"), "SELECT app.draw_up_disposal(%s, %s)", values) == "BS409"


def test_another_offices_list_and_files(archive):
    other = make_place(archive.engine)
    archive.people["their records"] = other.office.records
    archive.people["their head"] = other.office.head
    list_id, content_hash = archive.draw_up()
    assert rows(archive.at("their head"), "SELECT id FROM disposal_list") == []
    assert refused(archive.at("their head"), DECIDE, (list_id, "approved", content_hash)) == "BS403"
    made = archive.approved(archive.old.old[1])
    assert refused(archive.at("their records"), CARRY_OUT, made) == "BS403"
    values = (new_id(), [archive.old.old[2]])
    by = archive.at("their records")
    assert refused(by, "SELECT app.draw_up_disposal(%s, %s)", values) == "BS403"
    assert refused(by, HOLD, (new_id(), archive.old.old[2], "debt")) == "BS403"
    other.close()


def test_what_else_the_transaction_does_is_told_row_by_row(archive):
    """Carrying out hides nothing that the same person does beside it."""
    made = archive.approved()
    by = archive.at("records")
    by.autocommit = False
    by.execute(CARRY_OUT, made)
    by.execute(HOLD, (new_id(), archive.old.old[1], "lawsuit"))
    by.commit()
    by.autocommit = True
    said = "SELECT detail -> 'new' ->> 'kind' FROM audit.event WHERE tbl = 'hold' AND action = 'insert'"
    assert archive.place.truth(said) == [("lawsuit",)]
    assert archive.place.truth("SELECT count(*) FROM audit.disposal_run") == [(0,)]


def test_the_trail_stays_green_and_nothing_of_the_file_is_left_in_it(archive):
    gone = archive.old.old[0]
    archive.at("caseworker").execute("SELECT app.open_files('file', ARRAY[%s], '')", (gone,))
    seal(archive.engine)
    before = archive.place.truth(
        "SELECT count(*) FROM audit.event WHERE household_id = %s AND detail::text LIKE %s",
        (gone, f"%{SECRET}%"),
    )
    assert before[0][0] > 0
    archive.at("records").execute(CARRY_OUT, archive.approved(gone))
    assert archive.faults() == []
    seal(archive.engine)
    found = verify(archive.engine)
    assert found.faults == ()
    assert found.disposed > 10
    left = "SELECT tbl, action FROM audit.event WHERE detail::text LIKE %s AND household_id = %s"
    for word in (SECRET, NAME, "架空町", "架空商店"):
        assert archive.place.truth(left, (f"%{word}%", gone)) == []
    person = "SELECT count(*) FROM audit.event WHERE tbl IN ('person', 'work_period') AND detail::text LIKE %s"
    assert archive.place.truth(person, (f"%{NAME}%",)) == [(3,)]  # of the files that stay
    # Who opened the file stays on record.
    opened = "SELECT count(*) FROM ticket_household WHERE household_id = %s"
    assert archive.place.truth(opened, (gone,)) == [(1,)]


def test_a_detail_emptied_beside_a_real_disposal_is_named(archive):
    """The list's event names what it emptied; one more with its hash is not among them."""
    archive.at("records").execute(CARRY_OUT, archive.approved())
    (seq,) = archive.place.truth(
        "SELECT min(seq) FROM audit.event WHERE tbl = 'segment' AND detail IS NOT NULL"
    )[0]
    as_superuser(
        archive.engine,
        "INSERT INTO audit.disposed SELECT seq, at, sha256(convert_to(detail::text, 'UTF8'))"
        " FROM audit.event WHERE seq = :seq",
        seq=seq,
    )
    as_superuser(archive.engine, "UPDATE audit.event SET detail = NULL WHERE seq = :seq", seq=seq)
    found = verify(archive.engine).faults
    assert [(f.fault, f.seq) for f in found] == [(Fault.CHANGED, seq)]


def test_an_invented_event_of_disposal_covers_nothing(archive):
    """Without a person and two people's decisions before it, it names in vain."""
    (seq,) = archive.place.truth("SELECT min(seq) FROM audit.event WHERE tbl = 'segment'")[0]
    as_superuser(
        archive.engine,
        "INSERT INTO audit.disposed SELECT seq, at, sha256(convert_to(detail::text, 'UTF8'))"
        " FROM audit.event WHERE seq = :seq",
        seq=seq,
    )
    as_superuser(archive.engine, "UPDATE audit.event SET detail = NULL WHERE seq = :seq", seq=seq)
    with archive.engine.begin() as connection:
        connection.execute(
            text(
                "SELECT audit.put('dispose', 'tombstone', 'x', NULL, NULL,"
                " jsonb_build_object('list', 'x', 'events', jsonb_build_array(CAST(:seq AS bigint))))"
            ),
            {"seq": seq},
        )
    found = verify(archive.engine).faults
    assert [(f.fault, f.seq) for f in found] == [(Fault.CHANGED, seq)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tombstone SET case_number = '0'",
        "UPDATE tombstone SET approved_by = checked_by",
        "DELETE FROM tombstone",
    ],
)
def test_an_altered_tombstone_is_named(archive, statement):
    archive.at("records").execute(CARRY_OUT, archive.approved())
    assert archive.faults() == []
    as_superuser(archive.engine, statement)
    assert archive.faults() == [Fault.TOMBSTONE]


def test_not_even_the_owner_of_the_trail_empties_a_detail(archive):
    archive.at("records").execute(CARRY_OUT, archive.approved())
    with archive.engine.begin() as connection:
        connection.execute(text("SET ROLE banso_audit"))
        emptied = connection.execute(text("UPDATE audit.event SET detail = NULL"))
        assert emptied.rowcount == 0


def test_a_disposal_under_way_and_a_hold_at_the_same_time(archive):
    """The hold waits for the disposal and then finds nothing to hold."""
    household = archive.old.old[0]
    made = archive.approved(household)
    by, other = archive.at("records"), archive.at("supervisor")
    by.autocommit = False
    by.execute(CARRY_OUT, made)
    other.execute("SET lock_timeout = '200ms'")
    assert refused(other, HOLD, (new_id(), household, "debt")) == "55P03"
    by.commit()
    by.autocommit = True
    assert refused(other, HOLD, (new_id(), household, "debt")) == "BS409"


def test_every_table_of_a_file_is_removed_and_nothing_else_points_into_it():
    """A new table that names a household, or a row of a file, is part of the file or is decided about here."""
    parts = {part.name for part in file_parts()}
    tables = Base.metadata.tables
    assert {name for name, table in tables.items() if is_part(table)} == parts
    assert {n for n, t in tables.items() if "household_id" in t.columns} - parts == set(KEPT)
    gone = parts | set(OF_PERSONS)
    pointing = {
        name
        for name, table in tables.items()
        for key in table.foreign_keys
        if key.column.table.name in gone and name not in gone
    }
    assert pointing == set()
