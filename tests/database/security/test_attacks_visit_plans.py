"""Visit plans at psql: forged approvals, versions and hashes, plans under the floor, other districts and offices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from desktop.domain.ids import new_id
from desktop.domain.visit_plan_digest import plan_digest
from desktop.domain.visit_plans import (
    PlanException,
    PlanKind,
    PlanMove,
    PlannedVisit,
    VisitKind,
)
from desktop.domain.working_time import Half
from tests.database.security.place import DENIED, Connection, Place, open_file, refused, rows
from tests.support.visit_plans import APRIL, a_change, a_visit, district_of, do, month, two_visits

TABLES = (
    *("visit_plan", "visit_plan_version", "visit_plan_step", "planned_visit"),
    *("planned_visit_cost", "planned_visit_text", "plan_exception", "plan_exception_text"),
    *("visit_deviation", "visit_deviation_text", "visit_plan_step_text"),
)
SAVE = "SELECT app.save_visit_plan(%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s::jsonb)"
MOVE = "SELECT app.move_visit_plan(%s, %s, %s, %s, %s)"
DEVIATE = "SELECT app.deviate(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
UNKNOWN = UUID(int=7)


@pytest.fixture(scope="module", autouse=True)
def given(place: Place) -> UUID:
    """A submitted yearly plan of the caseworker waits."""
    desk = place.desk(place.office.caseworker)
    head = desk.visit_plans.save(a_change(place.office, *two_visits(place.office)))
    do(desk, head, PlanMove.SUBMIT)
    return head.plan_id


@pytest.fixture
def clerk(place: Place) -> Iterator[Connection]:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    yield connection
    place.hang_up()


@pytest.fixture
def supervisor(place: Place) -> Iterator[Connection]:
    """The supervisor at psql."""
    yield place.connect(place.office.supervisor)
    place.hang_up()


def visit(place: Place, **forged: object) -> dict[str, object]:
    """A visit as the program hands it over, with some values forged."""
    return {
        "visit_id": str(new_id()),
        "household_id": str(place.office.household_id),
        "kind": "planned",
        "month": "2025-05-01",
        "minutes": 40,
        "rule": "grade",
        **forged,
    }


def saving(place: Place, *visits: dict[str, object], **forged: object) -> tuple[object, ...]:
    """What the program hands over when a plan of the next year is saved, with some values forged."""
    values = {
        "id": new_id(),
        "save": new_id(),
        "district": district_of(place.office),
        "kind": "year",
        "first_on": date(2025, 4, 1),
        "version": 0,
        "why": "edited",
        "visits": json.dumps(visits or [visit(place)]),
        "removed": [],
        "exceptions": "[]",
        **forged,
    }
    return tuple(values.values())


def shown(place: Place, plan: UUID) -> tuple[int, str]:
    """Version and hash as they stand."""
    (found,) = place.truth("SELECT version, content_hash FROM visit_plan WHERE id = %s", (plan,))
    return found[0], found[1]


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_not_written_by_hand(clerk: Connection, table: str):
    assert refused(clerk, f"DELETE FROM {table}") in DENIED
    assert refused(clerk, f"TRUNCATE {table} CASCADE") in DENIED
    assert refused(clerk, f"UPDATE {table} SET office_id = office_id") in DENIED
    assert refused(clerk, f"INSERT INTO {table} SELECT * FROM {table}") in DENIED


@pytest.mark.parametrize(
    "change",
    ["state = 'approved'", "content_hash = 'x'", "decided_by = drafted_by", "version = 9"],
)
def test_a_plan_is_not_rewritten(clerk: Connection, change: str):
    assert refused(clerk, f"UPDATE visit_plan SET {change}") in DENIED


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"kind": "week"}, "BS422"),
        ({"kind": None}, "BS422"),
        ({"first_on": date(2025, 5, 1)}, "BS422"),
        ({"first_on": None}, "BS422"),
        ({"first_on": APRIL}, "BS409"),
        ({"district": UNKNOWN}, "BS403"),
        ({"district": None}, "BS403"),
        ({"version": 1}, "BS403"),
        ({"visits": "{}"}, "BS422"),
        ({"visits": None}, "BS422"),
        ({"exceptions": '[{"household_id": null}]'}, "BS403"),
    ],
    ids=str,
)
def test_a_saving_is_judged(place: Place, clerk: Connection, forged, code):
    before = place.truth("SELECT count(*) FROM visit_plan")
    assert refused(clerk, SAVE, saving(place, **forged)) == code
    assert place.truth("SELECT count(*) FROM visit_plan") == before


@pytest.mark.parametrize(
    ("forged", "code"),
    [
        ({"month": "2024-05-01"}, "BS422"),
        ({"month": "2025-05-02"}, "BS422"),
        ({"month": None}, "BS422"),
        ({"unplanned": "full"}, "BS422"),
        ({"day": "2025-06-01"}, "BS422"),
        ({"half": "am"}, "BS422"),
        ({"minutes": 0}, "BS422"),
        ({"minutes": None}, "BS422"),
        ({"rule": "わたし"}, "BS422"),
        ({"rule": None}, "BS422"),
        ({"purposes": "a b"}, "BS422"),
        ({"visit_id": None}, "BS422"),
        ({"household_id": str(UNKNOWN)}, "BS403"),
        ({"household_id": None}, "BS403"),
        ({"kind": "pretended"}, "23514"),
        ({"note": "長" * 2001}, "BS422"),
    ],
    ids=str,
)
def test_every_visit_is_judged(place: Place, clerk: Connection, forged, code):
    assert refused(clerk, SAVE, saving(place, visit(place, **forged))) == code


def test_a_household_of_another_district_is_not_planned(place: Place, clerk: Connection):
    for household_id in (place.far_id, place.foreign_id):
        forged = visit(place, household_id=str(household_id))
        assert refused(clerk, SAVE, saving(place, forged)) == "BS403"


def test_what_is_submitted_does_not_change(place: Place, clerk: Connection, given: UUID):
    version, _ = shown(place, given)
    forged = saving(place, id=given, version=version, first_on=APRIL)
    assert refused(clerk, SAVE, forged) == "BS409"


def test_only_a_second_person_decides_what_was_displayed(
    place: Place, clerk: Connection, supervisor: Connection, given: UUID
):
    version, content_hash = shown(place, given)
    assert refused(clerk, MOVE, (given, version, content_hash, "approve", "")) in DENIED
    assert refused(supervisor, MOVE, (given, version, "x", "approve", "")) == "BS409"
    assert refused(supervisor, MOVE, (given, version, None, "approve", "")) == "BS409"
    assert refused(supervisor, MOVE, (given, 0, content_hash, "approve", "")) == "BS409"
    assert refused(supervisor, MOVE, (given, version, content_hash, "return", " ")) == "BS422"
    assert refused(supervisor, MOVE, (given, version, content_hash, "submit", "")) == "BS409"
    assert refused(supervisor, MOVE, (given, version, content_hash, None, "")) == "BS409"


def test_whoever_saved_a_version_decides_nothing(place: Place, supervisor: Connection):
    made = saving(place, kind="month", first_on=date(2025, 5, 1))
    with supervisor.transaction(force_rollback=True):
        supervisor.execute(SAVE, made)
        (found,) = rows(supervisor, "SELECT content_hash FROM visit_plan WHERE id = %s", made[:1])
        supervisor.execute(MOVE, (made[0], 1, found[0], "submit", ""))
        approve = (made[0], 1, found[0], "approve", "")
        assert refused(supervisor, MOVE, approve) == "BS403"


def test_a_plan_under_the_floor_is_not_handed_in(place: Place, clerk: Connection):
    with clerk.transaction(force_rollback=True):
        made = saving(place)
        clerk.execute(SAVE, made)
        (found,) = rows(clerk, "SELECT content_hash FROM visit_plan WHERE id = %s", made[:1])
        assert refused(clerk, MOVE, (made[0], 1, found[0], "submit", "")) == "BS422"


@pytest.mark.parametrize(
    "forged", [{"reason": "nothing", "words": "見本"}, {"reason": "programme", "words": " \u3000"}]
)
def test_an_exception_is_coded_and_said(place: Place, clerk: Connection, forged):
    exception = {"household_id": str(place.office.household_id), **forged}
    assert refused(clerk, SAVE, saving(place, exceptions=json.dumps([exception]))) == "BS422"


def test_the_servers_hash_is_the_programs(place: Place, clerk: Connection):
    with clerk.transaction(force_rollback=True):
        noted = visit(place, note="備考　改行\nあり", purposes="living,income", day="2025-05-08")
        noted |= {"half": "am", "place": 2, "is_locked": True, "due_on": "2025-05-20"}
        exception = {"household_id": str(place.office.household_id), "reason": "programme"}
        made = saving(
            place, noted, visit(place), exceptions=json.dumps([{**exception, "words": "見本"}])
        )
        clerk.execute(SAVE, made)
        (told,) = rows(clerk, "SELECT content_hash FROM visit_plan WHERE id = %s", made[:1])
        visits, exceptions = stored(clerk, made[0])
        spelled = plan_digest(
            district_of(place.office), PlanKind.YEAR, date(2025, 4, 1), visits, exceptions
        )
        assert told[0] == spelled


def stored(by: Connection, plan_id: object):
    """The plan's content as domain objects, read by hand."""
    visits = [
        PlannedVisit(
            **dict(zip(("visit_id", "household_id", "month", "day"), row[:4], strict=True)),
            kind=VisitKind(row[4]),
            half=Half(row[5]) if row[5] else None,
            place=row[6],
            minutes=row[7],
            purposes=tuple(filter(None, row[8].split(","))),
            is_locked=row[9],
            rule=row[10],
            due_on=row[11],
            note=row[12] or "",
        )
        for row in rows(
            by,
            "SELECT v.visit_id, v.household_id, v.month, v.day, v.kind, v.half, v.place, v.minutes, v.purposes,"
            " v.is_locked, v.rule, v.due_on, t.note FROM planned_visit v LEFT JOIN planned_visit_text t"
            " USING (plan_id, visit_id, from_version) WHERE v.plan_id = %s",
            (plan_id,),
        )
    ]
    exceptions = [
        PlanException(household_id=household_id, reason=reason, words=words)
        for household_id, reason, words in rows(
            by,
            "SELECT e.household_id, e.reason, t.words FROM plan_exception e JOIN plan_exception_text t"
            " USING (plan_id, household_id, from_version) WHERE e.plan_id = %s",
            (plan_id,),
        )
    ]
    return visits, exceptions


