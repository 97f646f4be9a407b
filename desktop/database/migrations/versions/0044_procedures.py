"""Procedures that the law asks the office for (手続), and the office's choices about them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0044"
down_revision: str | None = "0043"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_RECORD, _TEXT = "procedure_record", "procedure_text"
_KINDS = (
    *("tax_survey", "pension", "application", "kin"),
    *("duty", "kept", "withdrawal", "return"),
)
_CHECKS = {
    "void": "NOT is_void OR replaces_id IS NOT NULL",
    "order": "(confirmed_on IS NULL OR confirmed_on >= begun_on)"
    " AND (ended_on IS NULL OR ended_on >= begun_on)",
    "year": "(kind = 'tax_survey') = (year IS NOT NULL)",
    "yen": "yen IS NULL OR yen BETWEEN 0 AND 100000000",
}
_INDEXES = (
    (_RECORD, ("person_id",)),
    (_RECORD, ("office_id", "kind", "begun_on")),
    (_TEXT, ("household_id",)),
)


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _RECORD,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "office_id")),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("kind", steps.code("procedurekind", _KINDS), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("yen", sa.Integer(), nullable=True),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{_RECORD}_{name}"))
            for name, condition in _CHECKS.items()
        ),
        *steps.keys(_RECORD, office_id="office", household_id="household", person_id="person"),
        *steps.keys(_RECORD, replaces_id=_RECORD, made_by="staff"),
        sa.UniqueConstraint("replaces_id", name=op.f(f"uq_{_RECORD}_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_RECORD}")),
    )
    steps.words(_TEXT, _RECORD, "procedure_id", "who", "note", "reason")
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    op.create_index("ix_procedure_record_file", _RECORD, ["household_id", "kind"])
    steps.add_masters(Master.PROCEDURE_CHOICES)


def downgrade() -> None:
    """Go down."""
    op.drop_table(_TEXT)
    op.drop_table(_RECORD)
    steps.drop_masters(Master.PROCEDURE_CHOICES)
