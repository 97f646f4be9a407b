"""What the office's tables of visit grades say on a day: grades, legal floors, exceptions, reasons, the way of counting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master
from desktop.domain.master_tables_grades import BY_HAND
from desktop.domain.policy_events import EventKind, EventSource, Term
from desktop.domain.visit_floors import Changes, CountingRule, PartYear
from desktop.domain.visit_grades import FloorException, GradeTables, LegalFloor
from desktop.services.masters import lookup

_OFFICE = "office"


def grade_tables(session: Session, office_id: UUID, on: date) -> GradeTables:
    """Everything that a proposal is made of and judged by."""
    return GradeTables(
        grades=lookup.visit_grades(session, office_id, on),
        floors=visit_floors(session, office_id, on),
        exceptions=visit_exceptions(session, office_id, on),
        reasons=lookup.labels(session, office_id, Master.GRADE_REASONS, on),
    )


def visit_floors(session: Session, office_id: UUID, on: date) -> dict[str, LegalFloor]:
    """Place → the fewest visits a year: what the office says, and never less than the law that came with the program."""
    rows = lookup.in_force(session, office_id, Master.VISIT_FLOORS, on)
    law = {row.key: row.value for row in shipped_rows(Master.VISIT_FLOORS)}
    return {
        code: _floor(code, rows.get(code) or value, _count(value, "visits_per_year"))
        for code, value in law.items()
    }


def visit_exceptions(session: Session, office_id: UUID, on: date) -> dict[str, FloorException]:
    """Code → exception to the floors (下限の例外) in force."""
    rows = lookup.in_force(session, office_id, Master.VISIT_EXCEPTIONS, on)
    return {
        code: FloorException(
            code=code,
            label=str(value.get("label") or ""),
            fewest=_count(value, "fewest"),
            note=str(value.get("note") or ""),
        )
        for code, value in rows.items()
    }


def counting_rule(session: Session, office_id: UUID, on: date) -> CountingRule:
    """How the visits of part-years and of changed places are counted; as shipped where the office has no row."""
    value = lookup.in_force(session, office_id, Master.VISIT_COUNTING, on).get(_OFFICE)
    found = value or next(row.value for row in shipped_rows(Master.VISIT_COUNTING))
    return CountingRule(
        part_year=PartYear(str(found["part_year"])),
        changes=Changes(str(found["changes"])),
        pauses_in_hospital=found.get("pauses_in_hospital") is True,
    )


def grade_events(session: Session, office_id: UUID, on: date) -> tuple[EventKind, ...]:
    """The reasons in force that facts tell of: each asks for a review of the grade."""
    rows = lookup.in_force(session, office_id, Master.GRADE_REASONS, on)
    return tuple(
        EventKind(
            code=code,
            label=str(value.get("label") or ""),
            source=EventSource(str(value["reads"])),
            number=_count(value, "number"),
            term=Term(str(value.get("term") or Term.DAYS)),
            age=_count(value, "at") or None,
        )
        for code, value in rows.items()
        if value["reads"] != BY_HAND
    )


def _floor(code: str, value: Mapping[str, object], law: int) -> LegalFloor:
    return LegalFloor(
        code=code,
        label=str(value.get("label") or ""),
        visits_per_year=max(_count(value, "visits_per_year"), law),
        within_days=_count(value, "within_days"),
        basis=str(value.get("basis") or ""),
    )


def _count(value: Mapping[str, object], name: str) -> int:
    return int(cast("int", value.get(name) or 0))
