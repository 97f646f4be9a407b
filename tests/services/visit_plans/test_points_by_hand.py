"""Need points given by hand: of one planned visit, within the office's limit, in its reason line, in no file."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from desktop.domain.errors import ConflictError, NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.need_points import PointsInput
from desktop.domain.visit_plans import PlanKind
from desktop.models.visit_plans import PlannedVisitPoint
from desktop.services.visit_plans import planning
from tests.support.factories import TODAY
from tests.support.visit_plans import APRIL, district_of, next_change

QUICK = 200
REASON = "見本：電話で困っていると聞いた"


@pytest.fixture
def head(office, caseworker):
    return caseworker.visit_plans.save(propose(office, caseworker).change)


def propose(office, desk):
    return desk.visit_plans.propose(district_of(office), PlanKind.YEAR, APRIL, iterations=QUICK)


def visits(desk, head):
    return [
        o.standing.visit
        for h in desk.visit_plans.year(head.plan_id).households
        for c in h.cells
        for o in c.outcomes
        if o.standing
    ]


def given(head, visit, points=10, **changes):
    values = {"point_id": new_id(), "points": points, "reason": REASON, **changes}
    return PointsInput(plan_id=head.plan_id, visit_id=visit.visit_id, **values)


def asked_points(office):
    with office.work() as session:
        asked = planning.question(
            session, office.caseworker, district_of(office), PlanKind.YEAR, APRIL, TODAY
        ).asked
    return {asked.visit_ids[visit.code]: visit.points for visit in asked.problem.visits}


def test_points_are_of_one_visit_and_reach_the_planner(office, caseworker, head):
    first, second = visits(caseworker, head)[:2]
    before = asked_points(office)
    caseworker.visit_plans.give_points(given(head, first, 15))
    after = asked_points(office)
    assert after[first.visit_id] == before[first.visit_id] + 15
    assert after[second.visit_id] == before[second.visit_id]
    caseworker.visit_plans.give_points(given(head, first, -5))
    assert asked_points(office)[first.visit_id] == max(0, before[first.visit_id] - 5)
    caseworker.visit_plans.give_points(given(head, first, 0))
    assert asked_points(office) == before


def test_never_below_nothing_and_no_visit_falls_out(office, caseworker, head):
    before = len(visits(caseworker, head))
    for visit in visits(caseworker, head):
        caseworker.visit_plans.give_points(given(head, visit, -30))
    assert set(asked_points(office).values()) <= {0, *range(100)}
    assert propose(office, caseworker).planned == before


def test_the_reason_line_says_who_and_why(office, caseworker, head):
    visit, other = visits(caseworker, head)[:2]
    caseworker.visit_plans.give_points(given(head, visit))
    words = caseworker.visit_plans.reasons(head.plan_id)
    assert f"{office.caseworker.name}：{REASON} ＋10" in words[visit.visit_id].words
    assert REASON not in words[other.visit_id].words
    assert "必要度" in words[visit.visit_id].words


def test_the_reason_is_content_and_the_points_are_not(office, caseworker, head, engine):
    visit = visits(caseworker, head)[0]
    caseworker.visit_plans.give_points(given(head, visit))
    words = office.desk(office.supervisor).visit_plans.reasons(head.plan_id)[visit.visit_id].words
    assert "＋10" in words
    if engine.dialect.name == "postgresql":
        assert "理由は世帯を開くと読めます" in words
        assert REASON not in words


def test_no_file_has_points(office, caseworker, head):
    caseworker.visit_plans.give_points(given(head, visits(caseworker, head)[0], 30))
    problem = propose(office, caseworker).problem
    document = json.loads(problem)
    assert REASON not in problem
    assert all("points" not in visit for visit in document["problem"]["visits"])
    rows = [*document["plan"]["planned"], *document["plan"].get("unplanned", [])]
    assert all(not row.get("points") for row in rows)
    assert all("points" not in row["costs"] for row in document["plan"]["planned"])


def test_a_retry_stores_once(office, caseworker, head):
    once = given(head, visits(caseworker, head)[0])
    caseworker.visit_plans.give_points(once)
    caseworker.visit_plans.give_points(once)
    with office.work() as session:
        assert session.scalar(select(func.count()).select_from(PlannedVisitPoint)) == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"points": 31}, "points", "30点まで"),
        ({"points": -31}, "points", "30点まで"),
        ({"reason": "　"}, "reason", "理由を入力"),
        ({"reason": "あ" * 201}, "reason", "200文字まで"),
    ],
)
def test_what_cannot_be_given_is_said_at_its_field(caseworker, head, changes, field, words):
    with pytest.raises(ValidationError, match=words) as refused:
        caseworker.visit_plans.give_points(given(head, visits(caseworker, head)[0], **changes))
    assert set(refused.value.fields) == {field}


def test_only_whoever_plans_for_the_district_and_only_a_visit_that_stands(office, caseworker, head):
    visit = visits(caseworker, head)[0]
    with pytest.raises((NotPermittedError, ConflictError)):
        office.desk(office.outsider).visit_plans.give_points(given(head, visit))
    caseworker.visit_plans.save(next_change(head, removed=(visit.visit_id,)))
    with pytest.raises(ConflictError):
        caseworker.visit_plans.give_points(given(head, visit))
