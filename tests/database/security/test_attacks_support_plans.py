"""Support plans at psql: versions that nobody approved, another's name, parts that come later, ends and participations."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.domain.canonical import digest
from desktop.domain.errors import NotPermittedError
from desktop.domain.ids import new_id
from desktop.domain.support_plans import PlanInput, plan_content
from tests.database.security.place import DENIED, Connection, Place, open_file, refused
from tests.support.factories import TODAY
from tests.support.grades import decided
from tests.support.support_plans import ending, in_days, next_version, participation, plan

_PLAN = (
    "INSERT INTO support_plan (id, office_id, household_id, person_id, root_id, version, state, starts_on, ends_on, review_on,"
    " support_group, author_id, saved_at, approved_by, approved_at, content_hash)"
    " VALUES (%(id)s, %(office)s, %(household)s, %(person)s, %(root)s, %(version)s, %(state)s, %(starts)s, %(ends)s, %(review)s,"
    " %(group)s, coalesce(%(by)s, app.me()), now(), %(approved_by)s, %(approved_at)s, '')"
)
_TEXT = (
    "INSERT INTO support_plan_text (plan_id, office_id, household_id, wish, picture, long_goal)"
    " VALUES (%(id)s, %(office)s, %(household)s, '希望', '', '')"
)
_GOAL = (
    "INSERT INTO support_plan_goal (id, office_id, household_id, plan_id, number, reliance, what, measure, baseline, target,"
    " due_on, why, is_agreed) VALUES (%(goal)s, %(office)s, %(household)s, %(id)s, 1, 'economic', '目標', '', '', '', NULL, '', true)"
)
_STEP = (
    "INSERT INTO support_plan_step (id, office_id, household_id, plan_id, goal_id, stem_id, number, action, doer, due_on,"
    " how_often, cost_item) VALUES (%(step)s, %(office)s, %(household)s, %(id)s, %(goal)s, %(stem)s, 1, '取組', 'person', NULL, '', '')"
)
_PROGRAMME = (
    "INSERT INTO support_plan_programme (plan_id, programme, office_id, household_id)"
    " VALUES (%(id)s, %(programme)s, %(office)s, %(household)s)"
)
_CONSENT = (
    "INSERT INTO support_plan_consent (id, office_id, household_id, plan_id, move, said_on, way, copy_given, noted_by, noted_at)"
    " VALUES (%(row)s, %(office)s, %(household)s, %(id)s, %(move)s, %(day)s, 'oral', false, coalesce(%(by)s, app.me()), now())"
)
_RESULT = (
    "INSERT INTO support_plan_step_result (id, office_id, household_id, stem_id, status, done_on, note, noted_by, noted_at)"
    " VALUES (%(row)s, %(office)s, %(household)s, %(stem)s, 'done', %(day)s, '', coalesce(%(by)s, app.me()), now())"
)
_REVIEW = (
    "INSERT INTO support_plan_review (id, office_id, household_id, root_id, held_on, next_course, next_review_on, noted_by, noted_at)"
    " VALUES (%(row)s, %(office)s, %(household)s, %(root)s, %(day)s, 'go_on', %(next)s, coalesce(%(by)s, app.me()), now())"
)
_END = (
    "INSERT INTO support_plan_end (root_id, office_id, household_id, ended_on, outcome, ended_by, noted_at)"
    " VALUES (%(root)s, %(office)s, %(household)s, %(day)s, %(outcome)s, coalesce(%(by)s, app.me()), now())"
)
_TAKES_PART = (
    "INSERT INTO participation (id, office_id, household_id, person_id, programme, consent_on, consent_way, starts_on,"
    " noted_by, noted_at, ended_on, outcome) VALUES (%(row)s, %(office)s, %(household)s, %(person)s, %(programme)s, %(consent)s,"
    " %(way)s, %(starts)s, coalesce(%(by)s, app.me()), now(), %(ended)s, %(outcome)s)"
)


@pytest.fixture
def writer(place: Place) -> Connection:
    """The caseworker at psql, with the household's file open."""
    connection = place.connect(place.office.caseworker)
    open_file(connection, place.office.household_id)
    return connection


@pytest.fixture
def standing(place: Place) -> Any:
    """An approved plan, ended again behind the test."""
    caseworker = place.desk(place.office.caseworker)
    given = plan(place.office)
    caseworker.support_plans.save(given)
    caseworker.support_plans.submit(given.plan_id, given.household_id)
    decided(place.desk(place.office.supervisor))
    yield given
    if not place.truth("SELECT 1 FROM support_plan_end WHERE root_id = %s", (given.root_id,)):
        caseworker.support_plans.end(ending(given))