def test_who_when_and_how_it_went_are_the_servers_own(place: Place, given: UUID):
    supervisor = place.desk(place.office.supervisor)
    head = supervisor.visit_plans.year(given).head
    do(supervisor, head, PlanMove.APPROVE)
    mine, theirs = place.office.caseworker.staff_id, place.office.supervisor.staff_id
    steps = "SELECT number, state, by_id, position FROM visit_plan_step WHERE plan_id = %s"
    assert place.truth(f"{steps} ORDER BY number", (given,)) == [
        (1, "submitted", mine, ""),
        (2, "approved", theirs, "supervisor"),
    ]
    events = "SELECT action, staff_id FROM audit.event WHERE tbl = 'visit_plan' AND row_key = %s"
    told = place.truth(f"{events} ORDER BY seq", (str(given),))
    assert told[-1] == ("update", theirs)
    assert {staff for _, staff in told} == {mine, theirs}


def test_what_was_approved_is_only_departed_from(place: Place, clerk: Connection, given: UUID):
    version, content_hash = shown(place, given)
    assert refused(clerk, MOVE, (given, version, content_hash, "withdraw", "")) == "BS409"
    assert refused(clerk, SAVE, saving(place, id=given, version=version, first_on=APRIL)) == "BS409"
    (stands,) = place.truth(
        "SELECT visit_id FROM planned_visit WHERE plan_id = %s ORDER BY month LIMIT 1", (given,)
    )
    household = place.office.household_id
    plain = [new_id(), given, stands[0], household, "moved", 0, "person", month(12)]
    rest = [None, None, None, None, "見本"]

    def told(**forged: object) -> str:
        names = ("id", "plan", "visit", "household", "change", "shown", "reason", "month")
        values = dict(zip(names, plain, strict=True)) | forged
        return refused(clerk, DEVIATE, (*values.values(), *rest))

    assert told(reason="because") == "BS422"
    assert told(reason=None) == "BS422"
    assert told(shown=None) == "BS409"
    assert told(shown=1) == "BS409"
    assert told(visit=UNKNOWN) == "BS409"
    assert told(household=place.far_id) == "BS409"
    assert told(month=date(2026, 4, 1)) == "BS422"
    assert told(month=None) == "BS422"
    assert told(change="added") == "BS422"
    assert told(change="forgotten") != ""
    assert told(plan=UNKNOWN) == "BS403"
    assert told() == ""
    assert told() == ""
    assert place.truth("SELECT count(*) FROM visit_deviation WHERE plan_id = %s", (given,)) == [
        (1,)
    ]


