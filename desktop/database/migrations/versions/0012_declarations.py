"""Declarations (申告): cycles given, receipts, what is missing and why, reminders.

Offices that are there already get the cycles and the contact line that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KINDS = ("income", "asset")
_REASONS = ("waiting_papers", "not_reached", "hard_now", "other_papers", "other")
_NOT_STRUCK = sa.text("struck_at IS NULL")
_INDEXES = (
    ("declaration_duty", ("person_id",)),
    ("declaration_duty", ("office_id", "kind", "cycle")),
    ("declaration_duty_text", ("household_id",)),
    ("declaration_receipt", ("household_id",)),
    ("declaration_receipt", ("person_id",)),
    ("declaration_receipt", ("paper_id",)),
    ("declaration_strike_text", ("household_id",)),
    ("declaration_missing", ("household_id",)),
    ("declaration_missing", ("person_id",)),
    ("declaration_missing_text", ("household_id",)),
    ("declaration_reminder", ("person_id",)),
    ("declaration_reminder", ("batch_id",)),
)


def upgrade() -> None:
    """Go up."""
    _duties()
    _receipts()
    _missing()
    _reminders()
    steps.words("declaration_duty_text", "declaration_duty", "duty_id", "reason")
    steps.words("declaration_strike_text", "declaration_receipt", "receipt_id", "reason")
    steps.words("declaration_missing_text", "declaration_missing", "missing_id", "words")
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    op.create_index(
        "uq_declaration_receipt_once",
        "declaration_receipt",
        ["household_id", "person_id", "kind", "month"],
        unique=True,
        sqlite_where=_NOT_STRUCK,
        postgresql_where=_NOT_STRUCK,
    )
    steps.add_masters(Master.DECLARATION_CYCLES, Master.LETTER_CONTACT)


def downgrade() -> None:
    """Go down."""
    for table in (
        *("declaration_duty_text", "declaration_strike_text", "declaration_missing_text"),
        *("declaration_reminder", "declaration_missing", "declaration_receipt", "declaration_duty"),
    ):
        op.drop_table(table)
    steps.drop_masters(Master.DECLARATION_CYCLES, Master.LETTER_CONTACT)


def _duties() -> None:
    _due(
        "declaration_duty",
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("cycle", sa.Text(), nullable=False),
        *_by_and_at("given"),
        sa.UniqueConstraint(
            *("household_id", "person_id", "kind", "valid_from"),
            name=op.f("uq_declaration_duty_household_id_person_id_kind_valid_from"),
        ),
        given_by="staff",
    )


def _receipts() -> None:
    _due(
        "declaration_receipt",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        *_by_and_at("linked"),
        *_by_and_at("struck", nullable=True),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by IS NULL)", name=op.f("ck_declaration_receipt_struck")
        ),
        paper_id="paper",
        linked_by="staff",
        struck_by="staff",
    )


def _missing() -> None:
    _due(
        "declaration_missing",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("reason", steps.code("missingreason", _REASONS), nullable=False),
        *_by_and_at("noted"),
        noted_by="staff",
    )


def _reminders() -> None:
    _due(
        "declaration_reminder",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        *_by_and_at("printed"),
        sa.UniqueConstraint(
            *("household_id", "person_id", "kind", "month", "number"),
            name=op.f("uq_declaration_reminder_household_id_person_id_kind_month_number"),
        ),
        batch_id="print_batch",
        printed_by="staff",
    )


def _due(table: str, *parts: sa.Column[object] | sa.Constraint, **points: str) -> None:
    """A table of rows about one person's declarations; `points` are further columns and the tables they point at."""
    op.create_table(
        table,
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", steps.code("declarationkind", _KINDS), nullable=False),
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
