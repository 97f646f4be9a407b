"""The office's table of papers that the supporter's log stands for (支援記録で代える書類), the languages of cards (S-33), to-dos about plans and starts of work."""

from collections.abc import Sequence

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0048"
down_revision: str | None = "0047"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGINS = ("support_plan", "employment")
_MASTERS = (Master.MONTHLY_REPLACEMENTS, Master.CARD_LANGUAGES)


def upgrade() -> None:
    """Go up: offices that are there already get what a new office begins with."""
    steps.add_masters(*_MASTERS)
    for origin in _ORIGINS:
        steps.allow_todo_origin(origin)


def downgrade() -> None:
    """Go down."""
    for origin in _ORIGINS:
        steps.refuse_todo_origin(origin)
    steps.drop_masters(*_MASTERS)