def test_words_are_read_with_the_file_open_only(place: Place, given: UUID):
    place.close_files_of(place.office.caseworker)
    closed = place.connect(place.office.caseworker)
    assert rows(closed, "SELECT change FROM visit_deviation") != []
    assert rows(closed, "SELECT words FROM visit_deviation_text") == []
    open_file(closed, place.office.household_id)
    assert rows(closed, "SELECT words FROM visit_deviation_text") != []


def test_another_team_neither_sees_nor_acts(place: Place, given: UUID):
    outsider = place.connect(place.office.outsider)
    place.close_files_of(place.office.outsider)
    for table in ("planned_visit", "planned_visit_cost", "visit_deviation", "plan_exception"):
        assert rows(outsider, f"SELECT office_id FROM {table}") == []
    version, content_hash = shown(place, given)
    assert refused(outsider, SAVE, saving(place)) == "BS403"
    assert refused(outsider, MOVE, (given, version, content_hash, "withdraw", "")) == "BS403"


def test_roles_without_the_right_are_refused(place: Place, given: UUID):
    version, content_hash = shown(place, given)
    head = place.connect(place.office.head)
    assert refused(head, SAVE, saving(place)) in DENIED
    administrator = place.connect(place.administrator)
    assert refused(administrator, "SELECT visit_id FROM planned_visit") in DENIED
    move = (given, version, content_hash, "approve", "")
    assert refused(administrator, MOVE, move) in DENIED


