"""Saved searches (保存した検索), and for how many months one may be kept."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0059"
down_revision: str | None = "0058"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_SAVED = "saved_search"
_NOUNS = ("entry", "policy", "instruction", "paper", "attachment", "person")


def upgrade() -> None:
    """Go up. The limit stays when going down: an older program does not read it."""
    op.create_table(
        _SAVED,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "office_id", "staff_id")),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("name", "purpose", "words", "case_number")
        ),
        sa.Column("noun", steps.code("searchnoun", _NOUNS), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("is_widened", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *steps.keys(_SAVED, office_id="office", staff_id="staff", author_id="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_SAVED}")),
    )
    op.create_index(op.f(f"ix_{_SAVED}_staff_id"), _SAVED, ["staff_id"])
    steps.add_masters(Master.THRESHOLDS, keys=("saved_search_months",))


def downgrade() -> None:
    """Go down."""
    op.drop_table(_SAVED)
