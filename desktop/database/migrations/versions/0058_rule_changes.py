"""Households ticked off for changes of the rules (改正の確認), how long a change is called new, and answers to exercises (練習)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0058"
down_revision: str | None = "0057"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TICK, _NOTE = "rule_change_tick", "rule_change_note"
_ANSWER = "practice_answer"
_STATES = ("done", "not_concerned", "open_again")
_FIRST = sa.text("replaces_id IS NULL")
_CHECKS = {
    "change_key": "length(change_key) BETWEEN 3 AND 60",
    "change_version": "change_version BETWEEN 1 AND 9999",
    "open_again": "state <> 'open_again' OR replaces_id IS NOT NULL",
}


def upgrade() -> None:
    """Go up. The limit stays when going down: an older program does not read it."""
    op.create_table(
        _TICK,
        *(sa.Column(n, sa.Uuid(), nullable=False) for n in ("id", "office_id", "household_id")),
        sa.Column("change_key", sa.Text(), nullable=False),
        sa.Column("change_version", sa.Integer(), nullable=False),
        sa.Column("state", steps.code("tickstate", _STATES), nullable=False),
        sa.Column("has_note", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("ticked_by", sa.Uuid(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_{_TICK}_{name}"))
            for name, condition in _CHECKS.items()
        ),
        *steps.keys(_TICK, office_id="office", household_id="household"),
        *steps.keys(_TICK, replaces_id=_TICK, ticked_by="staff"),
        sa.UniqueConstraint("replaces_id", name=op.f(f"uq_{_TICK}_replaces_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_TICK}")),
    )
    steps.words(_NOTE, _TICK, "tick_id", "note")
    for table in (_TICK, _NOTE):
        op.create_index(op.f(f"ix_{table}_household_id"), table, ["household_id"])
    op.create_index(op.f(f"ix_{_TICK}_office_id_change_key"), _TICK, ["office_id", "change_key"])
    op.create_index(
        op.f(f"uq_{_TICK}_first"),
        _TICK,
        ["household_id", "change_key"],
        unique=True,
        sqlite_where=_FIRST,
        postgresql_where=_FIRST,
    )
    _make_answers()
    steps.add_masters(Master.THRESHOLDS, keys=("change_recent_days",))


def downgrade() -> None:
    """Go down."""
    op.drop_table(_ANSWER)
    op.drop_table(_NOTE)
    op.drop_table(_TICK)


def _make_answers() -> None:
    op.create_table(
        _ANSWER,
        *(sa.Column(n, sa.Uuid(), nullable=False) for n in ("id", "office_id", "staff_id")),
        sa.Column("exercise", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        *steps.keys(_ANSWER, office_id="office", staff_id="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_ANSWER}")),
    )
    op.create_index(
        op.f(f"ix_{_ANSWER}_staff_id_exercise_written_at"),
        _ANSWER,
        ["staff_id", "exercise", "written_at"],
    )
