"""The office's tables of visit grades: what the law forbids, and what is read of them on a day."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from desktop.domain.master_tables import Master
from desktop.domain.masters import MasterInput
from desktop.domain.policy_events import EventSource
from desktop.domain.visit_floors import Changes, PartYear
from desktop.models.office import Office
from desktop.services.masters.grade_lookup import counting_rule, grade_events, grade_tables
from tests.services.masters.test_service import TOMORROW, people, refused
from tests.support.factories import TODAY

__all__ = ["people"]

_FLOOR = {"label": "居宅", "visits_per_year": 3, "within_days": "", "basis": "架空市要領"}
_REASON = {"label": "見直し", "reads": "moved", "at": "", "number": 30, "term": "days"}


def given(table: Master, key: str, **changes) -> MasterInput:
    plain = {
        "table": table.value,
        "key": key,
        "valid_from": TOMORROW,
        "value": _FLOOR,
        "source": "架空市要領",
        "confirmed": True,
    }
    return MasterInput(**plain | changes)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (
            given(Master.VISIT_FLOORS, "home", value=_FLOOR | {"visits_per_year": 1}),
            "visits_per_year",
        ),
        (given(Master.VISIT_FLOORS, "home", is_retired=True), "key"),
        (given(Master.VISIT_FLOORS, "car"), "key"),
        (
            given(
                Master.VISIT_FLOORS,
                "application",
                value=_FLOOR | {"visits_per_year": 0, "within_days": 8},
            ),
            "within_days",
        ),
        (given(Master.GRADE_REASONS, "support_policy", value=_REASON, is_retired=True), "key"),
        (given(Master.GRADE_REASONS, "x", value=_REASON | {"number": ""}), "number"),
        (given(Master.GRADE_REASONS, "x", value=_REASON | {"reads": "age"}), "at"),
        (given(Master.GRADE_REASONS, "x", value=_REASON | {"reads": "yearly", "at": 13}), "at"),
        (
            given(
                Master.VISIT_GRADES,
                "G",
                value={"label": "G", "visits_per_year": 400, "interval_months": 1},
            ),
            "visits_per_year",
        ),
    ],
    ids=range(9),
)
def test_what_cannot_be_taken_is_named_by_field(people, asked, field):
    assert field in refused(people["admin"], asked)


def test_the_office_may_raise_a_floor(engine, people):
    people["admin"].propose(given(Master.VISIT_FLOORS, "home"))
    (row,) = [r for r in people["head"].rows("visit_floors") if r.approved_at is None]
    people["head"].approve(row.row_id)
    with Session(engine) as session:
        office_id = session.query(Office.id).scalar()
        assert grade_tables(session, office_id, TODAY).floors["home"].visits_per_year == 2
        assert grade_tables(session, office_id, TOMORROW).floors["home"].visits_per_year == 3


def test_what_is_read_of_the_tables(engine, people):
    with Session(engine) as session:
        office_id = session.query(Office.id).scalar()
        tables = grade_tables(session, office_id, TODAY)
        assert [(g.code, g.visits_per_year, g.interval_months) for g in tables.grades.values()] == [
            *(("A", 12, 1), ("B", 6, 2), ("C", 4, 3), ("D", 2, 6), ("E", 1, 12), ("F", 0, 0)),
        ]
        assert tables.grades["A"].first_months == 6
        assert tables.floors["application"].within_days == 7
        rule = counting_rule(session, office_id, TODAY)
        assert (rule.part_year, rule.changes) == (PartYear.UP, Changes.BY_DAYS)
        events = {kind.code: kind for kind in grade_events(session, office_id, TODAY)}
        assert (events["absent_2"].source, events["absent_2"].age) == (EventSource.ABSENT, 2)
        assert "other" not in events
        assert set(events) < set(tables.reasons)
