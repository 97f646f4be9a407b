"""Requests about accounts, and passwords given anew."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KINDS = ("add", "role", "role_end", "assign", "assign_end", "absence")
_DECISIONS = ("approved", "rejected", "withdrawn")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "staff_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Enum(*_KINDS, name="changekind", native_enum=False, create_constraint=True, length=40), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("payload", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision", sa.Enum(*_DECISIONS, name="changedecision", native_enum=False, create_constraint=True, length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IS NULL OR decision <> 'approved' OR requested_by IS NULL OR decided_by <> requested_by",
            name=op.f("ck_staff_change_second_person"),
        ),
        sa.CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_staff_change_one_decision")),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_staff_change_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_staff_change_staff_id")),
        sa.ForeignKeyConstraint(["requested_by"], ["staff.id"], name=op.f("fk_staff_change_requested_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["staff.id"], name=op.f("fk_staff_change_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_change")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_staff_change_office_id_decided_at"), "staff_change", ["office_id", "decided_at"]
    )
    op.create_table(
        "password_reset",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_password_reset_office_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_password_reset_staff_id")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_password_reset_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
    )  # fmt: skip
    op.create_index(op.f("ix_password_reset_staff_id_at"), "password_reset", ["staff_id", "at"])


def downgrade() -> None:
    """Go down."""
    op.drop_table("password_reset")
    op.drop_table("staff_change")
