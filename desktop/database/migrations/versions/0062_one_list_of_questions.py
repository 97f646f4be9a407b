"""What a visit should make sure of is one list with its answers (チェックの項目): the separate list of questions goes.

Subjects that an office left as they came get the words by which a record speaks of them; its own stay as they are.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database.shipped import shipped_rows
from desktop.domain.master_tables import Master

revision: str = "0062"
down_revision: str | None = "0061"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTER = sa.table(
    "master",
    sa.column("id", sa.Uuid()),
    sa.column("table_name", sa.Text()),
    sa.column("key", sa.Text()),
    sa.column("value", sa.JSON().with_variant(JSONB(), "postgresql")),
)
_QUESTIONS, _SUBJECTS, _WORDS = "visit_questions", Master.TICK_SUBJECTS.value, "words"


def upgrade() -> None:
    """Go up."""
    op.execute(_MASTER.delete().where(_MASTER.c.table_name == _QUESTIONS))
    shipped = {row.key: dict(row.value) for row in shipped_rows(Master.TICK_SUBJECTS)}
    before = {
        key: {name: part for name, part in value.items() if name != _WORDS}
        for key, value in shipped.items()
    }
    found = op.get_bind().execute(sa.select(_MASTER).where(_MASTER.c.table_name == _SUBJECTS))
    for row in list(found.mappings()):
        if row["value"] == before.get(row["key"]):
            op.execute(
                _MASTER.update().where(_MASTER.c.id == row["id"]).values(value=shipped[row["key"]])
            )


def downgrade() -> None:
    """Go down. An older program asks nothing where there is no list, and does not read the words."""
