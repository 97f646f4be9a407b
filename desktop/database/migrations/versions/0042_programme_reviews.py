"""Reviews of programmes (事業の見直し), the promotion plan (就労支援促進計画), and the office's tables for effort and key figures."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0042"
down_revision: str | None = "0041"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTERS = (Master.STANDARD_MINUTES, Master.KPI_TARGETS, Master.KPI_GROUPS)
_REVIEW, _APPROVAL, _PLAN = "programme_review", "programme_review_approval", "promotion_plan"
_VERDICTS = ("keep", "change", "stop")
_ITEMS = (
    *("able", "participants", "participation", "job_starts"),
    *("raises", "exits", "referrals"),
)
_INDEXES = (
    (_REVIEW, ("office_id", "fiscal_year", "programme")),
    (_PLAN, ("office_id", "fiscal_year", "item")),
)


def upgrade() -> None:
    """Go up."""
    _reviews()
    _approvals()
    _plans()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in (_PLAN, _APPROVAL, _REVIEW):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _reviews() -> None:
    op.create_table(
        _REVIEW,
        *_ids("id", "office_id"),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("verdict", steps.code("verdict", _VERDICTS), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("persons", "minutes")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("outcomes", "reason", "remarks")),
        *_ids("made_by"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _check(_REVIEW, "fiscal_year", "fiscal_year BETWEEN 2000 AND 2200"),
        _check(_REVIEW, "cost", "cost IS NULL OR cost BETWEEN 0 AND 100000000000"),
        _check(_REVIEW, "figures", "persons >= 0 AND minutes >= 0"),
        _check(_REVIEW, "reason", "reason <> ''"),
        *steps.keys(_REVIEW, office_id="office", made_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_REVIEW}")),
    )


def _approvals() -> None:
    op.create_table(
        _APPROVAL,
        *_ids("review_id", "office_id", "approved_by"),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        *steps.keys(_APPROVAL, review_id=_REVIEW, office_id="office", approved_by="staff"),
        sa.PrimaryKeyConstraint("review_id", name=op.f(f"pk_{_APPROVAL}")),
    )


def _plans() -> None:
    op.create_table(
        _PLAN,
        *_ids("id", "office_id"),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("item", steps.code("promotionitem", _ITEMS), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("result", sa.Integer(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        *_ids("made_by"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _check(_PLAN, "fiscal_year", "fiscal_year BETWEEN 2000 AND 2200"),
        _check(_PLAN, "target", "target BETWEEN 0 AND 1000000"),
        _check(_PLAN, "result", "result IS NULL OR result BETWEEN 0 AND 1000000"),
        *steps.keys(_PLAN, office_id="office", made_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_PLAN}")),
    )


def _ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
