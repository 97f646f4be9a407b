"""Policies explained: where it was, which form was printed, forms about a household, and their office data.

Offices that are there already get the rows of other laws to check and of readings that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = (Master.OTHER_PROGRAMMES, Master.READINGS)


def upgrade() -> None:
    """Go up."""
    op.add_column(
        "policy_explanation_text",
        sa.Column("place", sa.Text(), nullable=False, server_default=""),
    )
    op.add_column(
        "printed_policy", sa.Column("form", sa.Text(), nullable=False, server_default="K-05")
    )
    op.create_table(
        "printed_file",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        *steps.keys(
            "printed_file", batch_id="print_batch", household_id="household", office_id="office"
        ),
        sa.PrimaryKeyConstraint("batch_id", "household_id", name=op.f("pk_printed_file")),
    )
    op.create_index(op.f("ix_printed_file_household_id"), "printed_file", ["household_id"])
    steps.add_masters(*_TABLES)


def downgrade() -> None:
    """Go down."""
    steps.drop_masters(*_TABLES)
    op.drop_table("printed_file")
    op.drop_column("printed_policy", "form")
    op.drop_column("policy_explanation_text", "place")
