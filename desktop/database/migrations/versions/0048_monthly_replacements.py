"""The office's table of papers that the supporter's log stands for (支援記録で代える書類), the languages of cards (S-33), to-dos about support plans."""

from collections.abc import Sequence

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0048"
down_revision: str | None = "0043"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGIN = "support_plan"
_MASTERS = (Master.MONTHLY_REPLACEMENTS, Master.CARD_LANGUAGES)


def upgrade() -> None:
    """Go up: offices that are there already get what a new office begins with."""
    steps.add_masters(*_MASTERS)
    steps.allow_todo_origin(_ORIGIN)


def downgrade() -> None:
    """Go down."""
    steps.refuse_todo_origin(_ORIGIN)
    steps.drop_masters(*_MASTERS)
