"""Estimates of money linked to work (試算・給付): applications, decisions, and the office's tables about them.

Offices that are there already get the tables of office data that a new office begins with.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.database import migration_steps as steps
from desktop.domain.master_tables import Master

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_MASTERS = (Master.WORK_PARAMETERS, Master.WORK_DEDUCTIONS, Master.WORK_GRANT_RATES)
_KINDS = (
    *("earned_income", "job_search", "independence"),
    *("study_or_work", "livelihood", "travel"),
)
_OUTCOMES = ("granted", "refused", "withdrawn")
_CASE, _CASE_TEXT = "benefit_case", "benefit_case_text"
_DECISION, _DECISION_TEXT = "benefit_decision", "benefit_decision_text"
_INDEXES = (
    (_CASE, ("household_id",)),
    (_CASE, ("person_id",)),
    (_CASE_TEXT, ("household_id",)),
    (_DECISION, ("household_id",)),
    (_DECISION, ("case_id",)),
    (_DECISION_TEXT, ("household_id",)),
)


def upgrade() -> None:
    """Go up."""
    _cases()
    _case_texts()
    _decisions()
    _decision_texts()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    steps.add_masters(*_MASTERS)


def downgrade() -> None:
    """Go down."""
    for table in (_DECISION_TEXT, _DECISION, _CASE_TEXT, _CASE):
        op.drop_table(table)
    steps.drop_masters(*_MASTERS)


def _cases() -> None:
    op.create_table(
        _CASE,
        *_ids("id", "office_id", "household_id", "person_id"),
        sa.Column("kind", steps.code("estimatekind", _KINDS), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("about_on", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        *_ids("made_by"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _check(_CASE, "kind", "kind <> 'earned_income'"),
        _check(_CASE, "monthly", "(kind = 'job_search') = (months IS NOT NULL)"),
        _check(_CASE, "months", "months IS NULL OR months BETWEEN 1 AND 60"),
        *steps.keys(_CASE, office_id="office", household_id="household"),
        *steps.keys(_CASE, person_id="person", made_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_CASE}")),
    )


def _case_texts() -> None:
    op.create_table(
        _CASE_TEXT,
        *_ids("case_id", "office_id", "household_id"),
        sa.Column("estimate", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        *steps.keys(_CASE_TEXT, case_id=_CASE, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("case_id", name=op.f(f"pk_{_CASE_TEXT}")),
    )


def _decisions() -> None:
    counts = ("interviews", "applications")
    op.create_table(
        _DECISION,
        *_ids("id", "office_id", "household_id", "case_id"),
        sa.Column("outcome", steps.code("caseoutcome", _OUTCOMES), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in counts),
        *_ids("noted_by"),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        *(
            _check(_DECISION, each, f"{each} IS NULL OR {each} BETWEEN 0 AND 999")
            for each in counts
        ),
        *steps.keys(_DECISION, office_id="office", household_id="household"),
        *steps.keys(_DECISION, case_id=_CASE, noted_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_DECISION}")),
    )


def _decision_texts() -> None:
    op.create_table(
        _DECISION_TEXT,
        *_ids("decision_id", "office_id", "household_id"),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _check(_DECISION_TEXT, "amount", "amount IS NULL OR amount BETWEEN 0 AND 100000000"),
        *steps.keys(_DECISION_TEXT, decision_id=_DECISION),
        *steps.keys(_DECISION_TEXT, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("decision_id", name=op.f(f"pk_{_DECISION_TEXT}")),
    )


def _ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
