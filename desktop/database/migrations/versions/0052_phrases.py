"""Set phrases (定型句): the office's as office data, and everybody's own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0052"
down_revision: str | None = "0051"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OWN = "own_phrase"
_LIVE = sa.text("NOT is_ended")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _OWN,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "office_id", "staff_id")),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "folded",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            nullable=False,
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("label", "text", "segments")),
        sa.Column("is_ended", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        *steps.keys(_OWN, office_id="office", staff_id="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_OWN}")),
    )
    op.create_index(
        op.f(f"uq_{_OWN}_code"),
        _OWN,
        ["staff_id", "folded"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    steps.add_masters(Master.PHRASES)


def downgrade() -> None:
    """Go down."""
    steps.drop_masters(Master.PHRASES)
    op.drop_table(_OWN)
