"""Who was met is found by household: the condition of its row policy."""

from collections.abc import Sequence

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up."""
    op.create_index(op.f("ix_contact_met_household_id"), "contact_met", ["household_id"])


def downgrade() -> None:
    """Go down."""
    op.drop_index(op.f("ix_contact_met_household_id"), "contact_met")
