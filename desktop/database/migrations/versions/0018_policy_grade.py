"""Support policies: the visit grade and the visits a year that a version plans."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up. Versions that were stored before say nothing of it, and keep their hash."""
    op.add_column("support_policy_version", sa.Column("grade", sa.Text(), nullable=True))
    op.add_column(
        "support_policy_version", sa.Column("visits_per_year", sa.Integer(), nullable=True)
    )


def downgrade() -> None:
    """Go down."""
    op.drop_column("support_policy_version", "visits_per_year")
    op.drop_column("support_policy_version", "grade")
