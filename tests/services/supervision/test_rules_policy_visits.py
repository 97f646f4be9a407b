"""Rule P08: grade and visits of the policy in force against the household's grade of today."""

from __future__ import annotations

import pytest

from desktop.domain.households import HouseholdState
from desktop.models.ledger import VisitGradePeriod
from desktop.models.support_policies import SupportPolicyVersion
from tests.services.supervision.test_rules_policies import approved, policy
from tests.support.factories import add, days_ago


def graded(watched, code="B", **changes):
    household = watched.household(**changes)
    add(
        watched.session,
        VisitGradePeriod(
            office_id=watched.office.id,
            household_id=household.id,
            grade=code,
            valid_from=days_ago(500),
        ),
    )
    return household


def planned(watched, record, grade, visits):
    """What the policy's version plans."""
    version = watched.session.get_one(SupportPolicyVersion, (record.id, 1))
    version.grade, version.visits_per_year = grade, visits
    watched.session.flush()
    return record


@pytest.mark.parametrize(
    ("grade", "visits", "words"),
    [
        ("C", 4, "今の格付は「B」"),
        ("B", 2, "「B」の目安は6回"),
        ("B", 12, "「B」の目安は6回"),
        ("B", 6, None),
        ("B", None, None),
        (None, 2, None),
        (None, None, None),
    ],
)
def test_p08_compares_grade_and_visits(watched, grade, visits, words):
    record = planned(watched, approved(watched, graded(watched), days_ago(40)), grade, visits)
    findings = watched.found("P08")
    assert [f.policy_id for f in findings] == ([record.id] if words else [])
    if words:
        assert words in findings[0].reason
        assert findings[0].days == 40


def test_p08_asks_about_the_policy_in_force_only(watched):
    household = graded(watched)
    planned(watched, approved(watched, household, days_ago(400)), "A", 12)
    planned(watched, approved(watched, household, days_ago(4)), "B", 6)
    planned(watched, policy(watched, household), "D", 2)
    assert not watched.found("P08")


def test_p08_needs_a_known_grade_and_a_receiving_household(watched):
    planned(watched, approved(watched, watched.household(), days_ago(4)), "A", 12)
    closed = graded(watched, state=HouseholdState.CLOSED)
    planned(watched, approved(watched, closed, days_ago(4)), "A", 12)
    assert not watched.found("P08")
