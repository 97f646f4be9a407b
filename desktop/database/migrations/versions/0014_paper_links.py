"""Received papers: their links to entries and to-dos, slips that were printed, and the to-do of a decision draft."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ORIGINS = (
    "assigned", "consultation", "instruction", "returned_entry", "draft_entry", "promise", "telephone_memo",
)  # fmt: skip
_NEW = ("decision_draft", "policy_action", "policy_review")
_HOLDS = sa.text("struck_at IS NULL")


def upgrade() -> None:
    """Go up."""
    steps.allow_todo_origins((*_ORIGINS, *_NEW))
    _links()
    steps.words("paper_link_text", "paper_link", "link_id", "reason")
    _prints()
    for table, column in (
        ("paper_link", "household_id"),
        ("paper_link", "entry_id"),
        ("paper_link", "todo_id"),
        ("paper_link_text", "household_id"),
        ("printed_paper", "paper_id"),
        ("printed_paper", "household_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.create_index(
        op.f("uq_paper_link_entry"),
        "paper_link",
        ["paper_id", "entry_id"],
        unique=True,
        postgresql_where=_HOLDS,
        sqlite_where=_HOLDS,
    )


def downgrade() -> None:
    """Go down. A to-do of a decision draft becomes an ordinary one."""
    for table in ("printed_paper", "paper_link_text", "paper_link"):
        op.drop_table(table)
    todo = sa.table("todo", sa.column("origin", sa.Text()))
    op.execute(sa.update(todo).where(todo.c.origin.in_(_NEW)).values(origin="assigned"))
    steps.allow_todo_origins(_ORIGINS)


def _links() -> None:
    op.create_table(
        "paper_link",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("todo_id", sa.Uuid(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("struck_by", sa.Uuid(), nullable=True),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(entry_id IS NULL) <> (todo_id IS NULL)", name=op.f("ck_paper_link_target")
        ),
        sa.CheckConstraint(
            "(struck_by IS NULL) = (struck_at IS NULL)", name=op.f("ck_paper_link_struck")
        ),
        *steps.keys(
            "paper_link",
            household_id="household",
            paper_id="paper",
            entry_id="entry",
            todo_id="todo",
            made_by="staff",
            struck_by="staff",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_link")),
    )


def _prints() -> None:
    op.create_table(
        "printed_paper",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            steps.code("slippart", ("both", "slip", "receipt")),
            nullable=False,
        ),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *steps.keys(
            "printed_paper",
            batch_id="print_batch",
            paper_id="paper",
            office_id="office",
            household_id="household",
        ),
        sa.PrimaryKeyConstraint("batch_id", "paper_id", name=op.f("pk_printed_paper")),
    )
