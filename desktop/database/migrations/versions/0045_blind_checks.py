"""Blind double checks (二重確認): draws, drawn cases, who answers a second time, second answers."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0045"
down_revision: str | None = "0044"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_DRAW, _CHECK = "blind_draw", "blind_check"
_ASSIGNMENT, _ANSWERS = "blind_check_assignment", "blind_answers"
_INDEXES = (
    (_DRAW, ("office_id", "quarter_on")),
    (_CHECK, ("household_id",)),
    (_CHECK, ("draw_id",)),
    (_ASSIGNMENT, ("household_id",)),
    (_ASSIGNMENT, ("check_id",)),
    (_ASSIGNMENT, ("second_id",)),
    (_ANSWERS, ("household_id",)),
)
_CODES = (
    ("health", ("A1", "A2", "A3", "A4", "A9")),
    ("motivation", ("B1", "B2", "B3", "B4", "B9")),
    ("barriers", ("C0", "C1", "C2", "C3", "C9")),
    ("drive", ("E1", "E2", "E9")),
)
_NAMES = {"drive": "selfdrive"}
_WHY = ("absent", "in_charge", "knows", "mistake")


def upgrade() -> None:
    """Go up."""
    _draws()
    _checks()
    _assignments()
    _answers()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
    op.create_index("uq_blind_check_decision_id", _CHECK, ["decision_id"], unique=True)
    asked = sa.text("withdrawn_at IS NULL")
    op.create_index(
        *("uq_blind_check_assignment_check_id", _ASSIGNMENT, ["check_id"]),
        unique=True,
        postgresql_where=asked,
        sqlite_where=asked,
    )


def downgrade() -> None:
    """Go down."""
    for table in (_ANSWERS, _ASSIGNMENT, _CHECK, _DRAW):
        op.drop_table(table)


def _draws() -> None:
    op.create_table(
        _DRAW,
        *_ids("id", "office_id"),
        sa.Column("quarter_on", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("wanted", "pool")),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *_ids("drawn_by"),
        _instant("drawn_at"),
        _check(_DRAW, "wanted", "wanted BETWEEN 1 AND 50"),
        _check(_DRAW, "numbers", "pool >= 1 AND seed >= 0"),
        *steps.keys(_DRAW, office_id="office", drawn_by="staff"),
        _key(_DRAW),
    )


def _checks() -> None:
    op.create_table(
        _CHECK,
        *_ids("id", "office_id", "household_id", "person_id"),
        *_ids("draw_id", "decision_id", "assessment_id"),
        *steps.keys(_CHECK, office_id="office", household_id="household", person_id="person"),
        *steps.keys(_CHECK, draw_id=_DRAW, decision_id="support_group_decision"),
        *steps.keys(_CHECK, assessment_id="assessment"),
        _key(_CHECK),
    )


def _assignments() -> None:
    op.create_table(
        _ASSIGNMENT,
        *_ids("id", "office_id", "household_id", "person_id"),
        *_ids("check_id", "second_id", "assigned_by"),
        _instant("assigned_at"),
        _instant("answered_at", nullable=True),
        sa.Column("withdrawn_why", steps.code("withdrawnwhy", _WHY), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        _instant("withdrawn_at", nullable=True),
        _check(
            _ASSIGNMENT,
            "withdrawn",
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)"
            " AND (withdrawn_at IS NULL) = (withdrawn_why IS NULL)",
        ),
        _check(_ASSIGNMENT, "one_end", "answered_at IS NULL OR withdrawn_at IS NULL"),
        *steps.keys(_ASSIGNMENT, office_id="office", household_id="household", person_id="person"),
        *steps.keys(_ASSIGNMENT, check_id=_CHECK, second_id="staff"),
        *steps.keys(_ASSIGNMENT, assigned_by="staff", withdrawn_by="staff"),
        _key(_ASSIGNMENT),
    )


def _answers() -> None:
    op.create_table(
        _ANSWERS,
        *_ids("assignment_id", "office_id", "household_id"),
        *(
            sa.Column(name, steps.code(_NAMES.get(name, name), values), nullable=False)
            for name, values in _CODES
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("form_on", sa.Date(), nullable=False),
        *steps.keys(_ANSWERS, assignment_id=_ASSIGNMENT),
        *steps.keys(_ANSWERS, office_id="office", household_id="household"),
        _key(_ANSWERS, "assignment_id"),
    )


def _ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str = "id") -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}"))


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
