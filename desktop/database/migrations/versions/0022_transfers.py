"""Transfers (移管): drafted, approved, sent and acknowledged; their notes, enclosures, steps and prints.

Offices that are there already get the enclosures that a new office begins with; the other offices they enter themselves.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGIN = "transfer"
_STATES = ("drafted", "returned", "approved", "sent", "acknowledged", "withdrawn")
_CONSENTS = ("given", "not_needed", "refused")
_OPEN = sa.text("state NOT IN ('acknowledged', 'withdrawn')")
_INDEXES = (
    ("transfer", ("household_id",)),
    ("printed_transfer", ("household_id",)),
    ("printed_transfer", ("transfer_id",)),
    ("transfer_enclosure", ("household_id",)),
    ("transfer_step", ("household_id",)),
    ("transfer_step_text", ("household_id",)),
    ("transfer_text", ("household_id",)),
)


def upgrade() -> None:
    """Go up."""
    _book()
    _transfers()
    _steps()
    _prints()
    steps.words("transfer_text", "transfer", "transfer_id", "needs", "dangers", "agreed")
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    op.create_index(
        "uq_transfer_open",
        "transfer",
        ["household_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    steps.allow_todo_origin(_ORIGIN)
    steps.add_masters(Master.WELFARE_OFFICES, Master.TRANSFER_ENCLOSURES)


def downgrade() -> None:
    """Go down."""
    for table in (
        *("transfer_text", "transfer_step_text", "transfer_step", "transfer_enclosure"),
        *("printed_transfer", "transfer", "transfer_book"),
    ):
        op.drop_table(table)
    steps.refuse_todo_origin(_ORIGIN)
    steps.drop_masters(Master.WELFARE_OFFICES, Master.TRANSFER_ENCLOSURES)


def _book() -> None:
    op.create_table(
        "transfer_book",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        *steps.keys("transfer_book", office_id="office"),
        sa.PrimaryKeyConstraint("office_id", "fiscal_year", name=op.f("pk_transfer_book")),
    )


def _transfers() -> None:
    op.create_table(
        "transfer",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "office_id")),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("consent", steps.code("transferconsent", _CONSENTS), nullable=False),
        sa.Column("consent_on", sa.Date(), nullable=True),
        sa.Column("state", steps.code("transferstate", _STATES), nullable=False),
        _at("state_at"),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("drafted_by", "saved_by")),
        _at("saved_at"),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("fiscal_year", "number")),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("sent_on", "acknowledged_on")),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        _at("confirmed_at", nullable=True),
        sa.CheckConstraint(
            "(confirmed_at IS NULL) = (confirmed_by IS NULL)", name=op.f("ck_transfer_confirmed")
        ),
        sa.CheckConstraint(
            "(fiscal_year IS NULL) = (number IS NULL)", name=op.f("ck_transfer_numbered")
        ),
        *steps.keys(
            "transfer",
            office_id="office",
            household_id="household",
            drafted_by="staff",
            saved_by="staff",
            confirmed_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint(
            *("office_id", "fiscal_year", "number"),
            name=op.f("uq_transfer_office_id_fiscal_year_number"),
        ),
    )


def _steps() -> None:
    _part("transfer_enclosure", "code", sa.Column("code", sa.Text(), nullable=False))
    _part(
        "transfer_step",
        "number",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", steps.code("transferstate", _STATES), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        _at("at"),
        sa.Column("stated_on", sa.Date(), nullable=True),
        *steps.keys("transfer_step", by_id="staff"),
    )
    _part(
        "transfer_step_text",
        "number",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )


def _prints() -> None:
    op.create_table(
        "printed_transfer",
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("batch_id", "transfer_id", "office_id", "household_id")
        ),
        *steps.keys(
            "printed_transfer",
            batch_id="print_batch",
            transfer_id="transfer",
            office_id="office",
            household_id="household",
        ),
        sa.PrimaryKeyConstraint("batch_id", "transfer_id", name=op.f("pk_printed_transfer")),
    )


def _part(table: str, key: str, *parts: sa.Column[object] | sa.Constraint) -> None:
    """A table whose rows belong to a transfer; `key` tells them apart."""
    op.create_table(
        table,
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("transfer_id", "office_id", "household_id")
        ),
        *parts,
        *steps.keys(table, transfer_id="transfer", office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("transfer_id", key, name=op.f(f"pk_{table}")),
    )


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
