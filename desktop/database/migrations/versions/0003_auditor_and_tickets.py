"""The auditor's role, and the transaction that made a ticket."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ROLES = (
    "caseworker", "supervisor", "assistant_head", "section_head", "director", "employment_supporter",
    "health_staff", "intake_interviewer", "records_staff", "administrator",
)  # fmt: skip
_PLACES = (
    ("staff_role", "role", "role"),
    ("approval", "position", "role"),
    ("approval_step", "position", "role"),
)


def upgrade() -> None:
    """Go up."""
    _allow((*_ROLES, "auditor"))
    op.add_column("ticket", sa.Column("xid", sa.Text(), nullable=True))
    op.create_index(op.f("ix_ticket_staff_id_valid_until"), "ticket", ["staff_id", "valid_until"])


def downgrade() -> None:
    """Go down."""
    op.drop_index(op.f("ix_ticket_staff_id_valid_until"), "ticket")
    op.drop_column("ticket", "xid")
    _allow(_ROLES)


def _allow(roles: Sequence[str]) -> None:
    for table, column, name in _PLACES:
        allowed = ", ".join(f"'{role}'" for role in roles)
        constraint = op.f(f"ck_{table}_{name}")
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(constraint, type_="check")
            batch.create_check_constraint(constraint, sa.text(f"{column} IN ({allowed})"))
