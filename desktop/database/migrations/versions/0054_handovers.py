"""Handovers (担当替え): districts with another caseworker from a day on, their households, what followed, faults found."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0054"
down_revision: str | None = "0053"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_HANDOVER, _HOUSEHOLD = "handover", "handover_household"
_FOLLOWED, _FAULT = "handover_followed", "handover_fault"
_INDEXES = (
    (_HANDOVER, ("district_id", "effective_on")),
    (_HANDOVER, ("office_id", "settled_at")),
    (_HOUSEHOLD, ("household_id",)),
    (_FOLLOWED, ("household_id",)),
    (_FAULT, ("household_id",)),
)


def upgrade() -> None:
    """Go up."""
    _handovers()
    _households()
    _followed()
    _faults()
    for table, columns in _INDEXES:
        op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def downgrade() -> None:
    """Go down."""
    for table in (_FAULT, _FOLLOWED, _HOUSEHOLD, _HANDOVER):
        op.drop_table(table)


def _ids(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _by(*names: str) -> list[sa.Column[Any]]:
    """Who did something and when, both empty until it is done."""
    return [
        column
        for name in names
        for column in (
            sa.Column(f"{name}_by", sa.Uuid(), nullable=True),
            sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True),
        )
    ]


def _both(table: str, *names: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(
            f"({name}_at IS NULL) = ({name}_by IS NULL)", name=op.f(f"ck_{table}_{name}")
        )
        for name in names
    ]


def _handovers() -> None:
    op.create_table(
        _HANDOVER,
        *_ids("id", "office_id", "batch_id", "district_id"),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        *_ids("to_id"),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("former_until", sa.Date(), nullable=True),
        *_ids("made_by"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        *_by("checked", "undone"),
        *_both(_HANDOVER, "checked", "undone"),
        sa.CheckConstraint(
            "from_id IS NULL OR from_id <> to_id", name=op.f(f"ck_{_HANDOVER}_another")
        ),
        *steps.keys(_HANDOVER, office_id="office", district_id="district"),
        *steps.keys(
            _HANDOVER,
            **dict.fromkeys(("from_id", "to_id", "made_by", "checked_by", "undone_by"), "staff"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_HANDOVER}")),
    )


def _households() -> None:
    op.create_table(
        _HOUSEHOLD,
        *_ids("handover_id", "household_id", "office_id"),
        *_by("given", "taken"),
        *_both(_HOUSEHOLD, "given", "taken"),
        *steps.keys(
            _HOUSEHOLD, handover_id=_HANDOVER, household_id="household", office_id="office"
        ),
        *steps.keys(_HOUSEHOLD, given_by="staff", taken_by="staff"),
        sa.PrimaryKeyConstraint("handover_id", "household_id", name=op.f(f"pk_{_HOUSEHOLD}")),
    )


def _followed() -> None:
    op.create_table(
        _FOLLOWED,
        *_ids("handover_id", "subject_id"),
        sa.Column("kind", steps.code("followedkind", ("todo", "paper")), nullable=False),
        *_ids("office_id", "household_id"),
        *steps.keys(_FOLLOWED, handover_id=_HANDOVER, office_id="office", household_id="household"),
        sa.PrimaryKeyConstraint("handover_id", "subject_id", name=op.f(f"pk_{_FOLLOWED}")),
    )


def _faults() -> None:
    op.create_table(
        _FAULT,
        *_ids("id", "office_id", "handover_id", "household_id"),
        sa.Column("rule", sa.Text(), nullable=False),
        *_by("ticked"),
        *_both(_FAULT, "ticked"),
        *steps.keys(_FAULT, office_id="office", handover_id=_HANDOVER, household_id="household"),
        *steps.keys(_FAULT, ticked_by="staff"),
        sa.UniqueConstraint(
            *("handover_id", "household_id", "rule"),
            name=op.f(f"uq_{_FAULT}_handover_id_household_id_rule"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_FAULT}")),
    )
