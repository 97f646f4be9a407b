"""Visit grade and visits a year of a support policy: offered, stored, hashed, asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from desktop.domain.ids import new_id
from desktop.domain.support_policies_content import policy_content
from desktop.models.ledger import VisitGradePeriod
from tests.services.support_policies.test_support_policies import approve
from tests.support import factories
from tests.support.desk import Desk, SmallOffice, small_office
from tests.support.policies import written


@pytest.fixture
def office(engine: Engine) -> SmallOffice:
    return small_office(engine)


@pytest.fixture
def caseworker(office: SmallOffice) -> Desk:
    return office.desk(office.caseworker)


def graded(office: SmallOffice, code: str) -> None:
    with office.work() as session:
        session.add(
            VisitGradePeriod(
                id=new_id(),
                office_id=office.caseworker.office_id,
                household_id=office.household_id,
                grade=code,
                valid_from=factories.days_ago(100),
            )
        )


def asked(desk: Desk, given) -> list[str]:
    return [c.sentence for c in desk.policies.checks(given) if "訪問" in c.sentence]


def test_a_new_policy_begins_with_the_present_grade_and_its_visits(office, caseworker):
    graded(office, "B")
    begun = caseworker.policies.begin(office.household_id)
    assert (begun.grade, begun.visits_per_year) == ("B", 6)
    assert [(g.code, g.visits_per_year) for g in caseworker.policies.grades()][:2] == [
        ("A", 12),
        ("B", 6),
    ]


def test_what_was_planned_goes_on_while_the_grade_is_the_same(office, caseworker):
    graded(office, "B")
    given = replace(written(caseworker, office.household_id), grade="B", visits_per_year=9)
    saved = caseworker.policies.save(given)
    caseworker.policies.submit(saved.policy_id, saved.version)
    for decider in (office.supervisor, office.head):
        approve(office.desk(decider))
    begun = caseworker.policies.begin(office.household_id)
    assert (begun.grade, begun.visits_per_year) == ("B", 9)


def test_a_grade_that_the_table_lacks_names_no_visits(office, caseworker):
    graded(office, "特")
    begun = caseworker.policies.begin(office.household_id)
    assert (begun.grade, begun.visits_per_year) == ("特", None)


def test_they_are_stored_and_another_number_is_another_version(office, caseworker):
    given = replace(written(caseworker, office.household_id), grade="A", visits_per_year=12)
    saved = caseworker.policies.save(given)
    draft = caseworker.policies.draft(saved.policy_id)
    assert (draft.grade, draft.visits_per_year) == ("A", 12)
    assert caseworker.policies.save(replace(draft, visits_per_year=10)).version == 2
    assert caseworker.policies.policy(saved.policy_id, 1).visits_per_year == 12


def test_what_names_neither_keeps_the_content_of_before(office, caseworker):
    given = replace(written(caseworker, office.household_id), grade=None, visits_per_year=None)
    assert not {"grade", "visits_per_year"} & policy_content(given).keys()


def test_the_self_check_asks_where_grade_or_visits_do_not_fit(office, caseworker):
    graded(office, "A")
    given = written(caseworker, office.household_id)
    assert asked(caseworker, given) == []
    assert "目安は12回" in asked(caseworker, replace(given, visits_per_year=2))[0]
    assert "今の格付は「A」" in asked(caseworker, replace(given, grade="C", visits_per_year=4))[0]
    assert asked(caseworker, replace(given, grade=None)) == [
        "訪問格付と年間訪問回数が書かれていません。"
    ]


def test_a_grade_without_a_number_of_its_own_asks_for_none(office, caseworker):
    graded(office, "F")
    given = replace(written(caseworker, office.household_id), visits_per_year=3)
    assert asked(caseworker, given) == []