def row(place: Place, /, **changes: Any) -> dict[str, Any]:
    office, plan_id = place.office, new_id()
    return {
        "id": plan_id,
        "root": plan_id,
        "row": new_id(),
        "goal": new_id(),
        "step": new_id(),
        "stem": new_id(),
        "office": office.caseworker.office_id,
        "household": office.household_id,
        "person": office.person_id,
        "version": 1,
        "state": "draft",
        "starts": TODAY,
        "ends": in_days(180),
        "review": in_days(90),
        "group": None,
        "by": None,
        "approved_by": None,
        "approved_at": None,
        "programme": "employment",
        "move": "given",
        "day": TODAY,
        "next": in_days(4000),
        "consent": TODAY,
        "way": "signed",
        "ended": None,
        "outcome": "O11",
        **changes,
    }


def test_nobody_writes_an_approved_plan(place, writer):
    me = place.office.caseworker.staff_id
    approved = {"state": "approved", "approved_by": me, "approved_at": TODAY}
    assert refused(writer, _PLAN, row(place, **approved)) in DENIED
    assert refused(writer, _PLAN, row(place, state="submitted")) in DENIED
    assert refused(writer, _PLAN, row(place, by=place.office.supervisor.staff_id)) in DENIED
    assert refused(writer, _PLAN, row(place, household=place.far_id)) in DENIED
    reader = place.connect(place.office.records)
    open_file(reader, place.office.household_id)
    assert refused(reader, _PLAN, row(place)) in DENIED


def test_a_version_comes_with_its_text_and_its_group_is_the_decided_one(place, writer):
    alone = row(place, group="G2")
    assert refused(writer, _PLAN, alone) == "BS422"
    writer.execute("BEGIN")
    writer.execute(_PLAN, alone)
    writer.execute(_TEXT, alone)
    writer.execute("COMMIT")
    found = place.truth(
        "SELECT support_group, version FROM support_plan WHERE id = %s", (alone["id"],)
    )
    assert found == [(None, 1)]
    assert refused(writer, _TEXT, alone) in DENIED


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"ends": in_days(900)}, "BS422"),
        ({"review": in_days(300)}, "BS422"),
        ({"version": 2}, "23514"),
    ],
    ids=["long", "review", "root"],
)
def test_a_version_has_a_period_and_a_root(place, writer, changes, state):
    assert refused(writer, _PLAN, row(place, **changes)) == state


def test_parts_belong_to_the_version_that_is_being_saved(place, writer, standing):
    mine = row(place, id=standing.plan_id, root=standing.root_id)
    for statement in (_TEXT, _GOAL, _PROGRAMME):
        assert refused(writer, statement, mine) in DENIED
    step = mine | {"goal": standing.goals[0].goal_id}
    assert refused(writer, _STEP, step) in DENIED
    second = row(place, root=standing.root_id, version=2)
    writer.execute("BEGIN")
    writer.execute(_PLAN, second)
    writer.execute(_TEXT, second)
    writer.execute(_GOAL, second)
    foreign = second | {"stem": standing.steps[0].step_id, "goal": standing.goals[0].goal_id}
    assert refused(writer, _STEP, foreign) == "BS422"
    writer.execute("ROLLBACK")
    writer.execute("BEGIN")
    writer.execute(_PLAN, second)
    writer.execute(_TEXT, second)
    writer.execute(_GOAL, second)
    assert refused(writer, _STEP, second) == "BS422"  # a stem that is nowhere
    writer.execute("ROLLBACK")
    writer.execute("BEGIN")
    writer.execute(_PLAN, second)
    assert refused(writer, _PROGRAMME, second | {"programme": "none"}) == "BS422"
    writer.execute("ROLLBACK")


