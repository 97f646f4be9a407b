"""What both tests of disposal ask for: a hold, and why files may not go."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.holds import HoldKind, NewHold
from tests.support.factories import TODAY


def refusals(place):
    return {c.case.household_id: c.refusal for c in place.records.candidates()}


def hold(place, household_id, **changes):
    given = NewHold(
        household_id=household_id, kind=HoldKind.DEBT, valid_from=TODAY, reason="78条返還金（架空）"
    )
    return place.service(place.office.supervisor).set_hold(replace(given, **changes))
