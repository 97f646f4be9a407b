"""Disposal of case files: holds, lists, decisions, tombstones."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_HOLDS = ("debt", "appeal", "lawsuit", "other")
_STATES = ("drawn_up", "checked", "approved", "carried_out", "rejected", "withdrawn")
_DECISIONS = ("approved", "rejected")
#: Rows of a file are taken away one by one: what points at them is found by an index.
_POINTERS = (
    ("entry", "contact_id"),
    ("entry", "relates_to"),
    ("entry", "moved_to"),
    ("entry_version", "contact_id"),
    ("contact_met", "person_id"),
)


def upgrade() -> None:
    """Go up."""
    _holds()
    _lists()
    _tombstones()
    for table, column in _POINTERS:
        where = sa.text(f"{column} IS NOT NULL")
        name = op.f(f"ix_{table}_{column}")
        op.create_index(name, table, [column], postgresql_where=where)


def downgrade() -> None:
    """Go down."""
    for table, column in _POINTERS:
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
    for table in ("tombstone", "disposal_decision", "disposal_item", "disposal_list", "hold_text", "hold"):  # fmt: skip
        op.drop_table(table)


def _holds() -> None:
    op.create_table(
        "hold",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _code("holdkind", _HOLDS), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_hold_span")),
        *_keys("hold", household_id="household", set_by="staff", ended_by="staff", office_id="office"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hold")),
    )  # fmt: skip
    op.create_index(op.f("ix_hold_household_id"), "hold", ["household_id"])
    op.create_table(
        "hold_text",
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_keys("hold_text", hold_id="hold", office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_hold_text")),
    )
    op.create_index(op.f("ix_hold_text_household_id"), "hold_text", ["household_id"])


def _lists() -> None:
    op.create_table(
        "disposal_list",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("state", _code("disposalstate", _STATES), nullable=False),
        sa.Column("drawn_up_by", sa.Uuid(), nullable=False),
        sa.Column("drawn_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *_keys("disposal_list", drawn_up_by="staff", closed_by="staff", office_id="office"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal_list")),
        sa.UniqueConstraint("office_id", "number", name=op.f("uq_disposal_list_office_id_number")),
    )
    op.create_table(
        "disposal_item",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("retention_class", sa.Text(), nullable=False),
        sa.Column("retention_label", sa.Text(), nullable=False),
        sa.Column("protected_from", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        *_keys("disposal_item", list_id="disposal_list", household_id="household", office_id="office"),
        sa.PrimaryKeyConstraint("list_id", "household_id", name=op.f("pk_disposal_item")),
    )  # fmt: skip
    op.create_index(op.f("ix_disposal_item_household_id"), "disposal_item", ["household_id"])
    op.create_table(
        "disposal_decision",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("decision", _code("disposaldecision", _DECISIONS), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("number IN (1, 2)", name=op.f("ck_disposal_decision_number")),
        *_keys(
            "disposal_decision", list_id="disposal_list", office_id="office", decided_by="staff"
        ),
        sa.PrimaryKeyConstraint("list_id", "number", name=op.f("pk_disposal_decision")),
        sa.UniqueConstraint(
            "list_id", "decided_by", name=op.f("uq_disposal_decision_list_id_decided_by")
        ),
    )


def _tombstones() -> None:
    people = ("drawn_up_by", "checked_by", "approved_by", "carried_out_by")
    op.create_table(
        "tombstone",
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.Text(), nullable=False),
        sa.Column("retention_class", sa.Text(), nullable=False),
        sa.Column("protected_from", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("kept_until", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in people),
        sa.Column("carried_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *_keys(
            "tombstone", list_id="disposal_list", household_id="household", office_id="office",
            **dict.fromkeys(people, "staff"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sa.UniqueConstraint("list_id", "household_id", name=op.f("uq_tombstone_list_id_household_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_tombstone_household_id"), "tombstone", ["household_id"])


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def _code(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
