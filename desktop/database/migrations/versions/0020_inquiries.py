"""Inquiries to others (関係先調査): register, inquiries, their steps and words.

Offices that are there already get the agencies and items that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0020"
down_revision: str | None = "0019"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_STATES = ("drafted", "returned", "approved", "sent", "answered", "checked", "withdrawn")
_CONSENT = ("on_file", "not_needed", "refused")
_ORIGINS = (
    "assigned", "consultation", "instruction", "returned_entry", "draft_entry", "promise", "telephone_memo",
    "decision_draft", "policy_action", "policy_review",
)  # fmt: skip
_NEW = "inquiry"
_PARTS = ("inquiry_step", "inquiry_step_text", "inquiry_text", "inquiry_item")
_POINTS = {
    "household_id": "household",
    "person_id": "person",
    "asked_by": "staff",
    "approved_by": "staff",
    "batch_id": "print_batch",
    "paper_id": "paper",
    "office_id": "office",
}


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "inquiry_book",
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        *steps.keys("inquiry_book", office_id="office"),
        sa.PrimaryKeyConstraint("office_id", "fiscal_year", name=op.f("pk_inquiry_book")),
    )
    _inquiries()
    _parts()
    for table in _PARTS:
        op.create_index(op.f(f"ix_{table}_household_id"), table, ["household_id"])
    for name, columns in (
        ("ix_inquiry_file", ["household_id", "asked_at"]),
        ("ix_inquiry_register", ["office_id", "asked_at"]),
        ("ix_inquiry_state", ["office_id", "state", "due_on"]),
        ("ix_inquiry_person_id", ["person_id"]),
        ("ix_inquiry_paper_id", ["paper_id"]),
    ):
        op.create_index(op.f(name), "inquiry", columns)
    steps.allow_todo_origin(_NEW)
    steps.add_masters(Master.INQUIRY_AGENCIES, Master.INQUIRY_ITEMS)


def downgrade() -> None:
    """Go down. A to-do is never stored with the origin of inquiries: it is derived."""
    steps.refuse_todo_origin(_NEW)
    for table in (*reversed(_PARTS), "inquiry", "inquiry_book"):
        op.drop_table(table)
    steps.drop_masters(Master.INQUIRY_AGENCIES, Master.INQUIRY_ITEMS)


def _inquiries() -> None:
    op.create_table(
        "inquiry",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("consent", steps.code("consent", _CONSENT), nullable=False),
        sa.Column("state", steps.code("inquirystate", _STATES), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        _at("asked_at", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        _at("approved_at"),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        _at("sent_at"),
        sa.Column("reminders", sa.Integer(), nullable=False),
        _at("reminded_at"),
        sa.Column("answered_on", sa.Date(), nullable=True),
        _at("answered_at"),
        sa.Column("paper_id", sa.Uuid(), nullable=True),
        _at("checked_at"),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *_checks(),
        *steps.keys("inquiry", **_POINTS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint(
            *("office_id", "fiscal_year", "number"),
            name=op.f("uq_inquiry_office_id_fiscal_year_number"),
        ),
    )


def _checks() -> tuple[sa.CheckConstraint, ...]:
    return (
        sa.CheckConstraint("step > 0 AND reminders >= 0", name=op.f("ck_inquiry_counts")),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)"
            " AND (sent_at IS NULL) = (batch_id IS NULL)"
            " AND (sent_at IS NULL OR approved_at IS NOT NULL)"
            " AND (answered_on IS NULL OR sent_at IS NOT NULL)"
            " AND (checked_at IS NULL OR answered_on IS NOT NULL)",
            name=op.f("ck_inquiry_order"),
        ),
    )


def _parts() -> None:
    _part(
        "inquiry_step",
        (),
        sa.Column("state", steps.code("inquirystate", _STATES), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        _at("at", nullable=False),
        by_id="staff",
    )
    _part("inquiry_step_text", (), *_texts("words"))
    _part("inquiry_text", (), *_texts("purpose", "more"))
    _part("inquiry_item", ("place",), *_texts("code", "label", "wording", "basis"))


def _part(table: str, key: tuple[str, ...], *columns: sa.Column[object], **points: str) -> None:
    """A table of rows of a step of one inquiry; `points` are columns and the tables they point at."""
    keys = ("number", *key)
    op.create_table(
        table,
        sa.Column("inquiry_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Integer(), autoincrement=False, nullable=False) for name in keys),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *columns,
        *steps.keys(
            table, inquiry_id="inquiry", office_id="office", household_id="household", **points
        ),
        sa.PrimaryKeyConstraint("inquiry_id", *keys, name=op.f(f"pk_{table}")),
    )


def _texts(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _at(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
