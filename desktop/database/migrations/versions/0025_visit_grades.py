"""Visit grades decided in the office: proposals under approval, their words, and answers that a grade stays.

Offices that are there already get the legal floors, exceptions, reasons and the way of counting that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGIN = "grade_review"
_PLACES = ("home", "hospital", "facility", "group_home")
_STATES = ("draft", "submitted", "returned", "withdrawn", "approved")
_WAITS = sa.text("state = 'submitted'")
_MASTERS = (
    Master.VISIT_FLOORS,
    Master.VISIT_EXCEPTIONS,
    Master.VISIT_COUNTING,
    Master.GRADE_REASONS,
)


def upgrade() -> None:
    """Go up."""
    _grades()
    _answers()
    steps.words("visit_grade_text", "visit_grade", "grade_id", "reason", "exception_reason")
    steps.words("visit_grade_kept_text", "visit_grade_kept", "kept_id", "reason")
    op.create_index("ix_visit_grade_file", "visit_grade", ["household_id", "effective_from", "id"])
    op.create_index(
        "uq_visit_grade_open",
        "visit_grade",
        ["household_id"],
        unique=True,
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    for table, columns in (
        ("visit_grade", ["policy_id"]),
        ("visit_grade_text", ["household_id"]),
        ("visit_grade_kept", ["household_id", "happened_on"]),
        ("visit_grade_kept_text", ["household_id"]),
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)
    steps.allow_todo_origin(_ORIGIN)
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in ("visit_grade_kept", "visit_grade"):
        op.drop_table(f"{table}_text")
        op.drop_table(table)
    steps.refuse_todo_origin(_ORIGIN)
    steps.drop_masters(*_MASTERS)


def _grades() -> None:
    op.create_table(
        "visit_grade",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("visits_per_year", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("place", steps.code("livingplace", _PLACES), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("exception", sa.Text(), nullable=False),
        sa.Column("state", steps.code("gradestate", _STATES), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("visits_per_year BETWEEN 0 AND 366", name=op.f("ck_visit_grade_visits")),
        sa.CheckConstraint(
            "state <> 'approved' OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_visit_grade_approved"),
        ),
        sa.CheckConstraint(
            "visits_per_year >= floor OR exception <> ''", name=op.f("ck_visit_grade_floor")
        ),
        *steps.keys(
            "visit_grade",
            household_id="household",
            policy_id="support_policy",
            proposed_by="staff",
            approved_by="staff",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_grade")),
    )


def _answers() -> None:
    op.create_table(
        "visit_grade_kept",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("event_code", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "visit_grade_kept", household_id="household", answered_by="staff", office_id="office"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit_grade_kept")),
    )
