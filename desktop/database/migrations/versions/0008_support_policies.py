"""Support policies (援助方針): issues with evidence, goals, actions."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KINDS = ("new", "yearly", "event", "handover")
_STATES = ("draft", "submitted", "returned", "approved")
_INDEPENDENCE = ("daily", "social", "economic")
_DOMAINS = (
    *("health", "life", "budget", "housing", "work", "schooling", "social", "other_programmes"),
    *("assets", "kin", "other"),
)
_STANDINGS = ("new", "continued", "ended")
_TERMS = ("long", "short")
_ACTORS = (
    *("caseworker", "person", "family", "employment_supporter", "health_staff", "medical"),
    *("agency", "other"),
)
_PARTS = ("policy_action", "policy_goal", "policy_evidence", "policy_issue", "policy_text")


def upgrade() -> None:
    """Go up."""
    _policies()
    _lines()
    for table in (*_PARTS, "support_policy_version"):
        op.create_index(op.f(f"ix_{table}_household_id"), table, ["household_id"])
    op.create_index(op.f("ix_policy_evidence_entry_id"), "policy_evidence", ["entry_id"])
    for name, columns in (
        ("ix_support_policy_file", ["household_id", "made_on", "id"]),
        ("ix_support_policy_author_state", ["author_id", "state"]),
        ("ix_support_policy_due", ["office_id", "review_due_on"]),
        ("ix_support_policy_follows", ["follows"]),
    ):
        op.create_index(op.f(name), "support_policy", columns)


def downgrade() -> None:
    """Go down."""
    for table in (*_PARTS, "support_policy_version", "support_policy"):
        op.drop_table(table)


def _policies() -> None:
    op.create_table(
        "support_policy",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _code("policykind", _KINDS), nullable=False),
        sa.Column("state", _code("policystate", _STATES), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved_version", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=True),
        sa.Column("follows", sa.Uuid(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("gaps", sa.Integer(), nullable=False),
        sa.Column("body_sketch", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        *_keys(
            "support_policy",
            author_id="staff",
            follows="support_policy",
            household_id="household",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_policy")),
    )
    _part(
        "support_policy_version",
        (),
        sa.Column("kind", _code("policykind", _KINDS), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        saved_by="staff",
    )


def _lines() -> None:
    _part("policy_text", (), *_texts("situation", "evaluation"))
    _part(
        "policy_issue",
        ("issue_id",),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("independence", _code("independence", _INDEPENDENCE), nullable=False),
        sa.Column("domain", _code("issuedomain", _DOMAINS), nullable=False),
        *_texts("text", "fact", "cause", "wish", "strength"),
        sa.Column("standing", _code("standing", _STANDINGS), nullable=False),
        *_texts("result"),
        person_id="person",
    )
    _part(
        "policy_evidence",
        ("issue_id", "position"),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("entry_version", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        *_texts("quote"),
        sa.CheckConstraint(
            "start_at >= 0 AND end_at > start_at", name=op.f("ck_policy_evidence_span")
        ),
        entry_id="entry",
    )
    _part(
        "policy_goal",
        ("goal_id",),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("term", _code("term", _TERMS), nullable=False),
        *_texts("text"),
        sa.Column("by_on", sa.Date(), nullable=True),
    )
    _part(
        "policy_action",
        ("action_id",),
        sa.Column("issue_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("actor", _code("actor", _ACTORS), nullable=False),
        *_texts("what"),
        sa.Column("by_on", sa.Date(), nullable=True),
        *_texts("measure"),
    )


def _part(
    table: str, key: tuple[str, ...], *columns: sa.Column[Any] | sa.Constraint, **points: str
) -> None:
    """A table of rows of one version of a policy; `points` are columns and the tables they point at."""
    kinds = {"position": sa.Integer()}
    op.create_table(
        table,
        *(sa.Column(name, kinds.get(name, sa.Uuid()), autoincrement=False, nullable=False) for name in key),
        *columns,
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        *_keys(
            table,
            policy_id="support_policy",
            office_id="office",
            household_id="household",
            **points,
        ),
        sa.PrimaryKeyConstraint("policy_id", "version", *key, name=op.f(f"pk_{table}")),
    )  # fmt: skip


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _keys(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in columns.items()
    ]


def _code(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
