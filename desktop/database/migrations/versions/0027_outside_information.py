"""A to-do may be about what somebody outside the office told of a household (外部からの情報)."""

from collections.abc import Sequence

from desktop.database import migration_steps as steps

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up."""
    steps.allow_todo_origin("outside_info")


def downgrade() -> None:
    """Go down. What was told becomes an ordinary to-do."""
    steps.refuse_todo_origin("outside_info")
