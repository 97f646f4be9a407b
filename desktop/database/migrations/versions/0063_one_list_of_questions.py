"""What a visit should make sure of is one list with its answers (チェックの項目): the separate list of questions goes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0063"
down_revision: str | None = "0061"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTER = sa.table("master", sa.column("table_name", sa.Text()))


def upgrade() -> None:
    """Go up."""
    op.execute(_MASTER.delete().where(_MASTER.c.table_name == "visit_questions"))


def downgrade() -> None:
    """Go down. An older program asks nothing where there is no list."""
