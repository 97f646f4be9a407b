"""Disclosure requests (開示請求): requests, marks of what is struck, moves; and the reasons as office data."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_REQUESTERS = ("principal", "agent", "legal")
_STATES = ("preparing", "handed_over", "reviewed", "issued", "withdrawn")
_PARTS = ("text", "source", "met", "place", "author", "instruction")
_MOVES = ("hand_over", "return", "review", "reopen", "issue", "withdraw", "draft_printed")
_SPAN = "(start_at IS NULL) = (end_at IS NULL) AND (start_at IS NULL OR start_at >= 0 AND end_at > start_at)"
_INDEXES = (
    ("disclosure", "household_id"),
    ("disclosure", "person_id"),
    ("disclosure_text", "household_id"),
    ("disclosure_mark", "household_id"),
    ("disclosure_mark", "disclosure_id"),
    ("disclosure_mark", "entry_id"),
    ("disclosure_move", "household_id"),
)


def upgrade() -> None:
    """Go up."""
    _requests()
    steps.words("disclosure_text", "disclosure", "disclosure_id", "asked_by")
    _marks()
    _moves()
    for table, column in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    steps.add_masters(Master.DISCLOSURE_REASONS)


def downgrade() -> None:
    """Go down."""
    for table in ("disclosure_move", "disclosure_mark", "disclosure_text", "disclosure"):
        op.drop_table(table)
    steps.drop_masters(Master.DISCLOSURE_REASONS)


def _requests() -> None:
    table = "disclosure"
    whose = {"household_id": "household", "person_id": "person"}
    people = {"prepared_by": "staff", "reviewed_by": "staff", "closed_by": "staff"}
    op.create_table(
        table,
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("requester", steps.code("requester", _REQUESTERS), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("records_from", sa.Date(), nullable=False),
        sa.Column("records_to", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", steps.code("disclosurestate", _STATES), nullable=False),
        sa.Column("prepared_by", sa.Uuid(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("records_to >= records_from", name=op.f("ck_disclosure_period")),
        sa.CheckConstraint(
            "(reviewed_by IS NULL) = (reviewed_at IS NULL)", name=op.f("ck_disclosure_reviewed")
        ),
        sa.CheckConstraint(
            "(closed_by IS NULL) = (closed_at IS NULL)", name=op.f("ck_disclosure_closed")
        ),
        *steps.keys(table, **whose, **people, office_id="office"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint(
            *("office_id", "fiscal_year", "number"),
            name=op.f("uq_disclosure_office_id_fiscal_year_number"),
        ),
    )


def _marks() -> None:
    table = "disclosure_mark"
    op.create_table(
        table,
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("part", steps.code("part", _PARTS), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=True),
        sa.Column("start_at", sa.Integer(), nullable=True),
        sa.Column("end_at", sa.Integer(), nullable=True),
        sa.Column("verdict", steps.code("verdict", ("struck", "left")), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(_SPAN, name=op.f("ck_disclosure_mark_span")),
        sa.CheckConstraint(
            "(lifted_by IS NULL) = (lifted_at IS NULL)", name=op.f("ck_disclosure_mark_lifted")
        ),
        sa.CheckConstraint(
            "verdict = 'left' OR reason <> ''", name=op.f("ck_disclosure_mark_reason")
        ),
        *steps.keys(table, disclosure_id="disclosure", household_id="household", entry_id="entry"),
        *steps.keys(table, made_by="staff", lifted_by="staff", office_id="office"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_mark")),
    )


def _moves() -> None:
    table = "disclosure_move"
    op.create_table(
        table,
        sa.Column("disclosure_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("move", steps.code("disclosuremove", _MOVES), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *steps.keys(table, disclosure_id="disclosure", household_id="household"),
        *steps.keys(table, by_id="staff", batch_id="print_batch", office_id="office"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_move")),
        sa.UniqueConstraint(
            "disclosure_id", "number", name=op.f("uq_disclosure_move_disclosure_id_number")
        ),
    )
