"""The legal finding at psql: whole, in the own name, decided by somebody else, and never by a support group."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.domain.ids import new_id
from desktop.domain.work_findings import FindingDecisionInput, FindingOutcome, FoundBy
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.factories import TODAY, days_ago
from tests.support.work_findings import a_finding

TABLES = ("work_finding", "work_finding_element", "work_finding_decision")
FINDING = (
    "INSERT INTO work_finding (id, office_id, household_id, person_id, found_on, author_id, written_at)"
    " VALUES (%s, %s, %s, %s, %s, %s, now())"
)
ELEMENT = (
    "INSERT INTO work_finding_element (finding_id, element, office_id, household_id, state, facts, evidence, as_of)"
    " VALUES (%s, %s, %s, %s, 'there', %s, %s, %s)"
)
DECISION = (
    "INSERT INTO work_finding_decision (finding_id, office_id, household_id, outcome, how, matter_id, reason, decided_by, decided_at)"
    " VALUES (%s, %s, %s, 'not_used', %s, %s, %s, %s, now())"
)


@pytest.fixture(autouse=True)
def leave_nothing_open(place: Place) -> Iterator[None]:
    yield
    place.hang_up()


def put(place: Place, by: Connection, elements=("ability", "will", "opportunity"), **changes):
    """A finding at psql in one transaction; its id and the refusal."""
    office, me = place.office, place.office.caseworker
    finding, owner = new_id(), (me.office_id, changes.get("household", office.household_id))
    author = changes.get("author", me.staff_id)
    facts, evidence = changes.get("facts", "事実。"), changes.get("evidence", "意見書。")
    by.execute("BEGIN")
    row = (finding, *owner, office.person_id, changes.get("on", TODAY), author)
    found = refused(by, FINDING, row)
    for element in elements:
        values = (finding, element, *owner, facts, evidence, days_ago(3))
        found = found or refused(by, ELEMENT, values)
    found = found or refused(by, "COMMIT")
    if found:
        by.execute("ROLLBACK")
    return finding, found


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": "　"},
        {"evidence": ""},
        {"facts": "支援区分はG2。"},
        {"evidence": "Ｇ１ａの決定"},
        {"elements": ("ability", "will")},
        {"on": days_ago(-1)},
    ],
)
def test_a_finding_is_whole_dated_and_names_no_group(place, writer, changes):
    assert put(place, writer, **changes)[1] == "BS422"


def test_it_is_stored_in_the_own_name_for_an_opened_file(place, writer):
    assert put(place, writer)[1] == ""
    assert put(place, writer, author=place.office.supervisor.staff_id)[1] in DENIED
    assert put(place, writer, household=place.far_id)[1] in DENIED


def test_who_decides_and_by_what(place, writer):
    office = place.office
    given = a_finding(office)
    place.desk(office.caseworker).findings.put_forward(given)
    key = (given.finding_id, office.caseworker.office_id, office.household_id)
    own = (*key, "head", None, "理由。", office.caseworker.staff_id)
    assert refused(writer, DECISION, own) in DENIED
    leader = place.connect(office.supervisor)
    open_file(leader, office.household_id)
    alone = (*key, "head", None, "理由。", office.supervisor.staff_id)
    assert refused(leader, DECISION, alone) in DENIED
    unheard = (*key, "conference", new_id(), "理由。", office.supervisor.staff_id)
    assert refused(leader, DECISION, unheard) in ("BS422", "23503")
    head = place.connect(office.head)
    open_file(head, office.household_id)
    for reason in ("", "支援区分がG3だから。"):
        wrong = (*key, "head", None, reason, office.head.staff_id)
        assert refused(head, DECISION, wrong) == "BS422"
    right = (*key, "head", None, "応募を続けている。", office.head.staff_id)
    assert refused(head, DECISION, right) == ""
    assert refused(head, DECISION, right) == "23505"


@pytest.mark.parametrize("table", TABLES)
def test_nothing_changes_or_goes_and_another_office_sees_none(place, writer, table):
    assert refused(writer, f"DELETE FROM {table}") == "42501"
    assert refused(writer, f"UPDATE {table} SET office_id = office_id") in DENIED
    assert rows(place.connect(place.stranger), f"SELECT count(*) FROM {table}") == [(0,)]
    records = place.connect(place.office.records)
    open_file(records, place.office.household_id)
    assert refused(records, f"SELECT * FROM {table}") == "42501" or not rows(
        records, f"SELECT 1 FROM {table}"
    )


def test_everything_is_told(place):
    office = place.office
    given = a_finding(office)
    place.desk(office.caseworker).findings.put_forward(given)
    # Those written at psql stand under the server's clock: the newest is decided.
    ((newest,),) = place.truth(
        "SELECT id FROM work_finding WHERE person_id = %s ORDER BY found_on DESC, written_at DESC LIMIT 1",
        (office.person_id,),
    )
    decided = FindingDecisionInput(
        finding_id=newest,
        household_id=given.household_id,
        outcome=FindingOutcome.USED,
        how=FoundBy.HEAD,
        reason="応募を続けている。",
    )
    place.desk(office.head).findings.decide(decided)
    told = place.truth("SELECT DISTINCT tbl FROM audit.event WHERE tbl = ANY (%s)", (list(TABLES),))
    assert {name for (name,) in told} == set(TABLES)
