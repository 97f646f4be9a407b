"""Blind double checks at psql: chosen cases, chosen seeds, seconds who may not be, answers of others, and what a second may not see."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.database.engine import make_engine
from desktop.domain.ids import new_id
from tests.database.security.place import DENIED, Place, make_place, refused
from tests.support.blind_checks import QUARTER, answers, asked, drawn
from tests.support.databases import FreshDatabases
from tests.support.effort import decided

_DRAW = (
    "INSERT INTO blind_draw (id, office_id, quarter_on, wanted, pool, seed, reason, drawn_by, drawn_at)"
    " VALUES (%(id)s, %(office)s, %(quarter)s, 1, %(pool)s, 7, %(reason)s, coalesce(%(by)s, app.me()), now())"
)
_CHECK = (
    "INSERT INTO blind_check (id, office_id, household_id, person_id, draw_id, decision_id, assessment_id)"
    " SELECT %(id)s, office_id, household_id, person_id, %(draw)s, id, assessment_id FROM support_group_decision"
)
_ASK = (
    "INSERT INTO blind_check_assignment (id, office_id, household_id, person_id, check_id, second_id, assigned_by, assigned_at)"
    " SELECT %(id)s, office_id, household_id, person_id, id, %(second)s, coalesce(%(by)s, app.me()), now() FROM blind_check"
)
_ANSWERS = (
    "INSERT INTO blind_answers (assignment_id, office_id, household_id, health, motivation, barriers, drive, words, form_on)"
    " VALUES (%(id)s, %(office)s, %(household)s, 'A1', 'B1', 'C0', 'E1', '', current_date)"
)
_ANSWERED = "UPDATE blind_check_assignment SET answered_at = now() WHERE id = %(id)s"
_WITHDRAWN = (
    "UPDATE blind_check_assignment SET withdrawn_at = now(), withdrawn_why = 'mistake', withdrawn_by = coalesce(%(by)s, app.me())"
    " WHERE id = %(id)s"
)
_AGREEMENT = "SELECT * FROM app.blind_agreement(%s)"


@pytest.fixture
def place(fresh_databases: FreshDatabases) -> Iterator[Place]:
    """An office of each test's own: whoever drew once, or opened a file once, is not who he was."""
    with fresh_databases.postgresql() as url:
        engine = make_engine(url)
        made = make_place(engine)
        yield made
        made.close()
        engine.dispose()


def row(place, /, **changes):
    office_id = place.office.caseworker.office_id
    given = {"id": new_id(), "office": office_id, "quarter": QUARTER, "pool": 1, "reason": ""}
    return {**given, "household": place.office.household_id, "by": None, **changes}


def test_only_who_decides_draws_in_the_own_name_and_of_a_quarter(place):
    decided(place.office)
    for person in (place.office.caseworker, place.office.outsider):
        assert refused(place.connect(person), _DRAW, row(place)) in DENIED
    connection = place.connect(place.office.supervisor)
    assert refused(connection, _DRAW, row(place, by=place.office.head.staff_id)) in DENIED
    assert refused(connection, _DRAW, row(place, office=new_id())) in DENIED
    for quarter in ("2024-11-01", "2030-01-01"):
        assert refused(connection, _DRAW, row(place, quarter=quarter)) == "BS422"


def test_a_draw_without_what_its_seed_chooses_is_none_and_the_seed_is_not_chosen(place):
    decided(place.office)
    connection = place.connect(place.office.supervisor)
    assert refused(connection, _DRAW, row(place)) == "BS409"
    given = row(place)
    with connection.transaction():
        connection.execute(_DRAW, given)
        connection.execute(_CHECK, {"id": new_id(), "draw": given["id"]})
    (seed,) = connection.execute("SELECT seed FROM blind_draw").fetchone()
    assert seed != 7
    assert refused(connection, _CHECK, {"id": new_id(), "draw": given["id"]}) in DENIED
    assert refused(connection, _DRAW, row(place)) == "BS422"  # a second time without a reason


