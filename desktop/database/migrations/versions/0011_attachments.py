"""Files attached to received papers (添付ファイル): what was attached, and its name and bytes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_KINDS = ("pdf", "jpeg", "png", "tiff", "mail")


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "attachment",
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("paper_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*_KINDS, name="filekind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("size BETWEEN 1 AND 10485760", name=op.f("ck_attachment_size")),
        sa.CheckConstraint("pages > 0", name=op.f("ck_attachment_pages")),
        *steps.keys(
            "attachment",
            household_id="household",
            paper_id="paper",
            received_by="staff",
            office_id="office",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    for columns in (["household_id"], ["paper_id"], ["received_by"], ["office_id", "sha256"]):
        op.create_index(op.f(f"ix_attachment_{'_'.join(columns)}"), "attachment", columns)
    op.create_table(
        "attachment_content",
        sa.Column("attachment_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        *steps.keys(
            "attachment_content",
            attachment_id="attachment",
            office_id="office",
            household_id="household",
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_content")),
    )
    op.create_index(
        op.f("ix_attachment_content_household_id"), "attachment_content", ["household_id"]
    )
    if op.get_bind().dialect.name == "postgresql":
        # PDFs and photographs are packed already: trying again costs time and saves nothing.
        op.execute("ALTER TABLE attachment_content ALTER COLUMN data SET STORAGE EXTERNAL")


def downgrade() -> None:
    """Go down."""
    op.drop_table("attachment_content")
    op.drop_table("attachment")
