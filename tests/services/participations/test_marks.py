"""Who of G1a and G1b can take part: noted with day and reason, counted in the rate of participation, taken back by a new row."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.assessments import Health
from desktop.domain.errors import NotPermittedError, ValidationError
from desktop.domain.ids import new_id
from desktop.domain.kpis import Kpi
from desktop.domain.participations import MarkInput
from desktop.domain.support_groups import SupportGroup
from tests.support.effort import YEAR, decided
from tests.support.factories import TODAY, days_ago


def a_mark(office, **changes):
    values = {
        "mark_id": new_id(),
        "household_id": office.household_id,
        "person_id": office.person_id,
        "can_join": True,
        "since": TODAY,
        "reason": "午前の講座なら主治医もよいと言う",
    }
    return MarkInput(**(values | changes))


def share(office):
    board = office.desk(office.head).kpis.dashboard("office", YEAR)
    (figure,) = (f for f in board.figures if f.kpi is Kpi.PARTICIPATION)
    return figure.numerator, figure.denominator


def recovering(office):
    decided(
        office, SupportGroup.RECOVERY, health=Health.RECOVERING, rejudge_on=TODAY.replace(day=1)
    )


def test_a_mark_counts_and_is_taken_back_by_a_new_row(office, caseworker):
    recovering(office)
    assert share(office) == (0, 0)
    given = a_mark(office)
    caseworker.participations.mark(given)
    caseworker.participations.mark(given)  # a retry
    assert share(office) == (0, 1)
    caseworker.participations.mark(a_mark(office, can_join=False, reason="入院が決まった"))
    assert share(office) == (0, 0)
    (person,) = caseworker.support_plans.of_household(office.household_id).people
    assert [(row.can_join, row.noted_by) for row in person.marks] == [
        (False, office.caseworker.name),
        (True, office.caseworker.name),
    ]
    assert not person.can_join


def test_a_mark_needs_a_reason_and_a_day_that_has_come(office, caseworker):
    for field, changes in (
        ("reason", {"reason": "　"}),
        ("since", {"since": TODAY + timedelta(days=1)}),
        ("person_id", {"person_id": new_id()}),
    ):
        with pytest.raises(ValidationError) as refused:
            caseworker.participations.mark(a_mark(office, **changes))
        assert field in refused.value.fields


def test_the_supervisor_marks_too_and_records_staff_does_not(office, supervisor):
    supervisor.participations.mark(a_mark(office, since=days_ago(3)))
    with pytest.raises(NotPermittedError):
        office.desk(office.records).participations.mark(a_mark(office))
