"""Support policies: explanations to the person, answers that no review is needed, and what was printed."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_UNDERSTANDING = ("understood", "partly", "disagreed", "not_possible")


def upgrade() -> None:
    """Go up."""
    _explanations()
    _answers()
    _prints()
    steps.words(
        "policy_explanation_text", "policy_explanation", "explanation_id", "to_whom", "said"
    )
    steps.words("policy_no_review_text", "policy_no_review", "no_review_id", "event", "reason")
    for table, columns in (
        ("policy_explanation", ["household_id"]),
        ("policy_explanation", ["policy_id"]),
        ("policy_explanation_text", ["household_id"]),
        ("policy_no_review", ["household_id", "happened_on"]),
        ("policy_no_review_text", ["household_id"]),
        ("printed_policy", ["policy_id", "version"]),
        ("printed_policy", ["household_id"]),
    ):
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def downgrade() -> None:
    """Go down."""
    op.drop_table("printed_policy")
    for table in ("policy_explanation", "policy_no_review"):
        op.drop_table(f"{table}_text")
        op.drop_table(table)


def _explanations() -> None:
    op.create_table(
        "policy_explanation",
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("explained_on", sa.Date(), nullable=False),
        sa.Column("explained_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("understanding", steps.code("understanding", _UNDERSTANDING), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "policy_explanation",
            policy_id="support_policy",
            household_id="household",
            explained_by="staff",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_explanation")),
    )


def _answers() -> None:
    op.create_table(
        "policy_no_review",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "policy_no_review", household_id="household", answered_by="staff", office_id="office"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_no_review")),
    )


def _prints() -> None:
    op.create_table(
        "printed_policy",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "printed_policy",
            batch_id="print_batch",
            policy_id="support_policy",
            office_id="office",
            household_id="household",
        ),
        sa.PrimaryKeyConstraint("batch_id", "policy_id", name=op.f("pk_printed_policy")),
    )
