"""What doctors are asked and say, orders to be examined, plans of hospital visits, and what ways there cost.

Offices that are there already get the questions to doctors that a new office begins with.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGIN = "medical"
_MASTERS = (Master.DOCTOR_QUESTIONS,)
_SOURCES = ("treating", "contracted", "examined", "person")
_DOUBTS = ("ability", "illness", "care", "disability")
_STEPS = ("approved", "returned", "delivered", "not_obeyed", "withdrawn")
_STATUSES = ("attended", "moved", "missed_told", "missed", "unknown")
_CONFIRMED = ("person", "pharmacy", "institution", "companion", "ticket")
_PURPOSES = ("hospital", "job_search", "programme")
_TABLES = (
    *("medical_enquiry", "medical_enquiry_text", "medical_enquiry_step"),
    *("examination_order", "examination_order_text"),
    *("examination_step", "examination_step_text"),
    *("medical_opinion", "medical_opinion_text"),
    *("hospital_plan", "hospital_plan_text", "hospital_plan_row"),
    *("hospital_appointment", "hospital_appointment_text"),
    *("hospital_visit", "hospital_visit_text", "travel_trip"),
)
_INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    *((table, ("household_id",)) for table in _TABLES),
    ("medical_enquiry", ("office_id", "reply_by")),
    ("medical_enquiry_step", ("enquiry_id",)),
    ("examination_order", ("office_id", "due_on")),
    ("medical_opinion", ("enquiry_id",)),
    ("medical_opinion", ("order_id",)),
    ("medical_opinion", ("office_id", "rejudge_on")),
    ("hospital_appointment", ("plan_id",)),
    ("hospital_appointment", ("person_id", "on_day")),
    ("hospital_visit", ("appointment_id", "noted_at")),
    ("travel_trip", ("replaces_id",)),
)
_NEWEST = (
    ("medical_opinion", ("person_id", "given_on", "noted_at")),
    ("hospital_plan", ("person_id", "made_at")),
)
_Part = sa.Column[Any] | sa.Constraint


def upgrade() -> None:
    """Go up."""
    _enquiries()
    _orders()
    _opinions()
    _plans()
    _appointments()
    _trips()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    for table, columns in _NEWEST:
        op.create_index(op.f(f"ix_{table}_newest"), table, list(columns))
    steps.add_masters(*_MASTERS)
    steps.allow_todo_origin(_ORIGIN)


def downgrade() -> None:
    """Go down. A to-do is never stored with the origin of medical matters: it is derived."""
    steps.refuse_todo_origin(_ORIGIN)
    for table in reversed(_TABLES):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _enquiries() -> None:
    _table(
        "medical_enquiry",
        *_days("asked_on", "reply_by"),
        *_by("asked"),
        _check("medical_enquiry", "days", "reply_by >= asked_on"),
        of={"person_id": "person"},
    )
    _words(
        "medical_enquiry_text",
        ("enquiry_id", "medical_enquiry"),
        *_texts("institution", "doctor"),
        _json("questions"),
        *_texts("consent"),
    )
    _table(
        "medical_enquiry_step",
        _coded("kind", "enquirystep", ("reminded", "withdrawn")),
        *_days("done_on"),
        *_by("done"),
        of={"enquiry_id": "medical_enquiry"},
    )


def _orders() -> None:
    _table(
        "examination_order",
        _coded("doubt", "doubt", _DOUBTS),
        *_days("due_on"),
        *_by("made", who="author_id"),
        of={"person_id": "person"},
    )
    _words(
        "examination_order_text",
        ("order_id", "examination_order"),
        *_texts("reason", "elsewhere", "institution", "address", "department", "items", "bring"),
    )
    _table(
        "examination_step",
        _coded("step", "orderstep", _STEPS),
        *_days("done_on"),
        *_by("done"),
        sa.UniqueConstraint("order_id", "step", name=op.f("uq_examination_step_order_id_step")),
        of={"order_id": "examination_order"},
    )
    _words("examination_step_text", ("step_id", "examination_step"), *_texts("words"))


def _opinions() -> None:
    table = "medical_opinion"
    _table(
        table,
        _coded("given_by", "healthsource", _SOURCES),
        sa.Column("enquiry_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        *_days("given_on"),
        sa.Column("rejudge_on", sa.Date(), nullable=True),
        *_by("noted"),
        _check(table, "days", "rejudge_on IS NULL OR rejudge_on >= given_on"),
        _check(table, "of_an_order", "(given_by = 'examined') = (order_id IS NOT NULL)"),
        *steps.keys(table, enquiry_id="medical_enquiry", order_id="examination_order"),
        of={"person_id": "person"},
    )
    _words(
        "medical_opinion_text",
        ("opinion_id", table),
        *_texts("institution", "doctor"),
        _json("answers"),
        *_texts("words", "papers", "interpretation"),
    )


def _plans() -> None:
    row = "hospital_plan_row"
    _table(
        "hospital_plan",
        *_days("begins_on", "ends_on"),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column("rejudge_on", sa.Date(), nullable=True),
        *_by("made", who="author_id"),
        _check("hospital_plan", "days", "ends_on >= begins_on"),
        of={"person_id": "person"},
    )
    _words(
        "hospital_plan_text",
        ("plan_id", "hospital_plan"),
        *_texts("purpose", "condition", "consent"),
    )
    op.create_table(
        row,
        *_ids("plan_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_ids("office_id", "household_id"),
        *_texts("institution", "department", "doctor"),
        sa.Column("visits_a_month", sa.Integer(), nullable=False),
        *_texts("companion", "transport"),
        sa.Column("cost_approved", sa.Boolean(), nullable=False),
        *_texts("care", "ask", "convey"),
        _check(row, "number", "number BETWEEN 1 AND 10"),
        _check(row, "visits", "visits_a_month BETWEEN 0 AND 31"),
        *steps.keys(row, plan_id="hospital_plan", office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f(f"pk_{row}")),
    )


def _appointments() -> None:
    _table(
        "hospital_appointment",
        *_ids("plan_id"),
        *_days("on_day"),
        *_texts("at"),
        *_by("made"),
        *steps.keys("hospital_appointment", plan_id="hospital_plan"),
        of={"person_id": "person"},
    )
    _words(
        "hospital_appointment_text",
        ("appointment_id", "hospital_appointment"),
        *_texts("institution"),
    )
    _table(
        "hospital_visit",
        _coded("status", "visitstatus", _STATUSES),
        sa.Column("confirmed_by", steps.code("confirmedby", _CONFIRMED), nullable=True),
        *_by("noted"),
        of={"appointment_id": "hospital_appointment"},
    )
    _words("hospital_visit_text", ("visit_id", "hospital_visit"), *_texts("note"))


def _trips() -> None:
    table = "travel_trip"
    _table(
        table,
        *_days("on_day"),
        _coded("purpose", "trippurpose", _PURPOSES),
        *_texts("from_place", "to_place", "means"),
        sa.Column("fare", sa.Integer(), nullable=False),
        *_texts("evidence"),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        *_by("noted"),
        _check(table, "fare", "fare BETWEEN 0 AND 1000000"),
        *steps.keys(table, replaces_id=table),
        of={"person_id": "person"},
    )


def _table(table: str, *parts: _Part, of: dict[str, str]) -> None:
    """A keyed table of a household whose rows hang on `of` (column → table)."""
    op.create_table(
        table,
        *_ids("id", "office_id", "household_id", *of),
        *parts,
        *steps.keys(table, office_id="office", household_id="household", **of),
        *steps.keys(table, **{str(p.name): "staff" for p in parts if _is_of_staff(p)}),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _words(table: str, of: tuple[str, str], *parts: sa.Column[Any]) -> None:
    """The words of another table, whose rows the key names."""
    key, target = of
    op.create_table(
        table,
        *_ids(key, "office_id", "household_id"),
        *parts,
        *steps.keys(table, **{key: target}, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
    )


def _is_of_staff(part: _Part) -> bool:
    return (
        isinstance(part, sa.Column)
        and isinstance(part.type, sa.Uuid)
        and (part.name.endswith("_by") or part.name == "author_id")
    )


def _ids(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _days(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Date(), nullable=False) for name in names]


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _by(act: str, who: str = "") -> list[sa.Column[Any]]:
    """Who did it and when."""
    at = sa.Column(f"{act}_at", sa.DateTime(timezone=True), nullable=False)
    return [*_ids(who or f"{act}_by"), at]


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False)


def _coded(name: str, check: str, values: Sequence[str]) -> sa.Column[Any]:
    return sa.Column(name, steps.code(check, values), nullable=False)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
