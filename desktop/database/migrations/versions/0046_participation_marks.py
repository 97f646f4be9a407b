"""Who of G1a and G1b can take part (参加できる人の印), with a day and a reason; and the office's table of columns of CSV lists."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0046"
down_revision: str | None = "0045"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MARK, _TEXT = "participation_mark", "participation_mark_text"


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _MARK,
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "office_id", "household_id", "person_id")
        ),
        sa.Column("can_join", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        *steps.keys(*(_MARK,), office_id="office", household_id="household", person_id="person"),
        *steps.keys(_MARK, noted_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_MARK}")),
    )
    steps.words(_TEXT, _MARK, "mark_id", "reason")
    op.create_index(op.f(f"ix_{_MARK}_household_id"), _MARK, ["household_id"])
    op.create_index(op.f(f"ix_{_TEXT}_household_id"), _TEXT, ["household_id"])
    steps.add_masters(Master.LIST_EXPORTS)


def downgrade() -> None:
    """Go down."""
    steps.drop_masters(Master.LIST_EXPORTS)
    op.drop_table(_TEXT)
    op.drop_table(_MARK)
