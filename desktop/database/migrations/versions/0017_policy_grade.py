"""Support policies: the visit grade and the visits a year that a version plans, and the words to reconsider.

Offices that are there already get the words that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up. Versions that were stored before say nothing of grade and visits, and keep their hash."""
    version = "support_policy_version"
    op.add_column(version, sa.Column("grade", sa.Text(), nullable=True))
    op.add_column(version, sa.Column("visits_per_year", sa.Integer(), nullable=True))
    steps.add_masters(Master.POLICY_WORDING)


def downgrade() -> None:
    """Go down."""
    steps.drop_masters(Master.POLICY_WORDING)
    op.drop_column("support_policy_version", "visits_per_year")
    op.drop_column("support_policy_version", "grade")
