"""A02: shields that are gone, or that hold without effect."""

from __future__ import annotations

import pytest

from desktop.domain.households import SafetyMarkKind
from desktop.models.households import SafetyMark
from tests.support.factories import days_ago


@pytest.mark.parametrize(
    ("until", "is_shielded", "found"),
    [
        (None, True, 0),
        (None, False, 1),
        (1, False, 1),
        (31, False, 1),
        (32, False, 0),
        (0, True, 0),
    ],
)
def test_a_shield_that_ended_lately_or_has_no_effect_is_asked_about(
    watched, until, is_shielded, found
):
    household = watched.household(is_shielded=is_shielded)
    watched.session.add(
        SafetyMark(
            office_id=household.office_id,
            household_id=household.id,
            kind=SafetyMarkKind.SHIELDED,
            valid_from=days_ago(90),
            valid_to=None if until is None else days_ago(until),
        )
    )
    assert len(watched.found("A02")) == found
    watched.session.add(
        SafetyMark(
            office_id=household.office_id,
            household_id=household.id,
            kind=SafetyMarkKind.DOG,
            valid_from=days_ago(90),
        )
    )
    assert len(watched.found("A02")) == found
