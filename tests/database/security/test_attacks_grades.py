"""Visit grades at psql: grades that nobody approved, approvals of one's own, floors of the law, words that are missing."""

from __future__ import annotations

import json

import pytest

from desktop.domain.canonical import digest
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.visit_grades import grade_content
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.factories import TODAY
from tests.support.grades import decided, proposal

_INSERT = (
    "INSERT INTO visit_grade (id, office_id, household_id, grade, visits_per_year, effective_from, place, floor, reason_code,"
    " exception, state, policy_id, proposed_by, proposed_at, approved_by, approved_at, content_hash)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(grade)s, %(visits)s, %(day)s, %(place)s, %(floor)s, %(reason)s,"
    " %(exception)s, %(state)s, %(policy)s, coalesce(%(by)s, app.me()), now(), %(approved_by)s, %(approved_at)s, '')"
)
_WORDS = (
    "INSERT INTO visit_grade_text (grade_id, office_id, household_id, reason, exception_reason)"
    " VALUES (%s, %s, %s, %s, %s)"
)


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


@pytest.fixture(autouse=True)
def none_waits(place: Place) -> None:
    """No proposal of a test before waits, and none was decided."""
    waiting = place.truth("SELECT id FROM visit_grade WHERE state = 'submitted'")
    for (grade_id,) in waiting:
        place.desk(place.office.caseworker).grades.withdraw(grade_id)


def row(place: Place, /, **changes):
    office = place.office
    return {
        "id": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "grade": "B",
        "visits": 6,
        "day": TODAY,
        "place": "home",
        "floor": 2,
        "reason": "other",
        "exception": "",
        "state": "draft",
        "policy": None,
        "by": None,
        "approved_by": None,
        "approved_at": None,
        **changes,
    }


def named(**values):
    """Values that a statement asks for by name."""
    return values


def test_nobody_writes_an_approved_grade(place, writer):
    me = place.office.caseworker.staff_id
    approved = {"state": "approved", "approved_by": me, "approved_at": TODAY}
    assert refused(writer, _INSERT, row(place, **approved)) in DENIED
    assert refused(writer, _INSERT, row(place, state="submitted")) in DENIED
    assert refused(writer, _INSERT, row(place, by=place.office.supervisor.staff_id)) in DENIED
    supervisor = place.connect(place.office.supervisor)
    open_file(supervisor, place.office.household_id)
    own = approved | {"approved_by": place.office.supervisor.staff_id}
    assert refused(supervisor, _INSERT, row(place, **own)) in DENIED


def test_a_waiting_grade_moves_by_the_door_alone(place, writer):
    given = proposal(place.office)
    place.desk(place.office.caseworker).grades.propose(given)
    for statement in (
        "UPDATE visit_grade SET state = 'approved'",
        "UPDATE visit_grade SET grade = 'A'",
        "UPDATE visit_grade_text SET reason = 'x'",
        "DELETE FROM visit_grade",
        "SELECT app.settle_visit_grade(%(id)s, 'approved', 1)",
        "SELECT app.take_policy_grade(%(id)s, 1)",
        "SELECT app.begin_visit_grade(%(id)s, 1)",
    ):
        assert refused(writer, statement, named(id=given.grade_id)) in DENIED
    ((approval, digest),) = place.truth(
        "SELECT id, content_hash FROM approval WHERE subject_kind = 'visit_grade' AND state = 'waiting'"
    )
    own = "SELECT app.decide(%s, 'approve', 1, %s, 'list', '', NULL, NULL)"
    assert refused(writer, own, (approval, digest)) in DENIED
    assert place.truth("SELECT state FROM visit_grade WHERE id = %s", (given.grade_id,)) == [
        ("submitted",)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"grade": "E", "visits": 6},
        {"grade": "E", "floor": 0},
        {"grade": "E", "exception": "none"},
        {"grade": "F", "exception": "programme"},
        {"grade": "D", "exception": "programme"},
        {"grade": "特"},
        {"reason": "support_policy"},
        {"reason": "無"},
        {"place": "hospital"},
    ],
    ids=range(9),
)
def test_the_server_reckons_visits_and_floor_itself(place, writer, changes):
    assert refused(writer, _INSERT, row(place, **changes)) == "BS422"


