"""Policies explained: where it was, which form was printed, forms about a household, and their office data.

Offices that are there already get the rows of other laws to check and of readings that a new office begins with.
"""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from desktop.domain.ids import new_id
from desktop.resources import resource_path

revision: str = "0016"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

#: The tables of office data that came with this revision, and what a value left out means.
_TABLES: dict[str, dict[str, object]] = {
    "other_programmes": {"from_age": 0, "to_age": 0, "note": ""},
    "readings": {},
}
_OFFICE = sa.table("office", sa.column("id", sa.Uuid()))
_MASTER = sa.table(
    "master",
    sa.column("id", sa.Uuid()),
    sa.column("office_id", sa.Uuid()),
    sa.column("table_name", sa.Text()),
    sa.column("key", sa.Text()),
    sa.column("valid_from", sa.Date()),
    sa.column("value", sa.JSON().with_variant(JSONB(), "postgresql")),
    sa.column("source", sa.Text()),
    sa.column("confirmed", sa.Boolean()),
    sa.column("is_retired", sa.Boolean()),
    sa.column("is_seed", sa.Boolean()),
    sa.column("entered_at", sa.DateTime(timezone=True)),
    sa.column("approved_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Go up."""
    op.add_column(
        "policy_explanation_text",
        sa.Column("place", sa.Text(), nullable=False, server_default=""),
    )
    op.add_column(
        "printed_policy", sa.Column("form", sa.Text(), nullable=False, server_default="K-05")
    )
    op.create_table(
        "printed_file",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["print_batch.id"], name=op.f("fk_printed_file_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_printed_file_household_id")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["office.id"], name=op.f("fk_printed_file_office_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "household_id", name=op.f("pk_printed_file")),
    )
    op.create_index(op.f("ix_printed_file_household_id"), "printed_file", ["household_id"])
    offices = op.get_bind().scalars(sa.select(_OFFICE.c.id)).all()
    rows = [row for office_id in offices for row in _shipped(office_id)]
    if rows:
        op.bulk_insert(_MASTER, rows)


def downgrade() -> None:
    """Go down."""
    op.execute(sa.delete(_MASTER).where(_MASTER.c.table_name.in_(_TABLES)))
    op.drop_table("printed_file")
    op.drop_column("printed_policy", "form")
    op.drop_column("policy_explanation_text", "place")


def _shipped(office_id: object) -> Iterator[dict[str, object]]:
    """The rows that come with the program, in force and not confirmed (未確認)."""
    now = datetime.now(UTC)
    for table, blanks in _TABLES.items():
        text = resource_path("rules", f"{table}.toml").read_text(encoding="utf-8")
        content = tomllib.loads(text)
        for row in content["row"]:
            yield {
                "id": new_id(),
                "office_id": office_id,
                "table_name": table,
                "key": row.pop("key"),
                "valid_from": content["valid_from"],
                "value": blanks | row,
                "source": content["source"],
                "confirmed": content["confirmed"],
                "is_retired": False,
                "is_seed": True,
                "entered_at": now,
                "approved_at": now,
            }
