"""The auditor at psql, and everybody else at what is the auditor's: numbers and names of the trail, never a text."""

from __future__ import annotations

import pytest

from desktop.database.audit_trail import judges
from desktop.database.security.callers import CALLED_BY
from desktop.database.security.names import groups
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.office import SignedInStaff
from desktop.domain.right_kinds import Visibility
from desktop.domain.roles import Permission, Role, roles_with
from desktop.models import Base
from desktop.models.base import visibility
from desktop.models.office import Office
from tests.database.security.place import DENIED, TEXT, Connection, Place, refused, rows
from tests.support import factories

SPAN = "'-infinity'::timestamptz, 'infinity'::timestamptz"
#: Every function of the report and the verification, called for everything there is.
READS = {
    "counts": f"SELECT * FROM app.audit_counts({SPAN})",
    "last seal": "SELECT * FROM app.audit_last_seal('infinity')",
    "accounts": f"SELECT * FROM app.audit_account_changes({SPAN})",
    "refusals": f"SELECT * FROM app.audit_refusals({SPAN})",
    "shields": f"SELECT * FROM app.audit_shields({SPAN})",
    "ticks": f"SELECT app.audit_ticks({SPAN})",
    "readings": f"SELECT * FROM app.audit_readings({SPAN})",
    "searches": f"SELECT * FROM app.audit_searches({SPAN})",
    "seal_list": "SELECT * FROM app.seal_list(0)",
    "verify_counts": "SELECT * FROM app.verify_counts()",
    "verify_restores": "SELECT * FROM app.verify_restores()",
    "verify_rows": "SELECT * FROM app.verify_rows(NULL, NULL)",
    "verify_seals": "SELECT * FROM app.verify_seals(0, 1000000)",
    "verify_differences": "SELECT * FROM app.verify_differences(1)",
    "verify_unsealed": "SELECT * FROM app.verify_unsealed(-1)",
    "verify_tombstones": "SELECT * FROM app.verify_tombstones()",
}
ASK = "SELECT app.ask_audit(NULL)"
CONTENT = [
    table for table in Base.metadata.sorted_tables if visibility(table) is Visibility.CONTENT
]
CLOSED = {
    "the trail": "SELECT * FROM audit.event",
    "its details alone": "SELECT detail FROM audit.event",
    "a partition": "SELECT * FROM audit.event_rest",
    "the seals' table": "SELECT * FROM audit.seal",
    "a judge beneath": "SELECT * FROM audit.verify_rows(NULL, NULL)",
    "written tombstones": "SELECT was FROM audit.written_tombstones()",
    "writings beneath": f"SELECT * FROM audit.writings(NULL, {SPAN})",
    "accesses beneath": "SELECT * FROM app.accesses_of(NULL)",
    "account events": f"SELECT * FROM audit.account_events({SPAN})",
    "another's asking": "SELECT audit.asked_report()",
    "a forged event": "SELECT audit.put('ask audit', 'event', app.me()::text, NULL, NULL, NULL)",
    "a ticket": "SELECT app.open_files('file', ARRAY[]::uuid[], 'audit')",
    "the offices": "SELECT app.audit_offices()",
}


def joined(place: Place, role: Role, office_id=None) -> SignedInStaff:
    with UnitOfWork(place.engine)() as session:
        home = session.get_one(Office, office_id or place.office.caseworker.office_id)
        return factories.signed_in(session, factories.make_staff(session, role, office=home))


@pytest.fixture(scope="module")
def auditor(place: Place) -> SignedInStaff:
    place.submitted()
    return joined(place, Role.AUDITOR)


@pytest.fixture(autouse=True)
def hung_up(place):
    """A server has so many connections; every test here opens one or two."""
    yield
    place.hang_up()


@pytest.fixture
def asked(place: Place, auditor) -> Connection:
    """The auditor, who has asked in an earlier transaction."""
    connection = place.connect(auditor)
    connection.execute(ASK)
    return connection


def test_every_function_of_the_report_is_attacked_here():
    report = groups(roles_with(Permission.SEE_AUDIT_REPORT))
    named = {name.partition("(")[0] for name, who in CALLED_BY.items() if who == report}
    attacked = {sql.split("app.")[1].partition("(")[0] for sql in READS.values()}
    assert named == attacked | {"ask_audit", "ask_household_audit", "household_audit"}
    assert {judge.name for judge in judges.CALLED} <= named


@pytest.mark.parametrize("statement", READS.values(), ids=READS)
def test_nothing_that_the_auditor_may_ask_holds_a_text_of_a_case_file(asked, statement):
    said = str(rows(asked, statement))
    assert TEXT not in said
    assert TEXT[:8] not in said
    assert "架空 花子" not in said


@pytest.mark.parametrize("table", CONTENT, ids=lambda table: table.name)
def test_the_auditor_reads_no_column_of_content(asked, table):
    for column in table.columns:
        error = refused(asked, f'SELECT "{column.name}" FROM public."{table.name}"')
        assert error in DENIED, column.name


@pytest.mark.parametrize("statement", CLOSED.values(), ids=CLOSED)
def test_nothing_beyond_the_functions_is_open_to_the_auditor(asked, statement):
    assert refused(asked, statement) in DENIED


