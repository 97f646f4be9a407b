"""The search finds policies, instructions, papers, attachments and members too; the office says which words mean the same.

Pairs of characters are an index alone. On PostgreSQL it is over an expression, whose function may change only with a revision. SQLite's index and
triggers are made after every upgrade (`database/search_here.py`); those of 0050 go.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0055"
down_revision: str | None = "0054"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLE = "search_text"
#: Pairs of characters of each line, and its last character alone. Its body is read once, when it is made.
_GRAMS = """
    CREATE FUNCTION public.search_grams(p_folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (SELECT coalesce(array_to_tsvector(array_agg(g.sign || CASE WHEN g.next = E'\\n' THEN '' ELSE coalesce(g.next, '') END)), '')
              FROM (SELECT string_to_array(p_folded, NULL) AS signs OFFSET 0) s, unnest(s.signs, s.signs[2:]) g(sign, next)
             WHERE g.sign <> E'\\n')"""
_INDEX = f"CREATE INDEX ix_{_TABLE}_grams ON {_TABLE} USING gin (public.search_grams(folded))"
_OLD = """
    INSERT OR REPLACE INTO search_text (entry_id, office_id, household_id, event_on, folded)
    SELECT e.id, e.office_id, e.household_id, e.event_on, coalesce((SELECT group_concat(banso_fold(p.words), char(10)) FROM (
        SELECT text AS words, position, 0 AS n FROM segment s
         WHERE s.entry_id = e.id AND s.version = coalesce(e.approved_version, e.version) AND text <> ''
        UNION ALL
        SELECT source, position, 1 FROM segment s
         WHERE s.entry_id = e.id AND s.version = coalesce(e.approved_version, e.version) AND source <> ''
        ORDER BY 2, 3) p), '') FROM entry e"""


def upgrade() -> None:
    """Go up. The text is made anew: on SQLite after the upgrade, with the lock on PostgreSQL."""
    on_server = op.get_bind().dialect.name == "postgresql"
    if not on_server:
        for trigger in ("search_added", "search_changed"):
            op.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    op.drop_table(_TABLE)
    place = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        _TABLE,
        sa.Column("place", place, sa.Identity(), nullable=False),
        sa.Column("noun", sa.Text(), nullable=False),
        *(sa.Column(f"{name}_id", sa.Uuid(), nullable=False) for name in ("row", "office")),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("only_for", sa.Uuid(), nullable=True),
        sa.Column("folded", _word(), nullable=False),
        *steps.keys(_TABLE, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("place", name=op.f(f"pk_{_TABLE}")),
        sa.UniqueConstraint("noun", "row_id", name=op.f(f"uq_{_TABLE}_noun_row_id")),
    )
    op.create_index("ix_search_text_newest", _TABLE, ["office_id", "event_on", "row_id"])
    for column in ("household_id", "author_id"):
        op.create_index(op.f(f"ix_{_TABLE}_{column}"), _TABLE, [column])
    if on_server:
        op.execute(_GRAMS)
        op.execute(_INDEX)
    steps.add_masters(Master.SEARCH_SYNONYMS)


def downgrade() -> None:
    """Go down: entries alone."""
    steps.drop_masters(Master.SEARCH_SYNONYMS)
    on_server = op.get_bind().dialect.name == "postgresql"
    op.drop_table(_TABLE)
    op.create_table(
        _TABLE,
        *(sa.Column(f"{name}_id", sa.Uuid(), nullable=False) for name in ("entry", "office")),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("event_on", sa.Date(), nullable=False),
        sa.Column("folded", _word(), nullable=False),
        sa.Column("grams", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=True),
        *steps.keys(_TABLE, entry_id="entry", office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("entry_id", name=op.f(f"pk_{_TABLE}")),
    )
    op.create_index("ix_search_text_newest", _TABLE, ["office_id", "event_on", "entry_id"])
    op.create_index(op.f("ix_search_text_household_id"), _TABLE, ["household_id"])
    op.create_index("ix_search_text_grams", _TABLE, ["grams"], postgresql_using="gin")
    if on_server:
        op.execute("DROP FUNCTION public.search_grams(text)")
        return
    op.execute(_OLD)
    op.execute(
        f"CREATE TRIGGER search_added AFTER INSERT ON segment BEGIN {_OLD} WHERE e.id = NEW.entry_id; END"
    )
    op.execute(
        "CREATE TRIGGER search_changed AFTER UPDATE ON entry"
        " WHEN coalesce(NEW.approved_version, NEW.version) <> coalesce(OLD.approved_version, OLD.version)"
        f" OR NEW.event_on <> OLD.event_on BEGIN {_OLD} WHERE e.id = NEW.id; END"
    )


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