def test_a_grade_comes_with_its_words(place, writer):
    alone = row(place)
    assert refused(writer, _INSERT, alone) == "BS422"
    under = row(place, grade="E", exception="programme")
    owner = (under["id"], under["office"], under["household"])
    writer.execute("BEGIN")
    writer.execute(_INSERT, under)
    assert refused(writer, _WORDS, (*owner, "連携している。", "\u3000")) == "BS422"
    later = proposal(place.office)
    place.desk(place.office.caseworker).grades.propose(later)
    owner = (later.grade_id, under["office"], under["household"])
    assert refused(writer, _WORDS, (*owner, "あとから", "")) in DENIED


def test_another_household_or_one_that_is_not_open_takes_none(place, writer):
    assert refused(writer, _INSERT, row(place, household=place.far_id)) in DENIED
    reader = place.connect(place.office.records)
    open_file(reader, place.office.household_id)
    assert refused(reader, _INSERT, row(place)) in DENIED


def test_an_answer_is_ones_own_and_comes_with_its_reason(place, writer):
    answer = (
        "INSERT INTO visit_grade_kept (id, office_id, household_id, event_code, happened_on, answered_by, answered_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, now())"
    )
    owner = (place.office.caseworker.office_id, place.office.household_id)
    me, other = place.office.caseworker.staff_id, place.office.supervisor.staff_id
    assert refused(writer, answer, (new_id(), *owner, "moved", TODAY, other)) in DENIED
    assert refused(writer, answer, (new_id(), *owner, "無", TODAY, me)) == "BS422"
    assert refused(writer, answer, (new_id(), *owner, "moved", TODAY, me)) == "BS422"
    assert refused(writer, "DELETE FROM visit_grade_kept") in DENIED


@pytest.mark.parametrize(
    ("key", "value", "retired"),
    [
        ("home", {"label": "居宅", "visits_per_year": 1}, False),
        ("home", {"label": "居宅", "visits_per_year": "x"}, False),
        ("home", {"label": "居宅", "visits_per_year": 2}, True),
        ("application", {"label": "申請", "visits_per_year": 0, "within_days": 8}, False),
        ("application", {"label": "申請", "visits_per_year": 0, "within_days": 0}, False),
        ("car", {"label": "車", "visits_per_year": 9}, False),
    ],
    ids=range(6),
)
def test_a_floor_of_the_law_is_not_lowered(place, key, value, retired):
    head = place.connect(place.administrator)
    statement = (
        "INSERT INTO master (id, office_id, table_name, key, valid_from, value, source, confirmed, is_retired, is_seed,"
        " entered_by, entered_at) VALUES (%s, %s, 'visit_floors', %s, %s, %s, '試験', true, %s, false, app.me(), now())"
    )
    office_id = place.office.caseworker.office_id
    asked = (new_id(), office_id, key, TODAY, json.dumps(value), retired)
    assert refused(head, statement, asked) == "BS422"


def test_the_hash_is_that_of_the_program(place):
    given = proposal(
        place.office, grade="E", exception="programme", exception_reason='連携\t"確認"\n済み'
    )
    desk = place.desk(place.office.caseworker)
    desk.grades.propose(given)
    (stored,) = place.truth(
        "SELECT content_hash, visits_per_year, floor FROM visit_grade WHERE id = %s",
        (given.grade_id,),
    )
    assert stored == (digest(grade_content(given, 1, 2)), 1, 2)


def test_the_author_finds_no_door_in_the_program(place):
    desk = place.desk(place.office.caseworker)
    desk.grades.propose(proposal(place.office))
    with pytest.raises(NotPermittedError):
        decided(desk)