@pytest.mark.parametrize("statement", READS.values(), ids=READS)
def test_without_asking_nothing_is_told(place, statement):
    assert refused(place.connect(joined(place, Role.AUDITOR)), statement) in DENIED


def test_an_asking_of_the_same_transaction_tells_nothing_and_cannot_be_rolled_back(place):
    connection = place.connect(joined(place, Role.DIRECTOR))
    connection.execute("BEGIN")
    connection.execute(ASK)
    assert refused(connection, READS["seal_list"]) in DENIED
    connection.execute("ROLLBACK")
    assert refused(connection, READS["seal_list"]) in DENIED


def test_the_asking_stands_in_the_trail(place, auditor, asked):
    found = place.truth(
        "SELECT count(*) FROM audit.event WHERE action = 'ask audit' AND staff_id = %s",
        (auditor.staff_id,),
    )
    assert found[0][0] >= 1


@pytest.mark.parametrize("statement", [ASK, *READS.values()], ids=["ask", *READS])
@pytest.mark.parametrize("who", ["caseworker", "supervisor", "administrator"])
def test_others_may_not_call_them(place, who, statement):
    staff = place.administrator if who == "administrator" else getattr(place.office, who)
    assert refused(place.connect(staff), statement) in DENIED


def test_the_section_head_is_told_the_same(place, auditor, asked):
    head = place.connect(place.office.head)
    head.execute(ASK)
    assert rows(head, READS["accounts"]) == rows(asked, READS["accounts"]) != []


def test_a_retired_role_ends_it(place):
    gone = joined(place, Role.AUDITOR)
    connection = place.connect(gone)
    connection.execute(ASK)
    assert rows(connection, READS["seal_list"]) is not None
    place.truth("UPDATE staff_role SET valid_to = valid_from WHERE staff_id = %s", (gone.staff_id,))
    assert refused(connection, READS["seal_list"]) in DENIED


def test_another_offices_auditor_is_told_nothing_of_ours(place, auditor, asked):
    stranger = place.connect(joined(place, Role.AUDITOR, place.stranger.office_id))
    stranger.execute(ASK)
    ours = {row[3] for row in rows(asked, READS["accounts"])}
    theirs = {row[3] for row in rows(stranger, READS["accounts"])}
    assert place.office.caseworker.name in ours
    assert ours & theirs == set()
    offices = {row[0] for row in rows(stranger, READS["readings"])}
    assert offices <= {place.stranger.office_id}


ASK_HOUSEHOLD = "SELECT app.ask_household_audit(%s)"
OF_HOUSEHOLD = f"SELECT * FROM app.household_audit(%s, {SPAN})"


def number_of(place: Place, household_id) -> str:
    return str(
        place.truth("SELECT case_number FROM household WHERE id = %s", (household_id,))[0][0]
    )


def test_a_households_openings_and_changes_hold_no_text_of_its_file(place, auditor):
    connection = place.connect(auditor)
    ours = place.office.household_id
    assert rows(connection, ASK_HOUSEHOLD, (number_of(place, ours),)) == [(ours,)]
    told = rows(connection, OF_HOUSEHOLD, (ours,))
    assert {"write", "history"} <= {row[2] for row in told}
    assert "insert:segment" in {part for row in told for part in row[6]}
    assert TEXT[:8] not in str(told)
    assert "架空 花子" not in str(told)


def test_a_household_is_told_of_only_after_it_was_asked_for(place):
    connection = place.connect(joined(place, Role.AUDITOR))
    ours, far = place.office.household_id, place.far_id
    assert refused(connection, OF_HOUSEHOLD, (ours,)) in DENIED
    connection.execute(ASK)
    connection.execute(ASK_HOUSEHOLD, (number_of(place, far),))
    assert refused(connection, OF_HOUSEHOLD, (ours,)) in DENIED
    assert refused(connection, OF_HOUSEHOLD, (None,)) in DENIED
    connection.execute("BEGIN")
    connection.execute(ASK_HOUSEHOLD, (number_of(place, ours),))
    assert refused(connection, OF_HOUSEHOLD, (ours,)) in DENIED
    connection.execute("ROLLBACK")
    assert refused(connection, OF_HOUSEHOLD, (ours,)) in DENIED


def test_no_household_of_another_office_is_told_of(place, auditor):
    connection = place.connect(auditor)
    number = number_of(place, place.foreign_id)
    if place.truth(
        "SELECT 1 FROM household WHERE case_number = %s AND office_id = %s",
        (number, auditor.office_id),
    ):
        assert rows(connection, ASK_HOUSEHOLD, (number,)) != [(place.foreign_id,)]
    else:
        assert refused(connection, ASK_HOUSEHOLD, (number,)) == "BS422"
    assert refused(connection, OF_HOUSEHOLD, (place.foreign_id,)) in DENIED


@pytest.mark.parametrize("who", ["caseworker", "supervisor", "records", "administrator"])
def test_others_may_not_ask_about_a_household(place, who):
    staff = place.administrator if who == "administrator" else getattr(place.office, who)
    connection = place.connect(staff)
    ours = place.office.household_id
    assert refused(connection, ASK_HOUSEHOLD, (number_of(place, ours),)) in DENIED
    assert refused(connection, OF_HOUSEHOLD, (ours,)) in DENIED