def test_another_office_is_another_world(place: Place, given: UUID):
    stranger = place.connect(place.stranger)
    for table in TABLES:
        assert rows(stranger, f"SELECT office_id FROM {table}") == []
    assert refused(stranger, SAVE, saving(place)) == "BS403"
    version, content_hash = shown(place, given)
    assert refused(stranger, MOVE, (given, version, content_hash, "withdraw", "")) == "BS403"


@pytest.mark.parametrize(
    "inner",
    [
        "app.planning_office(NULL)",
        "app.plan_at_hand(NULL, 1)",
        "app.plan_digest(NULL)",
        "app.put_planned_visits(NULL, '[]', '{}')",
        "app.put_plan_exceptions(NULL, '[]')",
        "app.new_visit_plan(NULL, NULL, NULL, 'year', NULL)",
        "app.put_plan_step(NULL, '', '')",
        "app.judge_plan_decider(NULL)",
        "app.under_floor(NULL)",
        "app.required_visits(NULL, NULL, NULL, NULL)",
        "app.visit_now(NULL, NULL)",
    ],
)
def test_inner_functions_are_not_called_from_outside(clerk: Connection, inner: str):
    assert refused(clerk, f"SELECT {inner}") in DENIED


def test_a_visit_made_up_for_the_floor_counts_only_in_its_time(place: Place):
    """A yearly plan that is drafted late promises nothing for months that are over: the database says so too."""
    desk = place.desk(place.office.caseworker)
    given = a_change(
        place.office,
        a_visit(place.office.household_id, date(2023, 5, 1)),
        a_visit(place.office.household_id, date(2023, 11, 1)),
        first_on=date(2023, 4, 1),
    )
    head = desk.visit_plans.save(given)
    by = place.connect(place.office.caseworker)
    move = (head.plan_id, head.version, head.content_hash, "submit", "")
    assert refused(by, MOVE, move) == "BS422"
