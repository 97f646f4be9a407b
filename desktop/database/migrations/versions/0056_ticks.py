"""Ticks that become sentences (チェック→文): subjects, sources and grammar as office data."""

from collections.abc import Sequence

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0056"
down_revision: str | None = "0055"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTERS = (Master.TICK_SUBJECTS, Master.TICK_SOURCES, Master.TICK_ENDINGS, Master.TICK_STYLE)


def upgrade() -> None:
    """Go up."""
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    steps.drop_masters(*_MASTERS)
