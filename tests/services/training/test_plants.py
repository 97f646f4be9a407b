"""The radar finds exactly what was planted, and none of the near misses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop.database.engine import make_engine
from desktop.database.unit_of_work import UnitOfWork
from desktop.domain.clock import FixedClock
from desktop.models.office import Staff
from desktop.services.sign_in import SignIn
from desktop.services.supervision import SupervisionService
from desktop.services.training.plants import (
    DECLARATION_RULES,
    GRADE_RULES,
    INQUIRY_RULES,
    POLICY_RULES,
    PROCEDURE_RULES,
    SUPPORT_RULES,
    TRANSFER_RULES,
    VISIT_RULES,
)
from tests.services.training.conftest import TODAY, make
from tests.support.factories import at

HOUSEHOLD_RULES = (
    {"R01", "R02", "R03", "R04", "R05", "R06", "R10", "R12", "R16"}
    | POLICY_RULES
    | DECLARATION_RULES
    | TRANSFER_RULES
    | INQUIRY_RULES
    | GRADE_RULES
)

#: Planted once in an office: a plan that lies undecided, a new household that no plan knows, a visit that was forgotten.
VISIT_PLAN_RULES = {"V02", "V03", "V10"}
#: Planted where nothing else tells of a household's visits; a small office has few such households.
VISITS = VISIT_RULES | {"V09"}

#: Planted where a household's people suit; a small office may have none of them.
PEOPLE_RULES = {"P07", "P11", "V22", "E07", "E12"}

#: Planted where a household left protection in the last year; an office may have none.
ENDED_RULES = {"B01"}


def found_by_the_radar(url: str) -> set[tuple[str, str]]:
    engine = make_engine(url)
    work, clock = UnitOfWork(engine), FixedClock(at(TODAY))
    head = SignIn(work, clock).sign_in("kacho")
    findings = SupervisionService(work, clock, head).findings()
    with work() as session:
        logins = {row.id: row.login for row in session.execute(select(Staff.id, Staff.login))}
    engine.dispose()
    return {(f.rule, f.case_number or logins[f.staff_id]) for f in findings if f.staff_id}


def listed(path: Path, name: str) -> set[tuple[str, str]]:
    lines = json.loads(path.read_text(encoding="utf-8"))[name]
    return {(line["rule"], line.get("case_number") or line["login"]) for line in lines}


@pytest.mark.parametrize(
    "households", [30, *(pytest.param(n, marks=pytest.mark.slow) for n in (240, 420))]
)
def test_exactly_the_planted_problems_are_found(households: int, tmp_path: Path) -> None:
    url, planted = f"sqlite:///{tmp_path / 'office.sqlite'}", tmp_path / "planted.json"
    make(url, households=households, planted=planted)
    wanted, near = assert_exactly_found(url, planted)
    if households > 200:
        assert {rule for rule, _ in wanted} >= PEOPLE_RULES
        for rule in VISITS:
            assert sum(line[0] == rule for line in wanted) >= 2
        assert {rule for rule, _ in near} >= VISITS


def test_exactly_the_planted_problems_are_found_in_the_office_of_the_other_tests(office) -> None:
    """Of a size at which what is planted about one household meets in others."""
    assert_exactly_found(office.url, office.planted)


def assert_exactly_found(url: str, planted: Path) -> tuple[set[tuple[str, str]], ...]:
    """The radar finds what was planted and nothing else; returns what was planted, and the near misses."""
    wanted, near = listed(planted, "planted"), listed(planted, "near_misses")
    found = found_by_the_radar(url)
    # A vacant district has no caseworker to name.
    assert {line for line in wanted if line[0] != "R16"} <= found
    assert found <= wanted
    assert not near & found - wanted
    return wanted, near


def test_each_rule_has_plants_and_near_misses(office) -> None:
    planted, near = listed(office.planted, "planted"), listed(office.planted, "near_misses")
    rules = {rule for rule, _ in planted} - PEOPLE_RULES - ENDED_RULES - VISITS
    assert (
        rules
        == HOUSEHOLD_RULES
        | {"O04", "K01", "V23"}
        | VISIT_PLAN_RULES
        | SUPPORT_RULES
        | PROCEDURE_RULES
    )
    assert HOUSEHOLD_RULES - {"R02"} <= {rule for rule, _ in near} | {"R02"}
    for rule in HOUSEHOLD_RULES:
        assert sum(line[0] == rule for line in planted) >= 2


def test_nothing_in_the_database_tells_what_was_planted(office) -> None:
    lines = json.loads(office.planted.read_text(encoding="utf-8"))
    assert lines["today"] == TODAY.isoformat()
    content = Path(str(office.engine.url.database)).read_bytes()
    assert b"planted" not in content
    assert "近似".encode() not in content
