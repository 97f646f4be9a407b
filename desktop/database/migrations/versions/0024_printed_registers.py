"""The log of prints names the form of a register of the office."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up."""
    op.add_column("print_batch", sa.Column("form", sa.Text(), nullable=True))


def downgrade() -> None:
    """Go down."""
    op.drop_column("print_batch", "form")
