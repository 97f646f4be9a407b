"""The text in which entries are searched (全文検索). SQLite keeps it by triggers here; on PostgreSQL they come with the lock."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from desktop.database import migration_steps as steps

revision: str = "0050"
down_revision: str | None = "0049"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLE = "search_text"
_TRIGGERS = ("search_added", "search_changed")
_FOLDED = """
    INSERT OR REPLACE INTO search_text (entry_id, office_id, household_id, event_on, folded)
    SELECT e.id, e.office_id, e.household_id, e.event_on, coalesce((SELECT group_concat(banso_fold(p.words), char(10)) FROM (
        SELECT text AS words, position, 0 AS n FROM segment s
         WHERE s.entry_id = e.id AND s.version = coalesce(e.approved_version, e.version) AND text <> ''
        UNION ALL
        SELECT source, position, 1 FROM segment s
         WHERE s.entry_id = e.id AND s.version = coalesce(e.approved_version, e.version) AND source <> ''
        ORDER BY 2, 3) p), '') FROM entry e"""


def upgrade() -> None:
    """Go up. Entries that are there are taken in: here on SQLite, with the lock on PostgreSQL."""
    folded = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        _TABLE,
        *(sa.Column(f"{name}_id", sa.Uuid(), nullable=False) for name in ("entry", "office")),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("folded", folded, nullable=False),
        sa.Column("grams", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=True),
        *steps.keys(_TABLE, entry_id="entry", office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index("ix_search_text_newest", _TABLE, ["office_id", "event_on", "entry_id"])
    op.create_index(op.f("ix_search_text_household_id"), _TABLE, ["household_id"])
    op.create_index("ix_search_text_grams", _TABLE, ["grams"], postgresql_using="gin")
    if op.get_bind().dialect.name == "postgresql":
        return
    op.execute(_FOLDED)
    op.execute(
        f"CREATE TRIGGER search_added AFTER INSERT ON segment BEGIN {_FOLDED} WHERE e.id = NEW.entry_id; END"
    )
    op.execute(
        "CREATE TRIGGER search_changed AFTER UPDATE ON entry"
        " WHEN coalesce(NEW.approved_version, NEW.version) <> coalesce(OLD.approved_version, OLD.version)"
        f" OR NEW.event_on <> OLD.event_on BEGIN {_FOLDED} WHERE e.id = NEW.id; END"
    )


def downgrade() -> None:
    """Go down."""
    if op.get_bind().dialect.name == "sqlite":
        for trigger in _TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
    op.drop_table(_TABLE)
