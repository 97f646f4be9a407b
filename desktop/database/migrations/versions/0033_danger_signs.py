"""Signs of danger (危険の兆候) become a fact of a contact at which nobody opened."""

from collections.abc import Sequence

from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up. One statement with its CHECK for both databases: SQLite would copy the table, which what hangs on it forbids."""
    op.execute(
        "ALTER TABLE contact ADD COLUMN has_danger_signs BOOLEAN DEFAULT false NOT NULL"
        " CONSTRAINT ck_contact_has_danger_signs CHECK (NOT has_danger_signs OR result_code IN ('21', '22'))"
    )


def downgrade() -> None:
    """Go down. The CHECK goes with its column."""
    op.drop_column("contact", "has_danger_signs")
