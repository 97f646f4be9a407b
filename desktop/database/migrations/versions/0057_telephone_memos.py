"""Telephone memos (電話メモ)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0057"
down_revision: str | None = "0056"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MEMO, _TEXT = "telephone_memo", "telephone_memo_text"
_CALL_BACKS = ("today", "next_day", "in_a_week", "not_needed")
_CHECKS = {
    "due_on": "(call_back = 'not_needed') = (due_on IS NULL)",
    "answered": "(answered_by IS NULL) = (answered_at IS NULL)",
    "entries": "household_id IS NOT NULL OR (entry_id IS NULL AND answer_entry_id IS NULL)",
}


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _MEMO,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", "office_id")),
        *(sa.Column(name, sa.Uuid(), nullable=True) for name in ("household_id", "entry_id")),
        sa.Column("call_back", steps.code("callback", _CALL_BACKS), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("identified_by", sa.Uuid(), nullable=True),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_entry_id", sa.Uuid(), nullable=True),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{_MEMO}_{name}"))
            for name, condition in _CHECKS.items()
        ),
        *steps.keys(_MEMO, office_id="office", household_id="household", entry_id="entry"),
        *steps.keys(_MEMO, taken_by="staff", identified_by="staff", answered_by="staff"),
        *steps.keys(_MEMO, answer_entry_id="entry"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_MEMO}")),
    )
    op.create_table(
        _TEXT,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("memo_id", "office_id")),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("who", "what", "answer")),
        *steps.keys(_TEXT, memo_id=_MEMO, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("memo_id", name=op.f(f"pk_{_TEXT}")),
    )
    for table in (_MEMO, _TEXT):
        op.create_index(op.f(f"ix_{table}_household_id"), table, ["household_id"])
    op.create_index(op.f(f"ix_{_MEMO}_office_id_answered_at"), _MEMO, ["office_id", "answered_at"])


def downgrade() -> None:
    """Go down. What the calls became in the files stays there."""
    op.drop_table(_TEXT)
    op.drop_table(_MEMO)