def test_a_plan_is_changed_by_nobody_and_moves_by_the_door_alone(place, writer, standing):
    change = next_version(standing, 1)
    desk = place.desk(place.office.caseworker)
    desk.support_plans.save(change)
    desk.support_plans.submit(change.plan_id, change.household_id)
    for statement in (
        "UPDATE support_plan SET state = 'approved'",
        "UPDATE support_plan_goal SET what = 'x'",
        "UPDATE support_plan_text SET wish = 'x'",
        "DELETE FROM support_plan",
        "SELECT app.settle_support_plan(%(id)s, 'approved', 2)",
        "SELECT app.begin_support_plan(%(id)s, 2)",
    ):
        assert refused(writer, statement, {"id": change.plan_id}) in DENIED
    ((approval, content),) = place.truth(
        "SELECT id, content_hash FROM approval WHERE subject_kind = 'support_plan' AND state = 'waiting'"
    )
    own = "SELECT app.decide(%s, 'approve', 2, %s, 'read', '', NULL, NULL)"
    assert refused(writer, own, (approval, content)) in DENIED
    assert content == digest(plan_content(change, *made_of(place, change)))
    supervisor = place.connect(place.office.supervisor)
    listed = "SELECT app.decide(%s, 'approve', 2, %s, 'list', '', NULL, NULL)"
    assert refused(supervisor, listed, (approval, content)) in DENIED
    desk.support_plans.withdraw(change.plan_id)


def made_of(place: Place, given: PlanInput):
    ((assessment, group),) = place.truth(
        "SELECT assessment_id, support_group FROM support_plan WHERE id = %s", (given.plan_id,)
    )
    return assessment, group


def test_another_plan_beside_the_one_in_force_is_refused(place, writer, standing):
    assert refused(writer, _PLAN, row(place)) == "BS409"
    assert refused(writer, _PLAN, row(place, root=standing.root_id, version=3)) == "BS409"


def test_what_follows_is_in_ones_own_name_and_of_the_plan_in_force(place, writer, standing):
    other = place.office.supervisor.staff_id
    mine = row(place, id=standing.plan_id, root=standing.root_id, stem=standing.steps[0].stem_id)
    late = mine | {"day": in_days(9000)}
    for statement in (_CONSENT, _RESULT, _REVIEW, _END):
        assert refused(writer, statement, mine | {"by": other}) in DENIED
        assert refused(writer, statement, mine | {"household": place.far_id}) in DENIED
        assert refused(writer, statement, late) == "BS422"
    assert refused(writer, _CONSENT, mine | {"move": "taken_back"}) == "BS422"
    assert refused(writer, _END, mine | {"outcome": "O99"}) == "BS422"
    assert refused(writer, _END, mine) == "BS422"  # without its summary
    assert refused(writer, _REVIEW, mine | {"next": None}) == "BS422"
    none = row(place)
    for statement in (_RESULT, _REVIEW, _END):
        assert refused(writer, statement, none) in DENIED


def test_a_plan_that_ended_takes_nothing_more(place, writer, standing):
    place.desk(place.office.caseworker).support_plans.end(ending(standing))
    mine = row(place, id=standing.plan_id, root=standing.root_id, stem=standing.steps[0].stem_id)
    assert refused(writer, _CONSENT, mine) == "BS409"
    for statement in (_RESULT, _REVIEW, _END):
        assert refused(writer, statement, mine) in DENIED
    second = row(place, root=standing.root_id, version=2)
    assert refused(writer, _PLAN, second) == "BS409"


def test_taking_part_is_begun_with_consent_and_ended_once(place, writer):
    other = place.office.supervisor.staff_id
    mine = row(place, outcome=None)
    assert refused(writer, _TAKES_PART, mine | {"by": other}) in DENIED
    assert refused(writer, _TAKES_PART, mine | {"household": place.far_id}) in DENIED
    assert refused(writer, _TAKES_PART, mine | {"ended": TODAY, "outcome": "O11"}) in DENIED
    assert refused(writer, _TAKES_PART, mine | {"consent": None, "way": None}) == "BS422"
    assert refused(writer, _TAKES_PART, mine | {"programme": "none"}) == "BS422"
    assert refused(writer, _TAKES_PART, mine | {"starts": in_days(9000)}) == "BS422"
    given = participation(place.office)
    desk = place.desk(place.office.caseworker)
    desk.participations.begin(given)
    assert refused(writer, _TAKES_PART, mine) == "BS409"
    ends = "UPDATE participation SET ended_on = %s, outcome = %s, ended_by = app.me() WHERE id = %s"
    assert refused(writer, ends, (TODAY, "O99", given.participation_id)) == "BS422"
    assert refused(writer, ends, (in_days(9000), "O11", given.participation_id)) == "BS422"
    moved = "UPDATE participation SET starts_on = %s WHERE id = %s"
    assert refused(writer, moved, (TODAY, given.participation_id)) in DENIED
    writer.execute(ends, (TODAY, "O11", given.participation_id))
    assert refused(writer, ends, (TODAY, "O12", given.participation_id)) == "BS409"
    with pytest.raises(NotPermittedError):
        place.desk(place.office.records).participations.begin(participation(place.office))
