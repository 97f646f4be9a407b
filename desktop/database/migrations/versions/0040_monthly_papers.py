"""Monthly papers (毎月の書類): receipts, reasons, cards that asked, and the office's tables about them.

Offices that are there already get the tables of office data that a new office begins with, and the kinds of received papers that
these name.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database import migration_steps as steps
from desktop.database.shipped import shipped_rows
from desktop.domain.ids import new_id
from desktop.domain.master_tables import Master

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTERS = (Master.MONTHLY_PAPERS, Master.MONTHLY_REASONS, Master.MONTHLY_NUMBERS)
_KINDS = ("job_search_report", "work_notice", "activity_report")
_RECEIPT, _MISSING = "monthly_paper_receipt", "monthly_paper_missing"
_TEXT, _REMINDER = "monthly_paper_missing_text", "monthly_paper_reminder"
_NOT_STRUCK = sa.text("struck_at IS NULL")
_INDEXES = (
    (_RECEIPT, "household_id"),
    (_RECEIPT, "person_id"),
    (_RECEIPT, "paper_id"),
    (_MISSING, "household_id"),
    (_MISSING, "person_id"),
    (_TEXT, "household_id"),
    (_REMINDER, "person_id"),
    (_REMINDER, "batch_id"),
)
_MASTER = sa.table(
    "master",
    sa.column("id", sa.Uuid()),
    sa.column("office_id", sa.Uuid()),
    sa.column("table_name", sa.Text()),
    sa.column("key", sa.Text()),
    sa.column("valid_from", sa.Date()),
    sa.column("value", sa.JSON().with_variant(JSONB(), "postgresql")),
    sa.column("source", sa.Text()),
    sa.column("confirmed", sa.Boolean()),
    sa.column("is_retired", sa.Boolean()),
    sa.column("is_seed", sa.Boolean()),
    sa.column("entered_at", sa.DateTime(timezone=True)),
    sa.column("approved_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Go up."""
    _receipts()
    _missing()
    _reminders()
    steps.words(_TEXT, _MISSING, "missing_id", "words", "help_missing")
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        "uq_monthly_paper_receipt_once",
        _RECEIPT,
        ["household_id", "person_id", "paper", "month"],
        unique=True,
        sqlite_where=_NOT_STRUCK,
        postgresql_where=_NOT_STRUCK,
    )
    steps.add_masters(*_MASTERS)
    _add_kinds()


def downgrade() -> None:
    """Go down. Kinds of papers that offices have stay: papers may be of them."""
    for table in (_TEXT, _REMINDER, _MISSING, _RECEIPT):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _receipts() -> None:
    _due(
        _RECEIPT,
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        *_by_and_at("linked"),
        *_by_and_at("struck", nullable=True),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by IS NULL)", name=op.f(f"ck_{_RECEIPT}_struck")
        ),
        paper_id="paper",
        linked_by="staff",
        struck_by="staff",
    )


def _missing() -> None:
    _due(
        _MISSING,
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_help", sa.Boolean(), nullable=False),
        *_by_and_at("noted"),
        noted_by="staff",
    )


def _reminders() -> None:
    _due(
        _REMINDER,
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        *_by_and_at("printed"),
        sa.UniqueConstraint(
            *("household_id", "person_id", "paper", "month", "number"),
            name=op.f(f"uq_{_REMINDER}_household_id_person_id_paper_month_number"),
        ),
        batch_id="print_batch",
        printed_by="staff",
    )


def _due(table: str, *parts: sa.Column[object] | sa.Constraint, **points: str) -> None:
    """A table of rows about one paper of a person; `points` are further columns and the tables they point at."""
    op.create_table(
        table,
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *parts,
        *steps.keys(
            table, household_id="household", person_id="person", office_id="office", **points
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _by_and_at(verb: str, *, nullable: bool = False) -> tuple[sa.Column[object], ...]:
    return (
        sa.Column(f"{verb}_by", sa.Uuid(), nullable=nullable),
        sa.Column(f"{verb}_at", sa.DateTime(timezone=True), nullable=nullable),
    )


def _add_kinds() -> None:
    """Offices that are there find the kinds among those of their table; one that has the key keeps its own."""
    table, now = Master.PAPER_KINDS.value, datetime.now(UTC)
    known = sa.select(_MASTER.c.office_id).where(_MASTER.c.table_name == table).distinct()
    connection = op.get_bind()
    rows = []
    for shipped in shipped_rows(Master.PAPER_KINDS):
        if shipped.key not in _KINDS:
            continue
        has_it = sa.select(_MASTER.c.office_id).where(
            _MASTER.c.table_name == table, _MASTER.c.key == shipped.key
        )
        rows += [
            {
                "id": new_id(),
                "office_id": office_id,
                "table_name": table,
                "key": shipped.key,
                "valid_from": shipped.valid_from,
                "value": dict(shipped.value),
                "source": shipped.source,
                "confirmed": shipped.confirmed,
                "is_retired": False,
                "is_seed": True,
                "entered_at": now,
                "approved_at": now,
            }
            for office_id in connection.scalars(known.where(_MASTER.c.office_id.not_in(has_it)))
        ]
    if rows:
        op.bulk_insert(_MASTER, rows)
