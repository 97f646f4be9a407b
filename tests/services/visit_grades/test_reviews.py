"""What asks for a review of a grade, what settles it, and what the radar and the desk tell, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select

from desktop.domain.errors import ValidationError
from desktop.domain.households import ResidenceKind
from desktop.domain.todos import TodoOrigin
from desktop.domain.visit_grades import KeptInput
from desktop.models.ledger import (
    AddressPeriod,
    HouseholdStatePeriod,
    ResidencePeriod,
    VisitGradePeriod,
)
from desktop.services.supervision import SupervisionService
from desktop.services.todos import TodoService
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.factories import CLOCK, TODAY, add, days_ago
from tests.support.grades import decided, proposal
from tests.support.people import work_of


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def of_ledger(office: SmallOffice, since: date) -> None:
    """The ledger says B since a day; what happened before was considered then."""
    row = VisitGradePeriod(
        office_id=office.caseworker.office_id,
        household_id=office.household_id,
        grade="B",
        valid_from=since,
    )
    with office.work() as session:
        add(session, row)


def moved(office: SmallOffice, on: date) -> None:
    owner = {"office_id": office.caseworker.office_id, "household_id": office.household_id}
    with office.work() as session:
        add(session, AddressPeriod(**owner, address="架空町1", valid_from=days_ago(900)))
        add(session, AddressPeriod(**owner, address="架空町2", valid_from=on))


def events(office: SmallOffice) -> list[tuple[str, date]]:
    found = office.desk(office.caseworker).grades.of_household(office.household_id)
    return [(event.code, event.happened_on) for event in found.events]


def findings(office: SmallOffice, rule: str) -> list[str]:
    staff = office.supervisor
    found = SupervisionService(work_of(office.work, staff, CLOCK), CLOCK, staff).findings()
    return [f.reason for f in found if f.rule == rule]


def todos(office: SmallOffice) -> list[str]:
    desk = office.desk(office.caseworker)
    service = TodoService(desk.work, CLOCK, desk.staff, desk.grades.reading)
    return [t.text for t in service.mine() if t.origin is TodoOrigin.GRADE_REVIEW]


def test_a_move_asks_until_it_is_answered(office, caseworker):
    of_ledger(office, days_ago(100))
    moved(office, days_ago(40))
    assert events(office) == [("moved", days_ago(40))]
    assert [text.split("：")[0] for text in todos(office)] == ["訪問格付の見直し"]
    assert len(findings(office, "V17")) == 1
    given = KeptInput(
        household_id=office.household_id,
        event_code="moved",
        happened_on=days_ago(40),
        reason="同じ町内の転居で、暮らしは変わらない。",
    )
    caseworker.grades.keep(given)
    assert (events(office), todos(office), findings(office, "V17")) == ([], [], [])
    (answer,) = caseworker.grades.of_household(office.household_id).answers
    assert (answer.label, answer.reason) == ("転居", given.reason)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": "　"}, "reason"),
        ({"happened_on": date(2999, 1, 1)}, "happened_on"),
        ({"event_code": "無"}, "event_code"),
    ],
)
def test_an_answer_says_why(office, caseworker, changes, field):
    given = {
        "household_id": office.household_id,
        "event_code": "moved",
        "happened_on": days_ago(1),
        "reason": "変わらない。",
    }
    with pytest.raises(ValidationError) as refused:
        caseworker.grades.keep(KeptInput(**(given | changes)))
    assert set(refused.value.fields) == {field}


def test_a_proposal_settles_what_happened_before_it(office, caseworker):
    of_ledger(office, days_ago(100))
    moved(office, days_ago(3))
    assert findings(office, "V17") == []
    caseworker.grades.propose(proposal(office, grade="A", reason_code="moved"))
    assert events(office) == []
    caseworker.grades.withdraw(caseworker.grades.of_household(office.household_id).waiting.row_id)
    assert events(office) == [("moved", days_ago(3))]


def test_months_after_the_start_and_going_into_hospital(office):
    owner = {"office_id": office.caseworker.office_id}
    of_ledger(office, days_ago(130))
    with office.work() as session:
        session.scalars(select(HouseholdStatePeriod)).one().valid_from = days_ago(130)
        add(
            session,
            ResidencePeriod(
                **owner,
                person_id=office.person_id,
                kind=ResidenceKind.HOSPITAL,
                place="架空病院",
                valid_from=days_ago(20),
            ),
        )
    codes = {code for code, _ in events(office)}
    assert {"started_3", "admitted"} <= codes
    assert not {"started_6", "started_12", "discharged"} & codes


def test_a_household_without_a_grade_is_told_of_by_v01_alone(office, caseworker):
    moved(office, days_ago(40))
    assert events(office) == []
    assert len(findings(office, "V01")) == 1
    caseworker.grades.propose(proposal(office))
    assert len(findings(office, "V01")) == 1
    decided(office.desk(office.supervisor))
    assert findings(office, "V01") == []


def test_who_lives_in_a_hospital_is_none_of_v01(office):
    with office.work() as session:
        add(
            session,
            ResidencePeriod(
                office_id=office.caseworker.office_id,
                person_id=office.person_id,
                kind=ResidenceKind.HOSPITAL,
                place="架空病院",
                valid_from=days_ago(20),
            ),
        )
    assert findings(office, "V01") == []


def test_the_end_of_the_fiscal_year_asks_once(office):
    march = date(TODAY.year if TODAY.month >= 3 else TODAY.year - 1, 3, 1)
    of_ledger(office, date(march.year - 1, 6, 1))
    assert ("yearly", march) in events(office)
