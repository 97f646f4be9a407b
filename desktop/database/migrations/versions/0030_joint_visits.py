"""Who goes along with whose visits, half-days fixed for households, half-days held by plans, need points given by hand."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_HALVES = ("am", "pm")
_JOINT = ("supporter", "nurse", "second_person", "vehicle")
_NOT_CANCELLED = sa.text("cancelled_at IS NULL")
_INDEXES = (
    ("joint_rule", ("household_id",)),
    ("visit_appointment", ("household_id",)),
    ("planned_visit_point", ("plan_id", "visit_id")),
    ("planned_visit_point", ("household_id",)),
    ("planned_visit_point_text", ("household_id",)),
)


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("joint_booking") as booking:
        booking.add_column(sa.Column("district_id", sa.Uuid(), nullable=True))
        booking.create_foreign_key(
            op.f("fk_joint_booking_district_id"), "district", ["district_id"], ["id"]
        )
    _rules()
    _appointments()
    _points()
    steps.words("planned_visit_point_text", "planned_visit_point", "point_id", "reason")
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    op.create_index(
        "uq_visit_appointment_household_id",
        "visit_appointment",
        ["household_id", "day"],
        unique=True,
        sqlite_where=_NOT_CANCELLED,
        postgresql_where=_NOT_CANCELLED,
    )


def downgrade() -> None:
    """Go down."""
    for table in (
        *("planned_visit_point_text", "planned_visit_point"),
        *("visit_appointment", "joint_rule"),
    ):
        op.drop_table(table)
    with op.batch_alter_table("joint_booking") as booking:
        booking.drop_constraint(op.f("fk_joint_booking_district_id"), type_="foreignkey")
        booking.drop_column("district_id")


def _rules() -> None:
    name = "joint_rule"
    op.create_table(
        name,
        *_ids("id", "office_id", "household_id"),
        sa.Column("kind", steps.code("jointkind", _JOINT), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("vehicle", sa.Text(), nullable=True),
        sa.Column("every", sa.Integer(), nullable=False),
        *_ids("set_by"),
        _at("set_at"),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        _at("ended_at", nullable=True),
        _check(name, "every", "every BETWEEN 1 AND 12"),
        _check(name, "vehicle", "(kind = 'vehicle') = (vehicle IS NOT NULL)"),
        _check(name, "one", "(vehicle IS NULL) = (partner_id IS NOT NULL)"),
        _check(name, "ended", "(ended_at IS NULL) = (ended_by IS NULL)"),
        *steps.keys(name, office_id="office", household_id="household", partner_id="staff"),
        *steps.keys(name, set_by="staff", ended_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _appointments() -> None:
    name = "visit_appointment"
    op.create_table(
        name,
        *_ids("id", "office_id", "household_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", steps.code("half", _HALVES), nullable=False),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        *_ids("set_by"),
        _at("set_at"),
        sa.Column("cancelled_by", sa.Uuid(), nullable=True),
        _at("cancelled_at", nullable=True),
        _check(name, "cancelled", "(cancelled_at IS NULL) = (cancelled_by IS NULL)"),
        *steps.keys(name, office_id="office", household_id="household"),
        *steps.keys(name, set_by="staff", cancelled_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _points() -> None:
    name = "planned_visit_point"
    op.create_table(
        name,
        *_ids("id", "office_id", "plan_id", "visit_id", "household_id"),
        sa.Column("points", sa.Integer(), nullable=False),
        *_ids("given_by"),
        _at("given_at"),
        _check(name, "points", "points BETWEEN -100 AND 100"),
        *steps.keys(name, office_id="office", plan_id="visit_plan", household_id="household"),
        *steps.keys(name, given_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
