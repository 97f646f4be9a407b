"""Taking part in programmes: with consent where it is asked for, begun once, ended once, and the register."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.errors import ConflictError, ValidationError
from desktop.domain.participations import ParticipationEnd
from tests.support.factories import TODAY, days_ago
from tests.support.support_plans import in_days, participation


def end_of(given, **changes) -> ParticipationEnd:
    values = {
        "participation_id": given.participation_id,
        "household_id": given.household_id,
        "ended_on": TODAY,
        "outcome": "O12",
    }
    return ParticipationEnd(**(values | changes))


def test_taking_part_stands_in_the_file_and_in_the_register(office, caseworker):
    given = participation(office, starts_on=days_ago(40), consent_on=days_ago(41))
    caseworker.participations.begin(given)
    caseworker.participations.begin(given)  # a retry
    person = caseworker.support_plans.of_household(office.household_id).people[0]
    (row,) = person.participations
    assert (row.programme_label, row.starts_on, row.ended_on) == (
        "被保護者就労支援事業",
        days_ago(40),
        None,
    )
    (listed,) = caseworker.participations.register("employment", days_ago(10), TODAY)
    assert listed.caseworker == office.caseworker.name
    assert caseworker.participations.register("employment", days_ago(90), days_ago(60)) == ()
    assert caseworker.participations.register("hw_team", days_ago(10), TODAY) == ()
    assert caseworker.participations.busiest(days_ago(10), TODAY) == "employment"
    assert caseworker.participations.busiest(days_ago(90), days_ago(60)) is None


def test_it_ends_once_with_an_outcome(office, caseworker):
    given = participation(office, starts_on=days_ago(40), consent_on=days_ago(41))
    caseworker.participations.begin(given)
    with pytest.raises(ConflictError):
        caseworker.participations.begin(participation(office))
    for changes, field in (
        ({"outcome": "O99"}, "outcome"),
        ({"ended_on": in_days(1)}, "ended_on"),
        ({"ended_on": days_ago(41)}, "ended_on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            caseworker.participations.end(end_of(given, **changes))
        assert set(refusal.value.fields) == {field}
    caseworker.participations.end(end_of(given))
    with pytest.raises(ConflictError):
        caseworker.participations.end(end_of(given))
    (row,) = caseworker.participations.register("employment", days_ago(10), TODAY)
    assert (row.outcome_label, row.ended_on) == ("他の事業へ移行", TODAY)
    caseworker.participations.begin(participation(office))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"consent_on": None, "consent_way": None}, "consent_on"),
        ({"starts_on": days_ago(1)}, "consent_on"),
        ({"starts_on": TODAY + timedelta(days=1)}, "starts_on"),
        ({"programme": "none"}, "programme"),
    ],
)
def test_what_cannot_be_is_refused_by_the_field(office, caseworker, changes, field):
    with pytest.raises(ValidationError) as refusal:
        caseworker.participations.begin(participation(office, **changes))
    assert set(refusal.value.fields) == {field}
