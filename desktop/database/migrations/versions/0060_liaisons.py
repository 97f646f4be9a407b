"""Whom to ring about a household (関係先), and that a saved search may look among them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0060"
down_revision: str | None = "0059"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLE = _NOUN = "liaison"
_NOUNS = ("entry", "policy", "instruction", "paper", "attachment", "person")
_KINDS = (
    *("emergency", "kin", "landlord", "doctor", "volunteer", "care"),
    *("nursing", "school", "workplace", "guardian", "other"),
)
_BARS = ("violence", "kin_excluded", "wish", "unaware", "other")
_CHECKS = {
    "version": "version >= 1",
    "first": "version > 1 OR liaison_id = id",
    "order": "valid_to IS NULL OR valid_to >= valid_from",
}


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _TABLE,
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "office_id", "household_id", "liaison_id")
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("kind", steps.code("liaisonkind", _KINDS), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("name", "whom", "telephone", "hours", "note")
        ),
        sa.Column("bar", steps.code("barreason", _BARS), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{_TABLE}_{name}"))
            for name, condition in _CHECKS.items()
        ),
        *steps.keys(_TABLE, office_id="office", household_id="household", person_id="person"),
        *steps.keys(_TABLE, liaison_id=_TABLE, made_by="staff"),
        sa.UniqueConstraint("liaison_id", "version", name=op.f(f"uq_{_TABLE}_liaison_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TABLE}")),
    )
    for column in ("household_id", "person_id"):
        op.create_index(op.f(f"ix_{_TABLE}_{column}"), _TABLE, [column])
    steps.allow_codes("saved_search", "noun", "searchnoun", (*_NOUNS, _NOUN))


def downgrade() -> None:
    """Go down. An older program knows no such noun: what is found has none, a saved search is no longer narrowed to it."""
    saved = sa.table("saved_search", sa.column("noun", sa.Text()))
    found = sa.table("search_text", sa.column("noun", sa.Text()))
    op.execute(sa.update(saved).where(saved.c.noun == _NOUN).values(noun=None))
    op.execute(sa.delete(found).where(found.c.noun == _NOUN))
    steps.allow_codes("saved_search", "noun", "searchnoun", _NOUNS)
    op.drop_table(_TABLE)
