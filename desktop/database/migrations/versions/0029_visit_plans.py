"""Visit plans: plans, their versions and moves, planned visits with cost tables, exceptions, deviations, and the words of each.

Offices that are there already get the purposes of visits and the reasons of a deviation that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KINDS = ("year", "month")
_STATES = ("draft", "submitted", "returned", "approved")
_WHY = ("proposed", "edited", "replanned")
_VISIT_KINDS = ("planned", "extra", "application", "revisit", "joint")
_HALVES = ("am", "pm")
_CHANGES = ("moved", "cancelled", "added")
_VISIT_KEY = ("plan_id", "visit_id", "from_version")
_INDEXES = (
    ("visit_plan", ("office_id", "kind", "first_on")),
    ("planned_visit", ("household_id", "month")),
    ("planned_visit_cost", ("household_id",)),
    ("planned_visit_text", ("household_id",)),
    ("plan_exception", ("household_id",)),
    ("plan_exception_text", ("household_id",)),
    ("visit_deviation", ("household_id",)),
    ("visit_deviation_text", ("household_id",)),
)


def upgrade() -> None:
    """Go up."""
    _plans()
    _plan_parts()
    _visits()
    _exceptions()
    _deviations()
    steps.words("visit_deviation_text", "visit_deviation", "deviation_id", "words")
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    steps.add_masters(Master.VISIT_DEVIATION_REASONS, Master.VISIT_PURPOSES)


def downgrade() -> None:
    """Go down."""
    for table in (
        *("visit_deviation_text", "visit_deviation", "plan_exception_text", "plan_exception"),
        *("planned_visit_text", "planned_visit_cost", "planned_visit"),
        *("visit_plan_step_text", "visit_plan_step", "visit_plan_version", "visit_plan"),
    ):
        op.drop_table(table)
    steps.drop_masters(Master.VISIT_DEVIATION_REASONS, Master.VISIT_PURPOSES)


def _plans() -> None:
    op.create_table(
        "visit_plan",
        *_ids("id", "office_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_ids("district_id", "staff_id"),
        sa.Column("kind", steps.code("plankind", _KINDS), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("state", steps.code("planstate", _STATES), nullable=False),
        _at("state_at"),
        sa.Column("content_hash", sa.Text(), nullable=False),
        *_ids("drafted_by", "saved_by"),
        _at("saved_at"),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        _at("submitted_at", nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        _at("decided_at", nullable=True),
        *steps.keys(
            "visit_plan",
            office_id="office",
            district_id="district",
            staff_id="staff",
            drafted_by="staff",
            saved_by="staff",
            submitted_by="staff",
            decided_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_plan")),
        sa.UniqueConstraint(
            *("district_id", "kind", "first_on"),
            name=op.f("uq_visit_plan_district_id_kind_first_on"),
        ),
    )


def _plan_parts() -> None:
    op.create_table(
        "visit_plan_version",
        *_ids("plan_id"),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        *_ids("office_id", "save_id"),
        sa.Column("why", steps.code("whyversion", _WHY), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        *_ids("saved_by"),
        _at("saved_at"),
        *steps.keys(
            "visit_plan_version", plan_id="visit_plan", office_id="office", saved_by="staff"
        ),
        sa.PrimaryKeyConstraint("plan_id", "version", name=op.f("pk_visit_plan_version")),
        sa.UniqueConstraint("save_id", name=op.f("uq_visit_plan_version_save_id")),
    )
    op.create_table(
        "visit_plan_step",
        *_ids("plan_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_ids("office_id"),
        sa.Column("state", steps.code("planstate", _STATES), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("content_hash", "position")),
        *_ids("by_id"),
        _at("at"),
        *steps.keys("visit_plan_step", plan_id="visit_plan", office_id="office", by_id="staff"),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_visit_plan_step")),
    )
    op.create_table(
        "visit_plan_step_text",
        *_ids("plan_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *_ids("office_id"),
        sa.Column("words", sa.Text(), nullable=False),
        *steps.keys("visit_plan_step_text", plan_id="visit_plan", office_id="office"),
        sa.PrimaryKeyConstraint("plan_id", "number", name=op.f("pk_visit_plan_step_text")),
    )


def _visits() -> None:
    op.create_table(
        "planned_visit",
        *_version_columns("plan_id", "visit_id"),
        sa.Column("to_version", sa.Integer(), nullable=True),
        *_ids("office_id", "household_id"),
        sa.Column("kind", steps.code("visitkind", _VISIT_KINDS), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("month", "day")),
        sa.Column("half", steps.code("half", _HALVES), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("is_statutory", "is_announced", "is_locked")
        ),
        sa.Column("rule", sa.Text(), nullable=False),
        _json("rule_values"),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("first_on", "last_on", "due_on")),
        sa.Column("unplanned", sa.Text(), nullable=False),
        _json("unplanned_values"),
        sa.CheckConstraint(
            "(month IS NULL) = (unplanned <> '')", name=op.f("ck_planned_visit_planned")
        ),
        sa.CheckConstraint("day IS NULL OR month IS NOT NULL", name=op.f("ck_planned_visit_day")),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_planned_visit_minutes")),
        *steps.keys(
            "planned_visit", plan_id="visit_plan", office_id="office", household_id="household"
        ),
        sa.PrimaryKeyConstraint(*_VISIT_KEY, name=op.f("pk_planned_visit")),
    )
    _part_of_visit("planned_visit_cost", _json("terms"))
    _part_of_visit("planned_visit_text", sa.Column("note", sa.Text(), nullable=False))


def _part_of_visit(table: str, column: sa.Column[object]) -> None:
    op.create_table(
        table,
        *_version_columns("plan_id", "visit_id"),
        *_ids("office_id", "household_id"),
        column,
        sa.ForeignKeyConstraint(
            list(_VISIT_KEY),
            [f"planned_visit.{name}" for name in _VISIT_KEY],
            name=op.f(f"fk_{table}_plan_id"),
        ),
        *steps.keys(table, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint(*_VISIT_KEY, name=op.f(f"pk_{table}")),
    )


def _exceptions() -> None:
    _of_household("plan_exception", "reason", sa.Column("to_version", sa.Integer(), nullable=True))
    _of_household("plan_exception_text", "words")


def _of_household(table: str, text: str, *more: sa.Column[int]) -> None:
    op.create_table(
        table,
        *_version_columns("plan_id", "household_id"),
        *more,
        *_ids("office_id"),
        sa.Column(text, sa.Text(), nullable=False),
        *steps.keys(table, plan_id="visit_plan", household_id="household", office_id="office"),
        sa.PrimaryKeyConstraint(
            *("plan_id", "household_id", "from_version"), name=op.f(f"pk_{table}")
        ),
    )


def _deviations() -> None:
    op.create_table(
        "visit_deviation",
        *_ids("id", "office_id", "plan_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        *_ids("visit_id", "household_id"),
        sa.Column("change", steps.code("deviation", _CHANGES), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_slot("from"),
        *_slot("to"),
        sa.Column("kind", steps.code("visitkind", _VISIT_KINDS), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        *_ids("by_id"),
        _at("at"),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes BETWEEN 5 AND 480",
            name=op.f("ck_visit_deviation_minutes"),
        ),
        *(
            sa.CheckConstraint(
                f"{prefix}_half IN ('am', 'pm')", name=op.f(f"ck_visit_deviation_{prefix}_half")
            )
            for prefix in ("from", "to")
        ),
        *steps.keys(
            "visit_deviation",
            office_id="office",
            plan_id="visit_plan",
            household_id="household",
            by_id="staff",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_deviation")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_visit_deviation_plan_id_number")),
    )


def _slot(prefix: str) -> tuple[sa.Column[object], ...]:
    days: tuple[sa.Column[object], ...] = tuple(
        sa.Column(f"{prefix}_{name}", sa.Date(), nullable=True) for name in ("month", "day")
    )
    return (*days, sa.Column(f"{prefix}_half", sa.Text(), nullable=True))


def _version_columns(*names: str) -> tuple[sa.Column[object], ...]:
    return (
        *_ids(*names),
        sa.Column("from_version", sa.Integer(), autoincrement=False, nullable=False),
    )


def _ids(*names: str) -> tuple[sa.Column[object], ...]:
    return tuple(sa.Column(name, sa.Uuid(), nullable=False) for name in names)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False)


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
