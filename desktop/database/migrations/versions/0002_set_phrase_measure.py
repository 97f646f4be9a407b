"""Entries know whether their body says nothing but set phrases (rule R05).

What is stored already is measured here once, from the newest version of each entry.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from desktop.domain.records import BODY_SEGMENTS
from desktop.domain.wording import is_set_phrase_only

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_AT_ONCE = 1_000
_ENTRY = sa.table(
    "entry",
    sa.column("id", sa.Uuid()),
    sa.column("version", sa.Integer()),
    sa.column("body_is_set_phrase", sa.Boolean()),
)
_SEGMENT = sa.table(
    "segment",
    sa.column("entry_id", sa.Uuid()),
    sa.column("version", sa.Integer()),
    sa.column("position", sa.Integer()),
    sa.column("kind", sa.Text()),
    sa.column("text", sa.Text()),
)


def upgrade() -> None:
    """Go up."""
    op.add_column(
        "entry",
        sa.Column("body_is_set_phrase", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    found = _set_phrase_entries(op.get_bind())
    # All are read before one is written: a cursor over the table must not meet its own changes.
    ids = iter(list(found))
    while part := list(islice(ids, _AT_ONCE)):
        op.execute(sa.update(_ENTRY).where(_ENTRY.c.id.in_(part)).values(body_is_set_phrase=True))


def downgrade() -> None:
    """Go down."""
    op.drop_column("entry", "body_is_set_phrase")


def _set_phrase_entries(connection: sa.Connection) -> Iterator[UUID]:
    rows = connection.execute(
        sa.select(_ENTRY.c.id, _SEGMENT.c.text)
        .join(
            _SEGMENT,
            (_SEGMENT.c.entry_id == _ENTRY.c.id) & (_SEGMENT.c.version == _ENTRY.c.version),
        )
        .where(_SEGMENT.c.kind.in_([kind.value for kind in BODY_SEGMENTS]))
        .order_by(_ENTRY.c.id, _SEGMENT.c.position),
        execution_options={"yield_per": _AT_ONCE},
    )
    for entry_id, parts in groupby(rows, key=lambda row: row.id):
        if is_set_phrase_only("\n".join(part.text for part in parts)):
            yield entry_id
