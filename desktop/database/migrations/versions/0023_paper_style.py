"""How the office's paper looks and reads: style, form numbers, wording, as office data.

Offices that are there already get the sentences that a new office begins with.
"""

from collections.abc import Sequence

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0023"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = (Master.PAPER_STYLE, Master.FORM_NUMBERS, Master.FORM_WORDING)


def upgrade() -> None:
    """Go up."""
    steps.add_masters(*_TABLES)


def downgrade() -> None:
    """Go down."""
    steps.drop_masters(*_TABLES)
