from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from desktop.domain.policy_events import (
    EVENT_SOURCE,
    IMPACT,
    TERM_UNIT,
    EventKind,
    EventSource,
    Impact,
    ReviewEvent,
    Term,
    review_due,
)

HOUSEHOLD = UUID(int=1)
YEAR = date(2025, 4, 1)


def event(due_on: date, **changes: Any) -> ReviewEvent:
    values: dict[str, Any] = {
        "household_id": HOUSEHOLD,
        "code": "joined",
        "label": "世帯員が加わった",
        "source": EventSource.JOINED,
        "happened_on": date(2024, 9, 1),
        "known_on": date(2024, 9, 1),
        "due_on": due_on,
    }
    return ReviewEvent(**values | changes)


@pytest.mark.parametrize(
    ("number", "term", "due"),
    [
        (30, Term.DAYS, date(2024, 12, 30)),
        (3, Term.MONTHS, date(2025, 2, 28)),
        (0, Term.DAYS, date(2024, 11, 30)),
    ],
)
def test_a_kind_of_event_has_its_term_in_days_or_months(number, term, due):
    kind = EventKind(code="x", label="x", source=EventSource.MOVED, number=number, term=term)
    assert kind.due(date(2024, 11, 30)) == due


@pytest.mark.parametrize(
    ("yearly", "dues", "due"),
    [
        (YEAR, [], YEAR),
        (YEAR, [date(2025, 4, 2)], YEAR),
        (YEAR, [date(2025, 3, 31)], date(2025, 3, 31)),
        (YEAR, [date(2025, 5, 1), date(2025, 2, 1), date(2025, 3, 1)], date(2025, 2, 1)),
        (None, [date(2025, 5, 1)], date(2025, 5, 1)),
        (None, [], None),
    ],
)
def test_the_year_or_an_event_whichever_comes_first(yearly, dues, due):
    found = review_due(yearly, [event(day) for day in dues])
    assert found.due_on == due
    assert [e.due_on for e in found.events] == sorted(dues)
    first = min(dues, default=None)
    assert (found.by_event is not None) == (first is not None and first == due)


def test_every_source_answer_and_unit_has_a_word():
    assert set(EVENT_SOURCE) == set(EventSource)
    assert set(IMPACT) == set(Impact)
    assert set(TERM_UNIT) == set(Term)


def test_a_name_is_not_printed():
    assert "架空" not in repr(event(YEAR, who="架空 次郎"))
