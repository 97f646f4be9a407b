"""Telephone numbers of households for visits, and the office's tables for a file of short messages (off at first)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLE = "visit_preference_telephone"
_INDEX = f"ix_{_TABLE}_household_id"
_MASTERS = (Master.SMS_GATEWAY, Master.SMS_COLUMNS)


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _TABLE,
        sa.Column("preference_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("call_number", sa.Text(), nullable=False),
        sa.Column("message_number", sa.Text(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "agreed_on IS NULL OR message_number <> ''", name=op.f(f"ck_{_TABLE}_agreed")
        ),
        *steps.keys(
            _TABLE, preference_id="visit_preference", office_id="office", household_id="household"
        ),
        sa.PrimaryKeyConstraint("preference_id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index(op.f(_INDEX), _TABLE, ["household_id"])
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    steps.drop_masters(*_MASTERS)
    op.drop_table(_TABLE)
