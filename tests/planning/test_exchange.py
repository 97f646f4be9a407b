"""The export is complete, documented and free of personal data."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.planning import exchange
from desktop.planning.exchange import from_json, to_json
from desktop.planning.planner import plan
from desktop.planning.plans import PlannedPeriod, PlannedVisit, UnplannedVisit
from desktop.planning.problem import Household, PlanningProblem, Visit
from tests.support.planning_problems import make_problem
from tests.support.planning_rows import make_visit, small_problem

README = Path(exchange.__file__).with_name("README.md").read_text(encoding="utf-8")


def test_problem_and_plan_come_back_as_they_were():
    problem = make_problem(households=25, last=date(2027, 6, 30))
    made = plan(problem, iterations=20)
    text = to_json(problem, made)
    assert from_json(text) == (problem, made)
    assert to_json(*from_json(text)) == text


def test_the_problem_alone_comes_back_and_gives_the_same_plan():
    problem = small_problem([make_visit(), make_visit("0002")])
    again, made = from_json(to_json(problem))
    assert (again, made) == (problem, None)
    assert plan(again, iterations=50) == plan(problem, iterations=50)


@pytest.mark.parametrize(
    "kind", [PlanningProblem, Household, Visit, PlannedPeriod, PlannedVisit, UnplannedVisit]
)
def test_every_name_is_documented(kind: type):
    missing = [field.name for field in fields(kind) if f"`{field.name}`" not in README]
    assert missing == []


def test_no_coordinates_leave_the_database():
    text = to_json(make_problem(households=10, last=date(2027, 5, 31)))
    assert not re.search(r"latitude|longitude|35[67]\d{5}|139[67]\d{5}", text)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"version": 2},
        {"problem": {}},
        {"problem": []},
        {"problem": {"first": "someday"}},
        {"plan": {"planned": 3}},
        {"plan": None},
    ],
)
def test_anything_else_is_refused_with_a_sentence(change: dict[str, Any]):
    document = json.loads(to_json(small_problem([make_visit()]))) | change
    with pytest.raises(ValueError, match="訪問計画のファイル"):
        from_json(json.dumps(document))


@pytest.mark.parametrize("text", ["", "[]", "{", "3"])
def test_what_is_no_document_is_refused(text: str):
    with pytest.raises(ValueError, match="訪問計画のファイル"):
        from_json(text)


def test_unknown_names_are_refused():
    document = json.loads(to_json(small_problem([make_visit()])))
    document["problem"]["visits"][0]["name"] = "架空"
    with pytest.raises(ValueError, match="形が違います"):
        from_json(json.dumps(document))