def test_who_supervises_nobody_sees_no_draw_and_no_case(place):
    drawn(place.office)
    for person in (place.office.caseworker, place.office.outsider):
        connection = place.connect(person)
        for table in ("blind_draw", "blind_check", "blind_check_assignment", "blind_answers"):
            code = refused(connection, f"SELECT id FROM {table}")
            if code is None:
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert refused(place.connect(place.office.caseworker), _AGREEMENT, (new_id(),)) in DENIED


@pytest.mark.parametrize("who", ["caseworker", "head", "supervisor", "records"])
def test_who_may_not_be_asked_is_not(place, who):
    drawn(place.office)
    connection = place.connect(place.office.supervisor)
    second = getattr(place.office, who).staff_id
    assert refused(connection, _ASK, row(place, second=second)) in (*DENIED, "BS422")


def test_requests_are_made_by_who_decides_in_the_own_name_and_once(place):
    drawn(place.office)
    second = place.office.outsider.staff_id
    supervisor = place.connect(place.office.supervisor)
    other = place.office.head.staff_id
    assert refused(supervisor, _ASK, row(place, second=second, by=other)) in DENIED
    supervisor.execute(_ASK, row(place, second=second))
    assert refused(supervisor, _ASK, row(place, second=second)) == "23505"


def test_a_second_sees_no_first_answer_group_or_plan_until_the_own_are_in(place):
    assignment_id = asked(place.office)
    desk = place.desk(place.office.outsider)
    desk.blind_checks.begin(assignment_id)
    connection = place.connect(place.office.outsider)
    hidden = ("assessment", "assessment_answers", "support_group_decision", "support_group_reason")
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in hidden
    }
    assert counts == dict.fromkeys(hidden, 0)
    assert connection.execute("SELECT count(*) FROM blind_check_assignment").fetchone() == (1,)
    desk.blind_checks.answer(answers(place.office, assignment_id))
    for table in hidden:
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,)


def test_nobody_else_answers_and_nothing_is_half_answered(place):
    assignment_id = asked(place.office)
    given = row(place, id=assignment_id)
    caseworker = place.desk(place.office.caseworker)
    caseworker.groups.of_household(place.office.household_id)
    assert refused(place.connect(place.office.caseworker), _ANSWERS, given) in DENIED
    second = place.connect(place.office.outsider)
    assert refused(second, _ANSWERS, given) in DENIED  # the file is not open
    assert refused(second, _ANSWERED, given) in DENIED  # nothing was answered
    place.desk(place.office.outsider).blind_checks.begin(assignment_id)
    assert refused(second, _ANSWERS, given) == "BS422"  # answers without the note that they are in
    assert refused(second, _WITHDRAWN, given) in DENIED
    supervisor = place.connect(place.office.supervisor)
    assert refused(supervisor, _WITHDRAWN, {**given, "by": place.office.head.staff_id}) in DENIED
    supervisor.execute(_WITHDRAWN, given)
    assert refused(second, _ANSWERS, given) in DENIED
    assert refused(supervisor, _WITHDRAWN, given) == "BS409"


@pytest.mark.parametrize("table", ["blind_draw", "blind_check", "blind_answers"])
@pytest.mark.parametrize("change", ["UPDATE {} SET office_id = office_id", "DELETE FROM {}"])
def test_what_was_added_stays(place, table, change):
    assignment_id = asked(place.office)
    place.desk(place.office.outsider).blind_checks.answer(answers(place.office, assignment_id))
    assert refused(place.connect(place.office.supervisor), change.format(table)) in DENIED


def test_who_supervises_is_told_whether_answers_are_alike_and_reads_them_with_a_ticket(place):
    assignment_id = asked(place.office)
    place.desk(place.office.outsider).blind_checks.answer(answers(place.office, assignment_id))
    connection = place.connect(place.office.supervisor)
    office_id = place.office.caseworker.office_id
    (found,) = connection.execute(_AGREEMENT, (office_id,)).fetchall()
    assert found[1:] == (True, True, True, False)
    assert connection.execute(_AGREEMENT, (new_id(),)).fetchall() == []
    head = place.connect(place.office.head)
    assert head.execute("SELECT count(*) FROM blind_answers").fetchone() == (0,)
