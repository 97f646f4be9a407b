"""A to-do may be about what somebody outside the office told of a household (外部からの情報); offices have questions for visits."""

from collections.abc import Sequence

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go up."""
    steps.allow_todo_origin("outside_info")
    steps.add_masters(Master.VISIT_QUESTIONS)


def downgrade() -> None:
    """Go down. What was told becomes an ordinary to-do."""
    steps.drop_masters(Master.VISIT_QUESTIONS)
    steps.refuse_todo_origin("outside_info")
