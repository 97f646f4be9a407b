"""Applications made online (電子申請): which number of which system became which received paper."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLE = "online_application"


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _TABLE,
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "system <> '' AND number <> ''", name=op.f("ck_online_application_named")
        ),
        *steps.keys(_TABLE, paper_id="paper", office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_online_application")),
        sa.UniqueConstraint(
            *("office_id", "system", "number"),
            name=op.f("uq_online_application_office_id_system_number"),
        ),
    )
    op.create_index(op.f("ix_online_application_household_id"), _TABLE, ["household_id"])


def downgrade() -> None:
    """Go down."""
    op.drop_table(_TABLE)
