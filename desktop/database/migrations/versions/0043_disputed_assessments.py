"""That somebody disputes his assessment becomes a fact of it, and the day on which it was shown to him is kept.

What is stored already is taken from the comments, which have no day.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0043"
down_revision: str | None = "0042"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up. SQLite adds a column with its default in place: what hangs on the table stays."""
    op.add_column(
        "assessment",
        sa.Column("is_disputed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("assessment_answers", sa.Column("comment_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE assessment SET is_disputed = true WHERE id IN"
        " (SELECT assessment_id FROM assessment_answers WHERE comment IN ('partly', 'disagreed'))"
    )


def downgrade() -> None:
    """Go down."""
    op.drop_column("assessment_answers", "comment_on")
    op.drop_column("assessment", "is_disputed")
