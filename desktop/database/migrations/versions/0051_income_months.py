"""Earned income by month (就労収入), and how a raise is compared."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0051"
down_revision: str | None = "0050"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MONTH, _TEXT = "income_month", "income_month_text"
_SOURCES = ("pay_slip", "declaration", "other")
_FIRST = sa.text("replaces_id IS NULL")
_CHECKS = {
    "gross": "gross IS NULL OR gross BETWEEN 0 AND 10000000",
    "taken_back": "gross IS NOT NULL OR replaces_id IS NOT NULL",
    "recognised": "recognised IS NULL OR (gross IS NOT NULL AND recognised BETWEEN 0 AND gross)",
}


def upgrade() -> None:
    """Go up. The limits stay when going down: an older program does not read them."""
    op.create_table(
        _MONTH,
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "office_id", "household_id", "person_id")
        ),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("gross", sa.Integer(), nullable=True),
        sa.Column("recognised", sa.Integer(), nullable=True),
        sa.Column("read_from", steps.code("incomesource", _SOURCES), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{_MONTH}_{name}"))
            for name, condition in _CHECKS.items()
        ),
        *steps.keys(_MONTH, office_id="office", household_id="household", person_id="person"),
        *steps.keys(_MONTH, replaces_id=_MONTH, noted_by="staff"),
        sa.UniqueConstraint("replaces_id", name=op.f(f"uq_{_MONTH}_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_MONTH}")),
    )
    steps.words(_TEXT, _MONTH, "income_id", "reason")
    _indexes()
    steps.add_masters(Master.THRESHOLDS, keys=("kpi_raise_yen", "kpi_raise_recognised"))


def downgrade() -> None:
    """Go down."""
    op.drop_table(_TEXT)
    op.drop_table(_MONTH)


def _indexes() -> None:
    for table in (_MONTH, _TEXT):
        op.create_index(op.f(f"ix_{table}_household_id"), table, ["household_id"])
    op.create_index(op.f(f"ix_{_MONTH}_person_id_month"), _MONTH, ["person_id", "month"])
    op.create_index(
        op.f(f"uq_{_MONTH}_first"),
        _MONTH,
        ["household_id", "person_id", "month"],
        unique=True,
        sqlite_where=_FIRST,
        postgresql_where=_FIRST,
    )
