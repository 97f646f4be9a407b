"""Reading packs: until when the file of a trip opens, and what was written. Off until an office allows them in 持出しの可否."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database import migration_steps as steps
from desktop.database.shipped import shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KEY, _TABLE = "reading_pack", Master.CARRY_MEDIA.value
_MASTER = sa.table(
    "master",
    *(sa.column(name, sa.Uuid()) for name in ("id", "office_id")),
    *(sa.column(name, sa.Text()) for name in ("table_name", "key", "source")),
    sa.column("valid_from", sa.Date()),
    sa.column("value", sa.JSON().with_variant(JSONB(), "postgresql")),
    *(sa.column(name, sa.Boolean()) for name in ("confirmed", "is_retired", "is_seed")),
    *(sa.column(name, sa.DateTime(timezone=True)) for name in ("entered_at", "approved_at")),
)


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "reading_pack",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("carry_out_id", "office_id")),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(made_at IS NULL) = (sha256 IS NULL) AND (made_at IS NULL) = (made_by IS NULL)",
            name=op.f("ck_reading_pack_written"),
        ),
        *steps.keys("reading_pack", carry_out_id="carry_out", office_id="office", made_by="staff"),
        sa.PrimaryKeyConstraint("carry_out_id", name=op.f("pk_reading_pack")),
    )
    _offer_row()


def downgrade() -> None:
    """Go down."""
    op.drop_table("reading_pack")
    op.execute(_MASTER.delete().where(_MASTER.c.table_name == _TABLE, _MASTER.c.key == _KEY))


def _offer_row() -> None:
    """Offices that are there find the row among those of their table, not allowed."""
    (shipped,) = (row for row in shipped_rows(Master.CARRY_MEDIA) if row.key == _KEY)
    now = datetime.now(UTC)
    known = sa.select(_MASTER.c.office_id).where(_MASTER.c.table_name == _TABLE).distinct()
    has_it = sa.select(_MASTER.c.office_id).where(
        _MASTER.c.table_name == _TABLE, _MASTER.c.key == _KEY
    )
    offices = op.get_bind().scalars(known.where(_MASTER.c.office_id.not_in(has_it))).all()
    rows = [
        {
            "id": new_id(),
            "office_id": office_id,
            "table_name": _TABLE,
            "key": _KEY,
            "valid_from": shipped.valid_from,
            "value": dict(shipped.value),
            "source": shipped.source,
            "confirmed": shipped.confirmed,
            "is_retired": False,
            "is_seed": True,
            "entered_at": now,
            "approved_at": now,
        }
        for office_id in offices
    ]
    if rows:
        op.bulk_insert(_MASTER, rows)
