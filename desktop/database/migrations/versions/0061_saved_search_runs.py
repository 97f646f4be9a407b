"""A saved search that is run puts its purpose on the ticket; how long after its last day its words are kept; texts found by their sketch."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0061"
down_revision: str | None = "0060"
#: At review the same words are looked for in other files.
_SKETCHED = ("entry", "support_policy")
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up. The limit stays when going down: an older program does not read it."""
    op.add_column("ticket", sa.Column("aim", sa.Text(), nullable=True))
    for table in _SKETCHED:
        op.create_index(op.f(f"ix_{table}_body_sketch"), table, ["body_sketch"])
    steps.add_masters(Master.THRESHOLDS, keys=("saved_search_empty_days",))


def downgrade() -> None:
    """Go down."""
    for table in _SKETCHED:
        op.drop_index(op.f(f"ix_{table}_body_sketch"), table)
    op.drop_column("ticket", "aim")
