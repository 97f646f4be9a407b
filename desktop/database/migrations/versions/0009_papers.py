"""Received papers (受領書類): intake book, papers, their words and steps.

Offices that are there already get the kinds of paper that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_STATES = ("received", "checked", "judged", "drafted", "decided", "settled")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "paper_book",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        *steps.keys("paper_book", office_id="office"),
        sa.PrimaryKeyConstraint("office_id", "fiscal_year", name=op.f("pk_paper_book")),
    )
    _papers()
    _parts()
    for table in ("paper_text", "paper_step", "paper_step_text"):
        op.create_index(op.f(f"ix_{table}_household_id"), table, ["household_id"])
    for name, columns in (
        ("ix_paper_file", ["household_id", "received_at"]),
        ("ix_paper_pool", ["office_id", "settled_at", "received_at"]),
        ("ix_paper_owner_id", ["owner_id"]),
        ("ix_paper_received_by", ["received_by"]),
        ("ix_paper_person_id", ["person_id"]),
    ):
        op.create_index(op.f(name), "paper", columns)
    steps.add_masters(Master.PAPER_KINDS)


def downgrade() -> None:
    """Go down."""
    for table in ("paper_step_text", "paper_step", "paper_text", "paper", "paper_book"):
        op.drop_table(table)
    steps.drop_masters(Master.PAPER_KINDS)


def _papers() -> None:
    op.create_table(
        "paper",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("sheets", sa.Integer(), nullable=False),
        sa.Column("state", steps.code("paperstate", _STATES), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("sheets > 0", name=op.f("ck_paper_sheets")),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_at IS NOT NULL)", name=op.f("ck_paper_settled")
        ),
        *steps.keys(
            "paper",
            household_id="household",
            office_id="office",
            owner_id="staff",
            person_id="person",
            received_by="staff",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
        sa.UniqueConstraint(
            "office_id", "fiscal_year", "number", name=op.f("uq_paper_office_id_fiscal_year_number")
        ),
    )


def _parts() -> None:
    _part("paper_text", (), *_texts("from_whom", "note"))
    _part(
        "paper_step",
        ("number",),
        sa.Column("state", steps.code("paperstate", _STATES), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        by_id="staff",
    )
    _part("paper_step_text", ("number",), *_texts("reason"))


def _part(table: str, key: tuple[str, ...], *columns: sa.Column[object], **points: str) -> None:
    """A table of rows of one paper; `points` are columns and the tables they point at."""
    op.create_table(
        table,
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in key),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *columns,
        *steps.keys(
            table, paper_id="paper", office_id="office", household_id="household", **points
        ),
        sa.PrimaryKeyConstraint("paper_id", *key, name=op.f(f"pk_{table}")),
    )


def _texts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
