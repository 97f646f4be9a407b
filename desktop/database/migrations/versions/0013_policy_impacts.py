"""What an entry means for the support policy (援助方針への影響), answered when it is handed in.

Offices that are there already get the events that ask for a review, as a new office begins with them.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "policy_impact",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("answer", steps.code("impact", ("none", "some")), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "policy_impact",
            entry_id="entry",
            household_id="household",
            answered_by="staff",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_impact")),
    )
    for columns in (["entry_id", "version"], ["household_id", "answer", "answered_at"]):
        name = f"ix_policy_impact_{'_'.join(columns)}"
        op.create_index(op.f(name), "policy_impact", columns)
    steps.add_masters(Master.REVIEW_EVENTS)


def downgrade() -> None:
    """Go down."""
    op.drop_table("policy_impact")
    steps.drop_masters(Master.REVIEW_EVENTS)
