"""Issued forms (発行済帳票): the register, the bytes as they were issued, what is void, and what went to paper again."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_INDEXES = (
    ("issued_form", ["issued_by"]),
    ("issued_form", ["office_id", "issued_at"]),
    ("issued_form", ["replaces"]),
    ("issued_file", ["household_id"]),
    ("issued_subject", ["household_id"]),
    ("issued_subject", ["subject_id"]),
    ("issued_void_text", ["household_id"]),
    ("printed_issue", ["household_id"]),
    ("printed_issue", ["issued_id"]),
)


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "issue_book",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        *steps.keys("issue_book", office_id="office"),
        sa.PrimaryKeyConstraint("office_id", "fiscal_year", name=op.f("pk_issue_book")),
    )
    _forms()
    _parts()
    op.create_index("ix_issued_form_file", "issued_form", ["household_id", "issued_at"])
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, columns)


def downgrade() -> None:
    """Go down."""
    for table in ("printed_issue", "issued_void_text", "issued_subject", "issued_file"):
        op.drop_table(table)
    op.drop_table("issued_form")
    op.drop_table("issue_book")


def _forms() -> None:
    table = "issued_form"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("form_code", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("voided_by", sa.Uuid(), nullable=True),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "mark IN ('original', 'plain', 'disclosed')", name=op.f(f"ck_{table}_mark")
        ),
        sa.CheckConstraint("size BETWEEN 0 AND 20971520", name=op.f(f"ck_{table}_size")),
        sa.CheckConstraint(
            "(voided_by IS NULL) = (voided_at IS NULL)", name=op.f(f"ck_{table}_void")
        ),
        *steps.keys(table, household_id="household", office_id="office", issued_by="staff"),
        *steps.keys(table, replaces=table, voided_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            *("office_id", "fiscal_year", "number"),
            name=op.f(f"uq_{table}_office_id_fiscal_year_number"),
        ),
    )


def _parts() -> None:
    op.create_table(
        "issued_subject",
        sa.Column("issued_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        *_of_an_issue("issued_subject"),
        sa.PrimaryKeyConstraint("issued_id", "subject_id", name=op.f("pk_issued_subject")),
    )
    op.create_table(
        "issued_file",
        sa.Column("issued_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        *_of_an_issue("issued_file"),
        sa.PrimaryKeyConstraint("issued_id", name=op.f("pk_issued_file")),
    )
    steps.words("issued_void_text", "issued_form", "issued_id", "reason")
    op.create_table(
        "printed_issue",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("issued_id", sa.Uuid(), nullable=False),
        *_of_an_issue("printed_issue"),
        *steps.keys("printed_issue", batch_id="print_batch"),
        sa.PrimaryKeyConstraint("batch_id", "issued_id", name=op.f("pk_printed_issue")),
    )


def _of_an_issue(table: str) -> list[sa.Column[Any] | sa.ForeignKeyConstraint]:
    """What every row of an issue has besides its number: whose it is."""
    return [
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *steps.keys(table, issued_id="issued_form", office_id="office", household_id="household"),
    ]
