"""How far apart oral guidance is told, the reasons for abolishing without a suspension, and the days of guidance on the desk."""

from collections.abc import Sequence

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0047"
down_revision: str | None = "0046"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGIN = "guidance"


def upgrade() -> None:
    """Go up. The number about oral guidance stays when going down: an older program does not read it."""
    steps.add_masters(Master.ABOLITION_EXCEPTIONS)
    steps.add_masters(Master.GUIDANCE_NUMBERS, keys=("oral_spacing_days",))
    steps.allow_todo_origin(_ORIGIN)


def downgrade() -> None:
    """Go down."""
    steps.refuse_todo_origin(_ORIGIN)
    steps.drop_masters(Master.ABOLITION_EXCEPTIONS)
