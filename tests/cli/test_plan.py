"""`banso-admin plan`: a dry proposal, the exported problem, saving, and a call that names nobody."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from desktop.cli.main import main
from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.office import AssignmentKind
from desktop.models.office import Assignment, District, Staff
from desktop.models.visit_plans import VisitPlanRecord
from desktop.planning.exchange import from_json

DAY = ("--today", "2024-10-01")
#: The training office has approved plans of this fiscal year; the next one is free.
NEXT = ("--from", "2025-04")


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    """A training office and the code of one of its districts."""
    url = f"sqlite:///{tmp_path_factory.mktemp('practice') / 'office.sqlite'}"
    main(["training", "create", "--database", url, "--households", "30", *DAY])
    engine = make_engine(url)
    with UnitOfWork(engine)() as session:
        code = session.scalar(
            select(District.code).where(~District.is_special).order_by(District.code).limit(1)
        )
    engine.dispose()
    return url, str(code)


def plan(practice, what, *more):
    url, code = practice
    given = ("--database", url, "--iterations", "50", *DAY, *more)
    who = () if what == "office" else ("--caseworker", code)
    return main(["plan", what, *who, *given])


def stored(url):
    engine = make_engine(url)
    with UnitOfWork(engine)() as session:
        found = session.scalars(select(VisitPlanRecord.first_on)).all()
    engine.dispose()
    return [day for day in found if day.year == 2025 and day.month == 4]


def test_a_dry_proposal_its_problem_and_the_draft(practice, capsys, tmp_path):
    path = tmp_path / "problem.json"
    assert plan(practice, "year", *NEXT, "--json", "--export-problem", str(path)) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told["visits"] > 0
    assert told["broken_rules"] == 0
    assert not told["saved"]
    problem, period = from_json(path.read_text(encoding="utf-8"))
    assert period is not None
    assert len(period.planned) == told["visits"]
    assert len(period.planned) + len(period.unplanned) == len(problem.visits)
    assert stored(practice[0]) == []
    assert plan(practice, "year", *NEXT, "--save") == 0
    assert "下書きとして保存しました。" in capsys.readouterr().out
    assert len(stored(practice[0])) == 1


def test_a_month_and_an_unknown_caseworker(practice, capsys):
    assert plan(practice, "month", "--from", "2025-05") == 0
    assert "案だけです" in capsys.readouterr().out
    url, _ = practice
    assert main(["plan", "year", "--database", url, "--caseworker", "nobody", *DAY]) == 1
    assert "--caseworker" in capsys.readouterr().err
    assert main(["plan", "office", "--database", url, *DAY]) == 1
    assert "--as" in capsys.readouterr().err


def test_the_office_at_once(practice, capsys):
    """All districts of the person who plans: one line a district, no broken rule, no double booking."""
    url, code = practice
    given = ("--database", url, "--iterations", "50", *DAY, *NEXT, "--as", supervisor_of(url, code))
    assert main(["plan", "office", *given, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) > 1
    assert code in {row["district"] for row in told}
    assert {row["broken_rules"] for row in told} == {0}
    assert len({row["seconds"] for row in told}) == 1


def supervisor_of(url, code):
    """The log-in of whoever supervises the district."""
    engine = make_engine(url)
    with UnitOfWork(engine)() as session:
        login = session.scalar(
            select(Staff.login)
            .join(Assignment, Assignment.staff_id == Staff.id)
            .join(District, District.id == Assignment.district_id)
            .where(District.code == code, Assignment.kind == AssignmentKind.SUPERVISOR)
        )
    engine.dispose()
    return str(login)
