"""Promises belong to versions of their entry, so that a correction changes none that was handed in."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up. What was dropped counts as never said."""
    op.add_column(
        "promise", sa.Column("from_version", sa.Integer(), server_default="1", nullable=False)
    )
    op.add_column("promise", sa.Column("to_version", sa.Integer(), nullable=True))
    op.execute("UPDATE promise SET to_version = from_version WHERE is_dropped")
    op.drop_column("promise", "is_dropped")


def downgrade() -> None:
    """Go down. What the valid version does not say is dropped."""
    op.add_column(
        "promise", sa.Column("is_dropped", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.execute(
        "UPDATE promise SET is_dropped = true WHERE EXISTS (SELECT 1 FROM entry e WHERE e.id = promise.entry_id"
        " AND (promise.from_version > coalesce(e.approved_version, e.version)"
        " OR promise.to_version <= coalesce(e.approved_version, e.version)))"
    )
    op.drop_column("promise", "to_version")
    op.drop_column("promise", "from_version")
