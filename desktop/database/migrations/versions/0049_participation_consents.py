"""What somebody says to taking part in a programme, and to a partner being told what (事業参加・情報共有の同意)."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from desktop.database import migration_steps as steps

revision: str = "0049"
down_revision: str | None = "0048"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CONSENT, _TEXT = "participation_consent", "participation_consent_text"


def upgrade() -> None:
    """Go up."""
    op.create_table(
        _CONSENT,
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "office_id", "household_id", "participation_id")
        ),
        sa.Column("partner", sa.Text(), nullable=False),
        sa.Column(
            "move",
            steps.code("consentmove", ("given", "declined", "taken_back")),
            nullable=False,
        ),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column(
            "way",
            steps.code("consentway", ("signed", "oral", "by_post")),
            nullable=False,
        ),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        *steps.keys(_CONSENT, office_id="office", household_id="household"),
        *steps.keys(_CONSENT, participation_id="participation", noted_by="staff"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{_CONSENT}")),
    )
    steps.words(_TEXT, _CONSENT, "consent_id", "shared")
    for table, column in (
        (_CONSENT, "household_id"),
        (_CONSENT, "participation_id"),
        (_TEXT, "household_id"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    """Go down."""
    op.drop_table(_TEXT)
    op.drop_table(_CONSENT)
